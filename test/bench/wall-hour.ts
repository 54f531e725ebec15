/**
 * Walls left alone while everything around them breaks: the network is cut or goes silent, the server is killed and comes
 * back, its Redis stands still, a page's script hangs, a page is frozen as a hidden one is. One more customer arrives
 * every two seconds whatever happens, so that each number is true for two seconds only: each second it is read off the
 * screens how long ago what they show as live was true. Prints one JSON object.
 * `node test/bench/wall-hour.ts [--minutes 60] [--seed 1]`
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { systemChromium } from '../../scripts/setup/chromium.mjs';
import { rounded } from '#server/cli/bench/percentiles.ts';
import { printResult, progress } from '#server/cli/result.ts';
import { createRng, type Rng } from '#server/rng.ts';
import { breakableLink, type BreakableLink } from '#test/support/breakable-link.ts';
import { type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { LONGEST_LIVE_MS, LONGEST_UNVEILED_MS, type Wall, watchWall } from './wall-watch.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const ARRIVAL_EVERY_MS = 2_000;
const HALL = 'lobby';
const BOARDS = ['customer', 'staff'] as const;
/** Rule LV5: after a disturbance the screen is right again within this time, ms. */
const LONGEST_RECOVERY_MS = 5_000;
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
});
const seed = Number(values.seed);
const rng = createRng(seed);
const between = (low: number, high: number): number => low + (high - low) * rng();

const server = await startOwnServer([
  hall({
    id: HALL,
    zone: 'UTC',
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }],
  }),
]);
const link = await breakableLink(server.address);
const executablePath = systemChromium();
const browser = await chromium.launch({
  args: [...ARGUMENTS, `--host-resolver-rules=MAP ${new URL(server.address).host} ${link.host}`],
  ...(executablePath ? { executablePath } : {}),
});
const startedAt = Date.now();
const arrivals = sendArrivals(server);
const walls = await Promise.all(
  BOARDS.map((board) => watchWall(browser, `${server.address}/w/${HALL}/${board}?lang=en&theme=light`)),
);

/** How long ago `waiting` stopped being true, ms; 0 while it is. */
const ageMs = (waiting: number, now: number): number =>
  Math.max(0, now - startedAt - waiting * ARRIVAL_EVERY_MS);

const counts = { samples: 0, live: 0, delayed: 0, marked: 0, paused: 0, veiled: 0, staleShownAsLive: 0 };
let oldestShownAsLiveMs = 0;
let oldestWhileHangingMs = 0;
let hurt = false;
let healedAt = 0;
const recoveries: number[] = [];
const done: Record<string, number> = {};

const endsAt = startedAt + Number(values.minutes) * MINUTE_MS;
const disturbing = disturb(rng);
for (let next = Date.now(); Date.now() < endsAt; next += SECOND_MS) {
  await sleep(Math.max(0, next - Date.now()));
  const seen = await Promise.all(walls.map((wall) => wall.look()));
  for (const { shows, waiting, at, hangs } of seen) {
    counts.samples += 1;
    counts[shows] += 1;
    if ((shows !== 'live' && shows !== 'delayed') || waiting === null) continue;
    const age = ageMs(waiting, at);
    if (hangs) oldestWhileHangingMs = Math.max(oldestWhileHangingMs, age);
    else oldestShownAsLiveMs = Math.max(oldestShownAsLiveMs, age);
    if (age <= (hangs ? LONGEST_UNVEILED_MS : LONGEST_LIVE_MS)) continue;
    counts.staleShownAsLive += 1;
    progress(`${waiting} shown as ${shows} ${Math.round(age / SECOND_MS)} s after it was true`);
  }
  const isRight = seen.every(
    ({ shows, waiting, at }) => shows === 'live' && ageMs(waiting ?? 0, at) < LONGEST_RECOVERY_MS,
  );
  if (!hurt && healedAt > 0 && isRight) {
    recoveries.push(Date.now() - healedAt);
    healedAt = 0;
  }
}
await disturbing;
arrivals.stop();
await browser.close();
await link.close();
await server.remove();
printResult({
  ok: counts.staleShownAsLive === 0 && recoveries.length > 0,
  minutes: Number(values.minutes),
  ...counts,
  oldestShownAsLiveSeconds: rounded(oldestShownAsLiveMs / SECOND_MS),
  oldestWhileScriptHangsSeconds: rounded(oldestWhileHangingMs / SECOND_MS),
  disturbances: done,
  slowestRecoverySeconds: rounded(Math.max(...recoveries) / SECOND_MS),
  medianRecoverySeconds: rounded(
    (recoveries.sort((a, b) => a - b)[recoveries.length >> 1] ?? NaN) / SECOND_MS,
  ),
  dataset: `test/bench/wall-hour.ts --minutes ${values.minutes}`,
  seed,
});
process.exit();

/** One customer more every two seconds; those a dead server missed are told when it is back. */
function sendArrivals(to: OwnServer): { stop(): void } {
  let sent = 0;
  let stopped = false;
  const run = async (): Promise<void> => {
    while (!stopped) {
      const due = Math.floor((Date.now() - startedAt) / ARRIVAL_EVERY_MS);
      const facts = Array.from({ length: due - sent }, (_, i) =>
        told(startedAt + (sent + i + 1) * ARRIVAL_EVERY_MS, 'contact.queued', {
          contact: `k${sent + i + 1}`,
          ticket: `A${sent + i + 1}`,
          queue: 'personal',
        }),
      );
      const taken =
        facts.length === 0 ||
        (await to.tell(HALL, ...facts).then(
          () => true,
          () => false,
        ));
      if (taken) sent = due;
      await sleep(SECOND_MS / 4);
    }
  };
  void run();
  return { stop: () => (stopped = true) };
}

/** Breaks one thing after another until the time is over, each followed by a time of peace. */
async function disturb(chance: Rng): Promise<void> {
  const ways: Record<string, (forMs: number) => Promise<void>> = {
    cut: (forMs) => breakLink(link, 'cut', forMs),
    silentNetwork: (forMs) => breakLink(link, 'silent', forMs),
    async restart(forMs) {
      await server.kill();
      await sleep(forMs);
      await server.start();
    },
    async redisStands(forMs) {
      server.signalRedis('SIGSTOP');
      await sleep(forMs);
      server.signalRedis('SIGCONT');
    },
    scriptHangs: (forMs) => pick(walls, chance).hang(forMs),
    hidden: (forMs) => pick(walls, chance).hide(forMs),
  };
  const names = Object.keys(ways);
  const longest = MINUTE_MS * 1.5;
  for (let turn = 0; Date.now() + longest + MINUTE_MS / 2 < endsAt; turn++) {
    await sleep(between(MINUTE_MS / 6, MINUTE_MS / 3));
    const name = names[turn % names.length] ?? '';
    // Most are short; some outlast the limit of "delayed".
    const forMs = chance() < 1 / 2 ? between(2_000, 25_000) : between(35_000, longest);
    progress(`${name} for ${Math.round(forMs / SECOND_MS)} s`);
    hurt = true;
    await ways[name]?.(forMs);
    [hurt, healedAt] = [false, Date.now()];
    done[name] = (done[name] ?? 0) + 1;
  }
}

async function breakLink(of: BreakableLink, how: 'cut' | 'silent', forMs: number): Promise<void> {
  of.set(how);
  await sleep(forMs);
  of.set('open');
}

function pick(from: readonly Wall[], chance: Rng): Wall {
  const one = from[Math.floor(chance() * from.length)];
  if (!one) throw new Error('there is no wall');
  return one;
}
