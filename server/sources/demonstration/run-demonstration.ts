import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceEventInput } from '#shared/events.ts';
import type { Agreed, Demonstration } from './demonstration.ts';

/** Facts land within about this of their time, ms. */
const STEP_MS = 250;
const BATCH_SIZE = 500;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;

/** A fact as it is posted: the branch is named in it. */
export type PostedEvent = SourceEventInput & { branch: string };

export interface DemonstrationRun {
  demonstration: Demonstration;
  clock: { now(): number };
  /** What was agreed on up to now. */
  agreed: () => Agreed;
  /** Takes a batch in, or fails as a whole; a batch that failed comes again until it is taken. */
  post: (events: PostedEvent[]) => Promise<void>;
  signal: AbortSignal;
}

/** Posts the demonstration as its time comes, in order and without a gap, until aborted. */
export async function runDemonstration({
  demonstration,
  clock,
  agreed,
  post,
  signal,
}: DemonstrationRun): Promise<void> {
  while (!signal.aborted) {
    const told = demonstration.advanceTo(clock.now(), agreed());
    const events = told.map(({ branch, event }) => ({ ...event, branch }));
    for (let from = 0; from < events.length && !signal.aborted; from += BATCH_SIZE) {
      await postUntilTaken(events.slice(from, from + BATCH_SIZE), post, signal);
    }
    await pause(STEP_MS, signal);
  }
}

async function postUntilTaken(
  batch: PostedEvent[],
  post: (events: PostedEvent[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let retryMs = FIRST_RETRY_MS; !signal.aborted; retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)) {
    try {
      return await post(batch);
    } catch {
      // Whoever posts has said why; here it only matters that nothing is lost.
      await pause(retryMs, signal);
    }
  }
}

/** Waits, or returns at once when aborted. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
