import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceEvent } from '#shared/events.ts';
import { manualClock } from '#server/clock.ts';
import { createProjector, type Projector } from '#server/history/projector.ts';
import { type HistoryStore, HistoryUnavailable, UnstorableRow } from '#server/history/store.ts';
import { createLiveBranches } from '#server/live-branches.ts';
import { createMemoryEventLog } from '#server/log/memory-event-log.ts';
import { ALL_SHARDS, shardOf } from '#server/log/shards.ts';
import { createNetwork } from '#server/network.ts';
import { createRng } from '#server/rng.ts';
import { emptyHistory } from '#test/support/local-history.ts';
import { clock, hall, told } from '#test/support/profiles.ts';
import { logged, project } from '#test/support/projected.ts';
import { randomDay } from '#test/support/random-day.ts';
import { until } from '#test/support/until.ts';

const PROFILE = hall();
const FACTS = 600;
const STEP_MS = 10_000;
const LONG_MS = 60_000;
const silent = pino({ level: 'silent' });
const time = manualClock(clock('09:00'));

let log: ReturnType<typeof createMemoryEventLog>;
let store: HistoryStore;
let running: Projector[];

beforeEach(async () => {
  log = createMemoryEventLog();
  store = await emptyHistory();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((projector) => projector.stop()));
  await store.close();
});

function follow(into: HistoryStore = store): Projector {
  const network = createNetwork({ branches: [PROFILE], sourceKeys: [] });
  const projector = createProjector({
    log,
    shards: ALL_SHARDS,
    branches: () => createLiveBranches(network),
    store: into,
    clock: time,
    logger: silent,
  });
  running.push(projector);
  void projector.run();
  return projector;
}

const next = randomDay(createRng(7));
const facts: SourceEvent[] = Array.from({ length: FACTS }, (_, i) => next(clock('09:00') + i * STEP_MS));

async function tell(some: readonly SourceEvent[]): Promise<void> {
  for (const event of some)
    await log.append([{ branch: PROFILE.id, source: 's', receivedAt: event.at, events: [event] }]);
}

const DAY = { branches: null, from: clock('00:00'), to: clock('23:00') };

/** What is stored, and what a fold of the same facts says it must be. */
async function stored(from: HistoryStore = store) {
  return {
    queues: sorted(await from.queueIntervals(DAY)),
    agents: sorted(await from.agentIntervals(DAY)),
    counters: sorted(await from.counterIntervals(DAY)),
  };
}
function expected(some: readonly SourceEvent[]) {
  const { rows } = project(PROFILE, logged(some.map((event) => ({ event }))));
  return { queues: sorted(rows.queues), agents: sorted(rows.agents), counters: sorted(rows.counters) };
}
const sorted = <Row extends { id: string; start: number }>(rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));

describe('the projector', () => {
  it('[SL4] stores what the fold counted', async () => {
    await tell(facts);
    await follow().settled();
    expect(await stored()).toEqual(expected(facts));
  });

  it('goes on where it stopped, counting nothing twice', async () => {
    await tell(facts.slice(0, 250));
    const first = follow();
    await first.settled();
    await first.stop();
    await tell(facts.slice(250));
    await follow().settled();
    expect(await stored()).toEqual(expected(facts));
  });

  it('counts once what it stored before it could save a checkpoint', async () => {
    await tell(facts.slice(0, 250));
    const first = follow();
    await first.settled();
    log.setAvailable(false);
    await first.stop();
    log.setAvailable(true);
    await tell(facts.slice(250));
    await follow().settled();
    expect(await stored()).toEqual(expected(facts));
  });

  it('catches up when the database was away, and meanwhile keeps the log', async () => {
    let isAway = false;
    const demand = () => (isAway ? Promise.reject(new HistoryUnavailable('away')) : Promise.resolve());
    const shaky: HistoryStore = {
      ...store,
      positions: () => demand().then(() => store.positions()),
      apply: (projection) => demand().then(() => store.apply(projection)),
    };
    await tell(facts.slice(0, 100));
    const projector = follow(shaky);
    await projector.settled();
    isAway = true;
    await tell(facts.slice(100));
    time.advanceTo(time.now() + LONG_MS);
    const reached = (await store.positions()).get(shardOf(PROFILE.id));
    expect((await log.loadCheckpoints()).positions.get(shardOf(PROFILE.id)) ?? reached).toBe(reached);
    isAway = false;
    await projector.settled();
    expect(await stored()).toEqual(expected(facts));
  });

  it('[SF3] sets aside a chunk that no database can keep, and stores the others', async () => {
    const picky: HistoryStore = {
      ...store,
      apply: (projection) =>
        projection.queues.some(({ id }) => id === 'unstorable')
          ? Promise.reject(new UnstorableRow('not well-formed'))
          : store.apply(projection),
    };
    const bad = told(clock('09:30'), 'contact.queued', { contact: 'x', queue: 'unstorable' });
    await tell([...facts.slice(0, 300), bad, ...facts.slice(300)]);
    await follow(picky).settled();
    const { queues } = await stored();
    expect(queues).toEqual(expected(facts).queues);
  });

  it('stores once what two of them follow', async () => {
    await tell(facts);
    const both = [follow(), follow()];
    await Promise.all(both.map((projector) => projector.settled()));
    expect(await stored()).toEqual(expected(facts));
  });

  it('makes an emptied or older database again from the log', async () => {
    await tell(facts);
    const first = follow();
    await first.settled();
    await first.stop();
    const empty = await emptyHistory();
    try {
      await follow(empty).settled();
      expect(await stored(empty)).toEqual(expected(facts));
    } finally {
      await Promise.all(running.map((projector) => projector.stop()));
      await empty.close();
    }
  });

  it('saves checkpoints that never pass what is stored', async () => {
    await tell(facts);
    const projector = follow();
    await projector.settled();
    time.advanceTo(time.now() + LONG_MS);
    await tell([next(clock('09:00') + FACTS * STEP_MS)]);
    await projector.settled();
    const shard = shardOf(PROFILE.id);
    await until(async () => (await log.loadCheckpoints()).positions.has(shard), 'a checkpoint');
    const saved = Number((await log.loadCheckpoints()).positions.get(shard));
    expect(saved).toBeLessThanOrEqual(Number((await store.positions()).get(shard)));
  });
});
