import { describe, expect, it } from 'vitest';
import {
  byQueue,
  type IntervalPart,
  meanWaits,
  nearestRank,
  observedBefore,
  recent,
  waitCourse,
  waitingBefore,
  type VisitPart,
} from '#lib/selectors/queue-past.ts';

const QUARTER = 900_000;
const quarter = (n: number, sums: Record<string, number>, id = 'a'): IntervalPart => ({
  id,
  from: n * QUARTER,
  to: (n + 1) * QUARTER,
  sums: { queue: sums },
});
const visit = (at: number, waitSeconds: number | null, result = 'answered'): VisitPart => ({
  contact: `k${at}`,
  ticket: null,
  at,
  queue: 'a',
  counter: null,
  agent: null,
  result,
  waitSeconds,
  serviceSeconds: null,
});

describe('the past of a queue', () => {
  it('who waited then are those who wait now, less who came and plus who were called since', () => {
    const rows = [
      quarter(0, { offered: 5, answered: 2, abandoned: 1 }),
      quarter(1, { offered: 3, answered: 4, rerouted: 1 }),
    ];
    // 2 wait now; before the second quarter-hour 2 + 5 − 3 = 4, before the first 4 + 3 − 5 = 2.
    expect(waitingBefore(rows, 2, 2 * QUARTER)).toEqual([
      { at: 0, value: 2 },
      { at: QUARTER, value: 4 },
    ]);
  });

  it('is not told when the sums do not add up, or nobody knows who waits now', () => {
    expect(waitingBefore([quarter(0, { offered: 5 })], 2, QUARTER)).toEqual([]);
    expect(waitingBefore([quarter(0, { offered: 1 })], null, QUARTER)).toEqual([]);
  });

  it('of a level feed is the mean of what it said', () => {
    const heard = quarter(1, { observedSeconds: 600, observedWaitingSeconds: 1_800 });
    expect(observedBefore([quarter(0, {}), heard])).toEqual([{ at: QUARTER, value: 3 }]);
  });

  it('[WT3] averages waits by quarter-hour, and has none where nobody was answered', () => {
    const rows = [quarter(0, { answered: 4, waitSeconds: 240 }), quarter(1, { answered: 0, waitSeconds: 0 })];
    expect(meanWaits(rows)).toEqual([{ at: QUARTER / 2, value: 60 }]);
  });

  it('averages the visits of each five minutes, those who left not among them', () => {
    const visits = [visit(1_000, 30), visit(2_000, 90), visit(300_000, 10), visit(5, 999, 'abandoned')];
    expect(waitCourse(visits, 300_000)).toEqual([
      { at: 150_000, value: 60 },
      { at: 450_000, value: 10 },
    ]);
  });

  it('keeps the rows of each queue together, oldest first', () => {
    const queues = byQueue([quarter(1, {}), quarter(0, {}), quarter(0, {}, 'b')]);
    expect(queues.get('a')?.map(({ from }) => from)).toEqual([0, QUARTER]);
    expect(queues.get('b')).toHaveLength(1);
  });

  it('goes over into what is watched', () => {
    const past = [0, 10, 20].map((at) => ({ at, value: 1 }));
    const live = [{ at: 15, value: 2 }];
    expect(recent(past, live, 20, 15)).toEqual([
      { at: 10, value: 1 },
      { at: 15, value: 2 },
    ]);
  });

  it('gives quantiles by nearest rank', () => {
    expect(nearestRank([30, 10, 20, 40], 0.5)).toBe(20);
    expect(nearestRank([30, 10, 20, 40], 0.9)).toBe(40);
    expect(nearestRank([], 0.5)).toBeNull();
  });
});
