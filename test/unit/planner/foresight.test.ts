import { describe, expect, it } from 'vitest';
import { withSteering } from '#server/domain/prediction/agreed-arrivals.ts';
import { withAgreed } from '#server/domain/prediction/agreed-staff.ts';
import { hallNow, type HallNow } from '#server/domain/prediction/hall-now.ts';
import { newBranch } from '#server/domain/live-branch.ts';
import { noWorkSums } from '#server/domain/prediction/work-sums.ts';
import { createForesight } from '#server/planner/foresight.ts';
import { growingHistory } from '#server/cli/bench/warnings/growing-history.ts';
import type { LearnedWarnings } from '#server/planner/warning-store.ts';
import { completeProfiles } from '#server/network.ts';
import type { HistoryReader } from '#server/history/store.ts';
import type { Outcome } from '#server/domain/branch/outcome.ts';

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
/** A Monday. */
const MONDAY = Date.UTC(2026, 2, 2);
const NOON = MONDAY + 21 * DAY_MS + DAY_MS / 2;

const [profile] = completeProfiles([
  {
    id: 'hall',
    name: { zh: '厅', en: 'Hall' },
    region: { id: 'east', name: { zh: '东', en: 'East' } },
    hours: [{ opens: '08:00', closes: '18:00' }],
    queues: [
      { id: 'a', letter: 'A', name: { zh: '甲', en: 'A' }, targetSeconds: 600, thresholdSeconds: 600 },
    ],
    counters: [
      { id: '1', label: '1' },
      { id: '2', label: '2' },
      { id: '3', label: '3' },
    ],
    calendar: [{ date: '2026-03-26', factor: 0 }],
  },
]);
if (profile === undefined) throw new Error('no profile');
const hall = profile;

/** So many arrivals in every quarter-hour of the opening on the days before `until`. */
function historyOf(perQuarter: number, until: number, since = MONDAY) {
  const history = growingHistory();
  for (let day = since; day < until; day += DAY_MS) {
    for (let at = day + 8 * 3_600_000; at < Math.min(until, day + 18 * 3_600_000); at += QUARTER_MS) {
      const outcomes: Outcome[] = [];
      for (let i = 0; i < perQuarter; i++) {
        outcomes.push({ kind: 'offered', queue: 'a', at });
        outcomes.push({
          ...{ kind: 'handled', queue: 'a', at, serviceSeconds: 300, holdSeconds: 0 },
          ...{ agent: null, counter: '1' },
        });
      }
      history.add(hall, outcomes);
    }
  }
  return history.reader;
}

const openHall = (over: Partial<HallNow['queues'][number]> = {}, counters = ['1', '2', '3']): HallNow => {
  const now = hallNow(newBranch(hall), hall, NOON, NOON);
  return {
    ...now,
    queues: now.queues.map((queue) => ({ ...queue, ...over })),
    groups: [{ queues: [0], servers: counters, inService: [], away: [], agreed: [] }],
  };
};

describe('foresight', () => {
  it('forecasts what the same hours of other days brought, and nothing on a day the calendar closes', async () => {
    const foresight = createForesight([hall], historyOf(6, NOON));
    const { rows, unusual } = await foresight.forecast({
      halls: [{ branch: 'hall', queues: [{ id: 'a', today: noWorkSums() }] }],
      ...{ queue: undefined, days: 4, step: '1h', at: NOON, projectedTo: NOON },
    });
    const next = rows.find(({ from }) => from === NOON);
    expect(next?.mean).toBeGreaterThan(22);
    expect(next?.mean).toBeLessThan(26);
    expect(next?.p10).toBeLessThan(next?.p50 ?? 0);
    expect(next?.p90).toBeGreaterThan(next?.p80 ?? Infinity);
    const closed = rows.filter(({ from }) => new Date(from).toISOString().startsWith('2026-03-26'));
    expect(closed.every(({ mean }) => mean === 0)).toBe(true);
    expect(unusual[0]?.arrivals).toBeCloseTo(1, 1);
  });

  it.each([10, 40])(
    'takes %d minutes of which nothing is told for unknown, not for empty',
    async (minutes) => {
      const nextHour = async (told: number, behind: [string, number][]) => {
        const foresight = createForesight([hall], historyOf(6, told));
        await foresight.heard(behind);
        const { rows } = await foresight.forecast({
          halls: [{ branch: 'hall', queues: [{ id: 'a', today: noWorkSums() }] }],
          ...{ queue: undefined, days: 0, step: '1h', at: NOON, projectedTo: NOON },
        });
        const next = rows.find(({ from }) => from === NOON);
        if (next === undefined) throw new Error('no forecast');
        return next;
      };
      const silentSince = NOON - minutes * 60_000;
      const wholeSlots = Math.floor(silentSince / QUARTER_MS) * QUARTER_MS;
      const told = await nextHour(NOON, []);
      const catchingUp = await nextHour(wholeSlots, [['hall', silentSince]]);
      expect(Math.abs(catchingUp.mean - told.mean)).toBeLessThan(0.1 * (told.p90 - told.p10));
      expect((await nextHour(wholeSlots, [])).mean).toBeLessThan(catchingUp.mean);
    },
  );

  it('follows the first day of a hall from its opening on, whatever was not to be seen before', async () => {
    const foresight = createForesight([hall], historyOf(6, NOON, NOON - DAY_MS / 2));
    const { rows } = await foresight.forecast({
      halls: [{ branch: 'hall', queues: [{ id: 'a', today: noWorkSums() }] }],
      ...{ queue: undefined, days: 1, step: '15m', at: NOON, projectedTo: NOON },
    });
    const next = rows.find(({ from }) => from === NOON);
    expect(next?.mean).toBeGreaterThan(5);
    expect(next?.mean).toBeLessThan(7);
  });

  it('knows the morning soon after a start, also where it was still being told when first asked', async () => {
    let told = historyOf(0, NOON);
    const history: HistoryReader = {
      ...told,
      queueIntervals: (query) => told.queueIntervals(query),
    };
    const foresight = createForesight([hall], history);
    const nextQuarter = async (at: number) => {
      const { rows } = await foresight.forecast({
        halls: [{ branch: 'hall', queues: [{ id: 'a', today: noWorkSums() }] }],
        ...{ queue: undefined, days: 1, step: '15m', at, projectedTo: at },
      });
      return rows.find(({ from }) => from === NOON)?.mean;
    };
    const guessed = await nextQuarter(NOON);
    told = historyOf(9, NOON, NOON - DAY_MS / 2);
    expect(await nextQuarter(NOON + 4_000)).toBe(guessed);
    const known = await nextQuarter(NOON + 6_000);
    expect(known).toBeGreaterThan(8);
    expect(known).toBeLessThan(10);
  });

  it('says nothing of a queue of which nothing was seen yet, nor of one new today when its hall is closed', async () => {
    const opening = NOON - 4 * 3_600_000;
    const halls = [{ branch: 'hall', queues: [{ id: 'a', today: noWorkSums() }] }];
    const [wanted] = halls;
    if (wanted === undefined) throw new Error('no hall');
    const told = async (at: number) => {
      const foresight = createForesight([hall], historyOf(6, at, NOON - DAY_MS / 2));
      const moment = { at, projectedTo: at };
      const { rows } = await foresight.forecast({ halls, queue: undefined, days: 1, step: '1h', ...moment });
      const day = { ahead: 0, of: 'day', openNow: 3 } as const;
      return { rows, needs: (await foresight.requirements({ ...wanted, ...day, ...moment })).rows };
    };
    expect(await told(opening)).toEqual({ rows: [], needs: [] });
    const { rows, needs } = await told(NOON);
    const closing = NOON + 6 * 3_600_000;
    expect(rows.filter(({ to }) => to <= closing)).toHaveLength(6);
    expect(needs.at(-1)?.to).toBe(closing);
  });

  it('sees a breach coming where more come than can be served, and none where few come', async () => {
    const calm = createForesight([hall], historyOf(2, NOON));
    const busy = createForesight([hall], historyOf(12, NOON));
    const [calmly] = await calm.predict({ halls: [openHall()], projectedTo: NOON });
    const waiting = openHall({ waitedSeconds: [500, 400, 300, 200, 100, 50, 20, 10] }, ['1']);
    const [told] = await busy.predict({ halls: [waiting], projectedTo: NOON });
    expect(calmly?.queues[0]).toMatchObject({ queue: 'a', madeAt: NOON, breachAt: null });
    expect(calmly?.queues[0]?.breachProbability).toBeLessThan(0.05);
    expect(told?.queues[0]?.breachProbability).toBeGreaterThan(0.9);
    expect(told?.queues[0]?.breachAt).toBeLessThan(NOON + 1_800_000);
    const p50 = told?.queues[0]?.course.map((step) => step.p50) ?? [];
    expect(p50.at(-1)).toBeGreaterThan(p50[0] ?? Infinity);
  });

  it('asks for more counters when more come, and for more people than counters', async () => {
    const needed = async (perQuarter: number) => {
      const foresight = createForesight([hall], historyOf(perQuarter, NOON));
      const wanted = { branch: 'hall', queues: [{ id: 'a', today: noWorkSums() }] };
      const moment = { at: NOON, projectedTo: NOON };
      const asked = { ...wanted, ahead: 1, of: 'day', openNow: 3 } as const;
      return foresight.requirements({ ...asked, ...moment });
    };
    const few = await needed(3);
    const many = await needed(9);
    const atNoon = (answer: typeof few) => answer.rows.find(({ from }) => from === NOON + DAY_MS);
    expect(atNoon(few)?.counters).toBeGreaterThanOrEqual(1);
    expect(atNoon(many)?.counters ?? 0).toBeGreaterThan(atNoon(few)?.counters ?? 0);
    expect(atNoon(many)?.people).toBeGreaterThan(atNoon(many)?.counters ?? 0);
    expect(many.rows.every(({ countersP80, counters }) => countersP80 >= counters)).toBe(true);
  });

  it('expects whoever was agreed on to leave and to come', async () => {
    const busy = createForesight([hall], historyOf(9, NOON));
    const waitAhead = async (...changes: Parameters<typeof withAgreed>[1]): Promise<number> => {
      const [told] = await busy.predict({ halls: [withAgreed(openHall(), changes)], projectedTo: NOON });
      return told?.queues[0]?.course.at(-1)?.p50 ?? NaN;
    };
    const before = await waitAhead();
    expect(await waitAhead({ at: NOON, queues: ['a'], change: -1 })).toBeGreaterThan(before);
    expect(await waitAhead({ at: NOON + QUARTER_MS, queues: ['a'], change: 1 })).toBeLessThan(before);
  });

  it('expects shorter waits where customers are steered away, and longer ones where they come to', async () => {
    const busy = createForesight([hall], historyOf(9, NOON));
    const waitsAhead = async (leave: number, come: number) => {
      const steering = { queue: 'a', from: NOON + QUARTER_MS, to: NOON + 5 * QUARTER_MS, leave, come };
      const now = withSteering(openHall(), [steering]);
      const [told] = await busy.predict({ halls: [now], projectedTo: NOON });
      return told?.queues[0]?.course.map(({ p50 }) => p50) ?? [];
    };
    const [usual, fewer, more] = [
      await waitsAhead(0, 0),
      await waitsAhead(0.25, 0),
      await waitsAhead(0, 9 / 3_600),
    ];
    expect(fewer.at(-1)).toBeLessThan(usual.at(-1) ?? 0);
    expect(more.at(-1)).toBeGreaterThan(usual.at(-1) ?? Infinity);
  });

  it('sets beside the next hour what it needs and who is expected to be there', async () => {
    const busy = createForesight([hall], historyOf(12, NOON));
    const [told] = await busy.predict({ halls: [openHall({}, ['1'])], projectedTo: NOON });
    expect(told?.staff.map(({ from }) => (from - NOON) / QUARTER_MS)).toEqual([0, 1, 2, 3]);
    for (const { needed, expected } of told?.staff ?? []) expect(needed).toBeGreaterThan(expected);
  });

  it('counts counters by the groups that serve the same queues: who is over in one is missing in the other', async () => {
    const queues = ['a', 'b'].flatMap((id) => hall.queues.map((queue) => ({ ...queue, id })));
    const counters = ['1', '2', '3'].map((id) => ({ id, label: id, queues: [id === '3' ? 'b' : 'a'] }));
    const [divided] = completeProfiles([{ ...hall, queues, counters }]);
    const none = { queues: [], servers: [], inService: [], away: [], agreed: [] };
    const now = openHall();
    const foresight = createForesight(divided ? [divided] : [], historyOf(6, NOON));
    const stepOf = async (inA: number, inB: number) => {
      const groups = [inA, inB].map((count, queue) => ({
        ...none,
        queues: [queue],
        servers: Array.from({ length: count }, (_, i) => `${queue} ${i}`),
      }));
      const both = {
        ...now,
        queues: ['a', 'b'].flatMap((id) => now.queues.map((queue) => ({ ...queue, id }))),
      };
      const [told] = await foresight.predict({ halls: [{ ...both, groups }], projectedTo: NOON });
      return told?.staff[0];
    };
    const { missing: ofA = 0 } = (await stepOf(0, 20)) ?? {};
    const { missing: ofB = 0 } = (await stepOf(20, 0)) ?? {};
    expect(ofA).toBeGreaterThan(0);
    expect(ofB).toBeGreaterThan(0);
    expect(await stepOf(20, 0)).toMatchObject({ needed: ofA + ofB, expected: 20 });
    expect(await stepOf(ofA, ofB)).toMatchObject({ missing: 0 });
    expect(await stepOf(ofA + ofB, 0)).toMatchObject({
      needed: ofA + ofB,
      expected: ofA + ofB,
      missing: ofB,
    });
  });

  it('keeps a record of its forecasts, which a start in the afternoon makes good for the day so far', async () => {
    const foresight = createForesight([hall], historyOf(6, NOON));
    await foresight.predict({ halls: [openHall()], projectedTo: NOON });
    const { rows } = await foresight.accuracy({ branches: ['hall'] });
    // Sixteen quarter-hours since eight o'clock, all foretold an hour before as the days before had been.
    expect(rows).toMatchObject([{ branch: 'hall', queue: 'a', forecasts: 16, coverage: 1 }]);
    expect(rows[0]?.wape).toBeLessThan(0.05);
  });

  it('goes on with what it learned of its warnings after a restart', async () => {
    let file: LearnedWarnings | null = null;
    const store = {
      read: () => structuredClone(file),
      write: (learned: LearnedWarnings) => {
        file = structuredClone({ told: learned.told, correction: learned.correction });
      },
    };
    const warned = async (foresight: ReturnType<typeof createForesight>) =>
      (await foresight.accuracy({ branches: ['hall'] })).warnings.reduce(
        (sum, { warnings }) => sum + warnings,
        0,
      );
    const first = createForesight([hall], historyOf(6, NOON), store);
    for (let minute = 0; minute <= 60; minute += 5) {
      const now = { ...openHall(), at: NOON + minute * 60_000 };
      await first.predict({ halls: [now], projectedTo: NOON });
    }
    expect(await warned(first)).toBeGreaterThan(0);
    await first.close();
    const second = createForesight([hall], historyOf(6, NOON), store);
    expect(await warned(second)).toBe(await warned(first));
  });

  it('refuses branches it was never told of', async () => {
    const foresight = createForesight([hall], historyOf(1, NOON));
    const moment = { at: NOON, projectedTo: NOON };
    const asked = { branch: 'elsewhere', queues: [], ahead: 0, of: 'day', openNow: 0 } as const;
    await expect(foresight.requirements({ ...asked, ...moment })).rejects.toThrow(RangeError);
  });
});
