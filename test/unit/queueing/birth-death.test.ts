import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictQueue } from '#server/domain/queueing/birth-death.ts';
import type { QueuePlan } from '#server/domain/queueing/queue-plan.ts';
import { stagedServers } from '#server/domain/queueing/staged-drops.ts';
import type { StepFunction } from '#server/domain/queueing/step-function.ts';
import { busyIn, followQueue, waitingIn } from '#server/domain/queueing/transient-queue.ts';
import { type Distribution, expected } from '#server/domain/queueing/uniformisation.ts';
import type { State } from '#server/domain/queueing/markov-chain.ts';

/** Minutes as the unit of time. */
const hall: QueuePlan = {
  arrivalRate: [
    [0, 0.7],
    [30, 1],
    [60, 0.6],
  ],
  servers: [[0, 5]],
  serviceRate: 1 / 6,
  abandonmentRate: 1 / 30,
  release: 'exhaustive',
};
const TIMES = [15, 30, 60, 120];
const ANY_LIMIT = 10;

const servers = fc.integer({ min: 1, max: 12 });
const halls = fc
  .record({
    rates: fc.array(fc.double({ min: 0.1, max: 1.4, noNaN: true }), { minLength: 1, maxLength: 8 }),
    staff: fc.array(servers, { minLength: 1, maxLength: 3 }),
    serviceMinutes: fc.double({ min: 3, max: 12, noNaN: true }),
    patienceMinutes: fc.double({ min: 5, max: 90, noNaN: true }),
    waiting: fc.integer({ min: 0, max: 25 }),
  })
  .map(({ rates, staff, serviceMinutes, patienceMinutes, waiting }) => {
    const [busy = 1] = staff;
    const plan: QueuePlan = {
      arrivalRate: rates.map((perMean, i) => [i * 15, (perMean * busy) / serviceMinutes] as const),
      servers: staff.map((count, i) => [i * 40, count] as const),
      serviceRate: 1 / serviceMinutes,
      abandonmentRate: 1 / patienceMinutes,
      release: 'preemptive',
    };
    return { plan, start: { busy, waiting } };
  });

describe('predictQueue', () => {
  it('comes within 1 % of the exact solution while no server has to finish first', () => {
    fc.assert(
      fc.property(halls, ({ plan, start }) => {
        const exact = followQueue(plan, start, TIMES);
        predictQueue(plan, start, TIMES, ANY_LIMIT).forEach((point, i) => {
          const truth = exact[i];
          if (truth === undefined) throw new Error('nothing to compare with');
          expect(Math.abs(point.waitedSeconds - truth.waitedSeconds)).toBeLessThan(
            1 + 0.01 * truth.waitedSeconds,
          );
          expect(Math.abs(point.meanWaiting - expected(truth.law, waitingIn))).toBeLessThan(
            0.2 + 0.01 * point.meanWaiting,
          );
          const planned = truth.servers;
          const wait = expected(truth.law, (state) => (busyIn(state) >= planned ? 1 : 0));
          expect(Math.abs(point.waitProbability - wait)).toBeLessThan(0.05);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('stays within 5 % when servers finish their customers before they go', () => {
    const plan: QueuePlan = {
      ...hall,
      servers: [
        [0, 6],
        [20, 4],
        [60, 2],
        [90, 6],
      ],
    };
    const start = { busy: 6, waiting: 4 };
    const exact = followQueue(plan, start, TIMES);
    predictQueue(plan, start, TIMES, ANY_LIMIT).forEach(({ waitedSeconds }, i) => {
      expect(Math.abs(waitedSeconds / (exact[i]?.waitedSeconds ?? NaN) - 1)).toBeLessThan(0.05);
    });
  });

  it('never lets more servers make the queue longer', () => {
    fc.assert(
      fc.property(halls, ({ plan, start }) => {
        const more: QueuePlan = {
          ...plan,
          servers: plan.servers.map(([from, count]) => [from, count + 1] as const),
        };
        const [fewer, greater] = [plan, more].map(
          (one) => predictQueue(one, start, [120], ANY_LIMIT)[0]?.waitedSeconds ?? NaN,
        );
        expect(greater).toBeLessThanOrEqual((fewer ?? NaN) + 1e-6);
      }),
    );
  });

  it('knows how likely a long queue is', () => {
    const start = { busy: 5, waiting: 8 };
    const exact = followQueue(hall, start, TIMES);
    predictQueue(hall, start, TIMES, 6).forEach(({ aboveLimit }, i) => {
      const law: Distribution = exact[i]?.law ?? new Map<State, number>();
      expect(aboveLimit).toBeCloseTo(
        expected(law, (state) => (waitingIn(state) > 6 ? 1 : 0)),
        2,
      );
    });
    expect(() => predictQueue(hall, start, [30], 1.5)).toThrow(/limit/);
  });

  it('tells the state it starts from at once, also with nothing to do', () => {
    expect(predictQueue(hall, { busy: 5, waiting: 3 }, [0], 2)).toEqual([
      { at: 0, waitProbability: 1, meanWaiting: 3, aboveLimit: 1, waitedSeconds: 0, abandoned: 0 },
    ]);
    const empty: QueuePlan = { ...hall, arrivalRate: [[0, 0]], servers: [[0, 0]], abandonmentRate: 0 };
    const [still] = predictQueue(empty, { busy: 0, waiting: 2 }, [60], 2);
    expect(still?.meanWaiting).toBeCloseTo(2, 12);
    expect(still?.waitedSeconds).toBeCloseTo(120, 9);
  });

  it('stays right for a contact centre of 200', () => {
    const centre: QueuePlan = {
      arrivalRate: [
        [0, 36],
        [30, 44],
      ],
      servers: [[0, 200]],
      serviceRate: 0.2,
      abandonmentRate: 0.1,
      release: 'exhaustive',
    };
    const start = { busy: 200, waiting: 60 };
    const exact = followQueue(centre, start, TIMES);
    predictQueue(centre, start, TIMES, ANY_LIMIT).forEach(({ waitedSeconds }, i) => {
      expect(waitedSeconds / (exact[i]?.waitedSeconds ?? NaN)).toBeCloseTo(1, 2);
    });
  });

  it('may be asked for moments next to each other', () => {
    const start = { busy: 5, waiting: 4 };
    const [before, after] = predictQueue(hall, start, [29.999999, 30], ANY_LIMIT);
    expect(after?.meanWaiting).toBeCloseTo(before?.meanWaiting ?? NaN, 5);
    expect(after?.waitedSeconds).toBeCloseTo(before?.waitedSeconds ?? NaN, 4);
  });

  it('refuses times that do not rise', () => {
    expect(() => predictQueue(hall, { busy: 5, waiting: 0 }, [30, 15], 1)).toThrow(/rise/);
    expect(() => predictQueue(hall, { busy: 5, waiting: 0 }, [NaN], 1)).toThrow(/rise/);
    expect(() => predictQueue({ ...hall, serviceRate: 0 }, { busy: 5, waiting: 0 }, [30], 1)).toThrow(
      /serviceRate/,
    );
  });
});

describe('stagedServers', () => {
  const staged = (servers: StepFunction, busy: number, release: QueuePlan['release'] = 'exhaustive') =>
    stagedServers({ ...hall, serviceRate: 0.1, servers, release }, { busy, waiting: 0 });

  it('drops one by one as the busy ones finish', () => {
    expect(
      staged(
        [
          [0, 5],
          [30, 3],
        ],
        5,
      ),
    ).toEqual([
      [0, 5],
      [30, 5],
      [32, 4],
      [34.5, 3],
    ]);
  });

  it('breaks off where the plan rises again', () => {
    expect(
      staged(
        [
          [0, 5],
          [30, 0],
          [33, 4],
        ],
        5,
      ),
    ).toEqual([
      [0, 5],
      [30, 5],
      [32, 4],
      [33, 4],
    ]);
  });

  it('lets those finish who are busy beyond the plan from the start', () => {
    expect(staged([[0, 1]], 2)).toEqual([
      [0, 2],
      [5, 1],
    ]);
  });

  it('leaves a plan alone that sends customers back', () => {
    const servers: StepFunction = [
      [0, 5],
      [30, 3],
    ];
    expect(staged(servers, 5, 'preemptive')).toBe(servers);
  });
});
