import { describe, expect, it } from 'vitest';
import { erlangA } from '#server/domain/queueing/abandonment.ts';
import { arrivalWindows } from '#server/domain/queueing/arrival-window.ts';
import { plannedWait } from '#server/domain/queueing/planned-wait.ts';
import type { QueuePlan } from '#server/domain/queueing/queue-plan.ts';
import { busyIn, followQueue, waitingIn } from '#server/domain/queueing/transient-queue.ts';
import { followTwoClasses } from '#server/domain/queueing/two-class-priority.ts';
import { expected } from '#server/domain/queueing/uniformisation.ts';
import { waitLaw } from '#server/domain/queueing/wait-law.ts';

/** Minutes as the unit of time. */
const hall: QueuePlan = {
  arrivalRate: [[0, 0.8]],
  servers: [[0, 5]],
  serviceRate: 1 / 6,
  abandonmentRate: 1 / 25,
  release: 'exhaustive',
};
const LONG = 2_000;
const settled = erlangA({ servers: 5, arrivalRate: 0.8, serviceRate: 1 / 6, abandonmentRate: 1 / 25 }, 5);
const only = <T>(list: readonly T[]): T => {
  const [first] = list;
  if (first === undefined) throw new Error('nothing there');
  return first;
};

describe('followQueue', () => {
  it('settles to Erlang A, wherever it began', () => {
    for (const start of [
      { busy: 0, waiting: 0 },
      { busy: 5, waiting: 40 },
    ]) {
      const { law } = only(followQueue(hall, start, [LONG]));
      expect(expected(law, waitingIn)).toBeCloseTo(settled.meanQueue, 10);
      expect(expected(law, (state) => (busyIn(state) >= 5 ? 1 : 0))).toBeCloseTo(settled.waitProbability, 11);
    }
  });

  it('accounts for everybody: who came is served, gone or still there', () => {
    const plan: QueuePlan = {
      ...hall,
      arrivalRate: [
        [0, 0.5],
        [20, 1.4],
        [40, 0],
      ],
      servers: [
        [0, 5],
        [15, 2],
        [30, 0],
        [45, 4],
      ],
    };
    for (const release of ['exhaustive', 'preemptive'] as const) {
      for (const found of followQueue({ ...plan, release }, { busy: 4, waiting: 3 }, [0, 10, 20, 35, 60])) {
        const there = expected(found.law, (state) => busyIn(state) + waitingIn(state));
        expect(7 + found.arrived - found.served - found.abandoned).toBeCloseTo(there, 10);
        expect(expected(found.law, () => 1)).toBeCloseTo(1, 12);
      }
    }
  });

  it('lets servers who leave finish first, or sends their customers back to the queue', () => {
    const plan: QueuePlan = {
      ...hall,
      arrivalRate: [[0, 0]],
      servers: [
        [0, 3],
        [10, 1],
      ],
      abandonmentRate: 0,
      serviceRate: 1e-9,
    };
    const busyAt10 = (release: QueuePlan['release']) => {
      const { law } = only(followQueue({ ...plan, release }, { busy: 3, waiting: 0 }, [10]));
      return [expected(law, busyIn), expected(law, waitingIn)].map((value) => Math.round(value));
    };
    expect(busyAt10('exhaustive')).toEqual([3, 0]);
    expect(busyAt10('preemptive')).toEqual([1, 2]);
  });

  it('starts waiting customers at once when more servers are there than busy', () => {
    const { law } = only(followQueue(hall, { busy: 1, waiting: 3 }, [0]));
    expect([expected(law, busyIn), expected(law, waitingIn)]).toEqual([4, 0]);
  });

  it('refuses plans that cannot be', () => {
    const start = { busy: 0, waiting: 0 };
    expect(() => followQueue({ ...hall, servers: [] }, start, [1])).toThrow(/servers has no value at time 0/);
    expect(() => followQueue({ ...hall, servers: [[0, 2.5]] }, start, [1])).toThrow(/whole/);
    expect(() =>
      followQueue(
        {
          ...hall,
          arrivalRate: [
            [0, 1],
            [0, 2],
          ],
        },
        start,
        [1],
      ),
    ).toThrow(/order of time/);
    expect(() => followQueue({ ...hall, arrivalRate: [[0, -1]] }, start, [1])).toThrow(/below 0/);
    expect(() => followQueue(hall, { busy: -1, waiting: 0 }, [1])).toThrow(/busy/);
    expect(() => followQueue(hall, start, [2, 1])).toThrow(/rise/);
  });
});

describe('plannedWait', () => {
  it('is Erlang A for one who arrives at a settled queue', () => {
    const found = only(followQueue(hall, { busy: 5, waiting: 0 }, [LONG]));
    const wait = plannedWait(hall, found, hall.abandonmentRate, [5]);
    expect(wait.waitProbability).toBeCloseTo(settled.waitProbability, 11);
    expect(wait.meanWait).toBeCloseTo(settled.meanWait, 10);
    expect(wait.above[0]).toBeCloseTo(settled.waitAboveTarget, 11);
    expect(hall.abandonmentRate * (wait.meanUntil[0] ?? NaN)).toBeCloseTo(settled.abandonedWithinTarget, 11);
    expect(plannedWait(hall, found, 0, [5]).above[0]).toBeCloseTo(settled.offeredWaitAboveTarget, 11);
  });

  it('is the law of a place in the queue when staff stays as it is', () => {
    const found = only(followQueue(hall, { busy: 5, waiting: 7 }, [0]));
    const law = waitLaw({ servers: 5, ahead: 7, serviceRate: 1 / 6, abandonmentRate: 1 / 25 });
    const wait = plannedWait(hall, found, 0, [3, 9]);
    expect(wait.meanWait).toBeCloseTo(law.mean, 11);
    expect(wait.above).toEqual([expect.closeTo(law.above(3), 12), expect.closeTo(law.above(9), 12)]);
  });

  it('waits for the next server to come, and for ever when none does', () => {
    const closed: QueuePlan = {
      ...hall,
      servers: [
        [0, 0],
        [30, 1],
      ],
    };
    const found = only(followQueue(closed, { busy: 0, waiting: 0 }, [10]));
    const first = plannedWait(
      { ...closed, arrivalRate: [[0, 0]] },
      { ...found, law: new Map([[0, 1]]) },
      0,
      [19],
    );
    expect(first).toMatchObject({ waitProbability: 1, meanWait: 20, above: [1], meanUntil: [19] });
    const never: QueuePlan = { ...hall, servers: [[0, 0]] };
    const alone = only(followQueue({ ...never, arrivalRate: [[0, 0]] }, { busy: 0, waiting: 0 }, [0]));
    expect(plannedWait(never, alone, 0, [5])).toMatchObject({ meanWait: Infinity, above: [1] });
    expect(plannedWait(never, alone, 0.1, [5]).meanWait).toBeCloseTo(10, 10);
  });
});

describe('arrivalWindows', () => {
  it('averages to Erlang A over a settled hour', () => {
    const window = { from: LONG, to: LONG + 60 };
    const [figures, none] = arrivalWindows(hall, { busy: 5, waiting: 0 }, [window, { from: 5, to: 5 }], 5);
    expect(figures?.arrivals).toBeCloseTo(48, 9);
    expect(figures?.meanWait).toBeCloseTo(settled.meanWait, 9);
    expect(figures?.abandonProbability).toBeCloseTo(settled.abandonProbability, 10);
    expect(figures?.servedWithinTarget).toBeCloseTo(settled.servedWithinTarget, 10);
    expect(none).toBeNull();
  });

  it('adds up: a window is what its parts are', () => {
    const plan: QueuePlan = {
      ...hall,
      arrivalRate: [
        [0, 0.6],
        [30, 1.1],
      ],
      servers: [
        [0, 4],
        [40, 6],
      ],
    };
    const windows = [
      { from: 0, to: 60 },
      { from: 0, to: 20 },
      { from: 20, to: 60 },
    ];
    const [whole, first, rest] = arrivalWindows(plan, { busy: 4, waiting: 5 }, windows, 5);
    const sum =
      (first?.meanWait ?? 0) * (first?.arrivals ?? 0) + (rest?.meanWait ?? 0) * (rest?.arrivals ?? 0);
    expect(sum / (whole?.arrivals ?? 1)).toBeCloseTo(whole?.meanWait ?? NaN, 10);
  });
});

describe('followTwoClasses', () => {
  it('is one queue in sum when both classes behave alike', () => {
    const model = { servers: 3, serviceRates: [0.2, 0.2], abandonmentRates: [0.04, 0.04] } as const;
    const start = { inService: [2, 1], waiting: [1, 4] } as const;
    const times = [0, 7, 30];
    const rates = [
      [
        [0, 0.2],
        [10, 0.3],
      ],
      [[0, 0.3]],
    ] as const;
    const plan: QueuePlan = {
      arrivalRate: [
        [0, 0.5],
        [10, 0.6],
      ],
      servers: [[0, 3]],
      serviceRate: 0.2,
      abandonmentRate: 0.04,
      release: 'exhaustive',
    };
    const total = followQueue(plan, { busy: 3, waiting: 5 }, times);
    followTwoClasses(model, rates, start, times).forEach((point, i) => {
      expect(point.waitedSeconds[0] + point.waitedSeconds[1]).toBeCloseTo(total[i]?.waitedSeconds ?? NaN, 9);
      expect(point.abandoned[0] + point.abandoned[1]).toBeCloseTo(total[i]?.abandoned ?? NaN, 10);
    });
  });
});
