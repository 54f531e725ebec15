/** A network in which somebody waits everywhere and something happens all the time, for benchmarks of its page. */
import { setTimeout as sleep } from 'node:timers/promises';
import { branchId, createLoad } from '#server/cli/bench/load.ts';
import type { LiveServer } from '#server/cli/bench/live-server.ts';
import { postEvents } from '#server/cli/bench/post-events.ts';
import { progress } from '#server/cli/result.ts';

/** Of each branch. */
export const QUEUES = 3;
/** Every tenth branch has somebody who has waited past the target, every seventh somebody near it. */
const LATE_EVERY = 10;
const NEAR_EVERY = 7;
const LATE_MS = 20 * 60_000;
const NEAR_MS = 13 * 60_000;
const POSTED_AT_ONCE = 500;
const SECOND_MS = 1_000;

/** Gives every branch somebody who waits. */
export async function fill(server: LiveServer, branches: number): Promise<void> {
  const now = Date.now();
  const events = Array.from({ length: branches }, (_, i) => ({
    id: `first-${i}`,
    at: now - (i % LATE_EVERY === 0 ? LATE_MS : i % NEAR_EVERY === 0 ? NEAR_MS : 0),
    type: 'contact.queued' as const,
    contact: `first-${i}`,
    queue: 'q0',
    branch: branchId(i),
  }));
  for (let from = 0; from < events.length; from += POSTED_AT_ONCE)
    await postEvents(server, events.slice(from, from + POSTED_AT_ONCE));
}

/** Posts what happens in busy halls, all of them in turn, once a second: as many leave as come. */
export async function change(
  server: LiveServer,
  { branches, rate, seconds }: { branches: number; rate: number; seconds: number },
): Promise<void> {
  const load = createLoad(branches, QUEUES);
  for (let second = 0; second < seconds; second++) {
    const began = performance.now();
    // One post lost on a busy machine changes nothing for the page that is measured.
    await postEvents(server, load.next(rate, Date.now())).catch((error: unknown) => {
      progress(`a post did not get through: ${String(error)}`);
    });
    await sleep(Math.max(0, SECOND_MS - (performance.now() - began)));
  }
}
