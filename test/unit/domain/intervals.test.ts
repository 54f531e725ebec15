import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import {
  addAgentInterval,
  addCounterInterval,
  addQueueInterval,
  INTERVAL_MS,
  noAgentInterval,
  noCounterInterval,
  noQueueInterval,
  type QueueInterval,
} from '#server/domain/metrics/interval.ts';
import type { EffectRows } from '#server/domain/metrics/interval-effects.ts';
import { unpack } from '#server/domain/metrics/packed-sums.ts';
import { clock, hall, hotline, told } from '#test/support/profiles.ts';
import { logged, project, type Projected, recorded, simulated } from '#test/support/projected.ts';

const simulatedHall = hall({
  zone: 'UTC',
  hours: [{ opens: '08:00', closes: '12:00' }],
  queues: [],
  counters: ['1', '2', '3'].map((id) => ({ id, label: id })),
  expectedSeconds: 300,
});

/** After this nobody is waited for any more, ms. */
const LONG_MS = 14 * 3_600_000;

/** Sums of all rows by id. */
function summed<Sums>(
  rows: readonly { id: string; sums: Sums }[],
  none: () => Sums,
  add: (sum: Sums, more: Sums) => void,
): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (const { id, sums: more } of rows) {
    const sum = sums.get(id) ?? none();
    add(sum, more);
    sums.set(id, sum);
  }
  return sums;
}

/** Numbers that differ by rounding only are the same. */
function expectSame(found: object | undefined, wanted: object): void {
  const numbers = (value: unknown): [string, number][] =>
    Object.entries(value ?? {}).flatMap(([key, part]) =>
      typeof part === 'number'
        ? [[key, part] as [string, number]]
        : numbers(part).map(([inner, number]) => [`${key}.${inner}`, number] as [string, number]),
    );
  const known = new Map(numbers(found));
  for (const [key, number] of numbers(wanted)) expect(known.get(key), key).toBeCloseTo(number, 6);
}

const DAYS: [string, BranchProfile, () => Promise<LoggedEvent[]>][] = [
  ['a simulated hall', simulatedHall, () => Promise.resolve(simulated(1))],
  ['another simulated hall', simulatedHall, () => Promise.resolve(simulated(7))],
  ['recorded calls', hotline({ zone: 'UTC' }), async () => first(await recorded('calls.csv'))],
  ['a recorded queue_log', hotline({ zone: 'UTC' }), async () => first(await recorded('queue_log.txt'))],
];
const first = (byBranch: Map<string, LoggedEvent[]>): LoggedEvent[] => [...byBranch.values()][0] ?? [];

describe.each(DAYS)('the rows of a whole day: %s', (_name, profile, factsOf) => {
  const projected = async (): Promise<Projected> => project(profile, await factsOf());

  it('[SL4] add up to the live sums of the day, and to all that was counted since the log began', async () => {
    const { live, rows } = await projected();
    const queues = summed(rows.queues, noQueueInterval, addQueueInterval);
    expect(queues.size).toBeGreaterThan(0);
    expect([...queues.keys()].sort()).toEqual([...live.figures.queues.keys()].sort());
    for (const [id, { today, total }] of live.figures.queues) {
      expectSame(queues.get(id), unpack(today));
      expectSame(queues.get(id), unpack(total));
    }
    const agents = summed(rows.agents, noAgentInterval, addAgentInterval);
    for (const [id, { today }] of live.figures.agents) expectSame(agents.get(id), today);
    const counters = summed(rows.counters, noCounterInterval, addCounterInterval);
    for (const [id, { today }] of live.figures.counters) expectSame(counters.get(id), today);
    for (const { source, ...quality } of rows.sources)
      expect(quality).toMatchObject(live.figures.sources.get(source)?.total ?? {});
  });

  it('[AS1] are what its visits say, when all of them are over', async () => {
    const facts = await factsOf();
    const end = (facts.at(-1)?.receivedAt ?? 0) + LONG_MS;
    const { rows } = project(profile, logged([...facts, { event: told(end, 'source.heartbeat', {}) }]));
    const queues = summed(rows.queues, noQueueInterval, addQueueInterval);
    for (const [queue, sums] of queues) {
      const visits = rows.visits.filter((visit) => (visit.queue ?? '') === queue);
      const of = (result: string) => visits.filter((visit) => visit.result === result);
      expect(of('answered').length).toBe(sums.answered);
      expect(of('abandoned').length).toBe(sums.abandoned);
      expect(of('rerouted').length).toBe(sums.rerouted);
      const waits = of('answered').reduce((sum, { waitSeconds }) => sum + (waitSeconds ?? 0), 0);
      expect(waits).toBeCloseTo(sums.waitSeconds, 6);
      const services = visits.reduce((sum, { serviceSeconds }) => sum + (serviceSeconds ?? 0), 0);
      expect(services).toBeCloseTo(sums.serviceSeconds, 6);
    }
  });

  it('[WN1] count each contact once in both series', async () => {
    const { rows } = await projected();
    const sum = noQueueInterval();
    for (const row of rows.queues) addQueueInterval(sum, row.sums);
    expect(sum.arrivedAnswered).toBe(sum.answered);
    expect(sum.arrivedAbandoned).toBe(sum.abandoned);
    expect(sum.arrivedWaitSeconds).toBeCloseTo(sum.waitSeconds, 6);
    expect(sum.waits.reduce((all, count) => all + count, 0)).toBe(sum.answered);
    expect(sum.slDenominator).toBe(sum.answered + sum.abandoned);
  });
});

const rowAt = (rows: EffectRows, queue: string, start: string): QueueInterval | undefined =>
  rows.queues.find((row) => row.id === queue && row.start === clock(start))?.sums;

describe('quarter-hours', () => {
  const contact = 'k';
  const events = [
    told('09:58', 'contact.queued', { contact, queue: 'personal', ticket: 'A1' }),
    told('10:16', 'contact.called', { contact, counter: 'c1' }),
    told('10:17', 'contact.started', { contact, counter: 'c1', agent: 'li' }),
    told('10:31', 'contact.ended', { contact }),
    told('10:40', 'contact.rated', { contact, score: 4, scale: 5 }),
  ].map((event) => ({ event }));
  const { rows } = project(hall(), logged(events));

  it('[WN1] offered is of the arrival, the wait of its end, the service of its end', () => {
    expect(rowAt(rows, 'personal', '09:45')).toMatchObject({ offered: 1, answered: 0, handled: 0 });
    expect(rowAt(rows, 'personal', '10:15')).toMatchObject({ answered: 1, waitSeconds: 1_080, handled: 0 });
    expect(rowAt(rows, 'personal', '10:30')).toMatchObject({ handled: 1, serviceSeconds: 840 });
    expect(rowAt(rows, 'personal', '10:00')).toBeUndefined();
  });

  it('[WN1] the fate of those who arrived is kept with their arrival', () => {
    expect(rowAt(rows, 'personal', '09:45')).toMatchObject({
      arrivedAnswered: 1,
      arrivedAnsweredWithin: 0,
      arrivedSlDenominator: 1,
      arrivedWaitSeconds: 1_080,
    });
    expect(rowAt(rows, 'personal', '10:15')).toMatchObject({ arrivedAnswered: 0 });
  });

  it('[WT1] the answer time is from call to start', () => {
    expect(rowAt(rows, 'personal', '10:15')).toMatchObject({ answerTimes: 1, answerSeconds: 60 });
  });

  it('a rating finds its contact, not its queue, when that is long over', () => {
    expect(rows.ratings).toEqual([{ branch: 'hall', contact, at: clock('10:40'), score: 0.8 }]);
    expect(rowAt(rows, '', '10:30')).toMatchObject({ rated: 1, ratingSum: 0.8 });
  });

  it('start on quarter-hours, and know the hall’s day', () => {
    for (const { start } of [...rows.queues, ...rows.counters]) expect(start % INTERVAL_MS).toBe(0);
    expect(new Set(rows.queues.map(({ day }) => day))).toEqual(new Set([20_514]));
  });

  it('[WT4] a transferred contact brings its earlier wait along', () => {
    const moved = [
      told('10:00', 'contact.queued', { contact, queue: 'personal' }),
      told('10:05', 'contact.transferred', { contact, queue: 'corporate' }),
      told('10:08', 'contact.called', { contact, counter: 'c1' }),
      told('10:09', 'contact.started', { contact, counter: 'c1' }),
      told('10:10', 'contact.transferred', { contact, queue: 'personal' }),
      told('10:12', 'contact.called', { contact, counter: 'c1' }),
      told('10:12', 'contact.started', { contact, counter: 'c1' }),
    ].map((event) => ({ event }));
    const counted = project(hall(), logged(moved)).rows;
    const total = (queue: string) =>
      counted.queues
        .filter(({ id }) => id === queue)
        .reduce((sum, row) => sum + row.sums.totalWaitSeconds, 0);
    expect(total('corporate')).toBe(300 + 180);
    expect(total('personal')).toBe(300 + 180 + 120);
  });
});
