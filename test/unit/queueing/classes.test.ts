import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangA } from '#server/domain/queueing/abandonment.ts';
import { nonPreemptivePriority } from '#server/domain/queueing/priorities.ts';
import { twoClassPriority } from '#server/domain/queueing/two-class-priority.ts';
import { twoSkillPools } from '#server/domain/queueing/two-skill-pools.ts';

describe('nonPreemptivePriority', () => {
  it('shares the work of the queue out, and lets higher classes wait less', () => {
    const rates = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        rates,
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.1, max: 0.98, noNaN: true }),
        (rates, n, load) => {
          const total = rates.reduce((sum, rate) => sum + rate, 0);
          const { meanWaits, meanWaitFifo } = nonPreemptivePriority(n, rates, total / (n * load));
          const mean = meanWaits.reduce((sum, wait, i) => sum + (wait * (rates[i] ?? 0)) / total, 0);
          expect(mean / meanWaitFifo).toBeCloseTo(1, 9);
          expect([...meanWaits].sort((a, b) => a - b)).toEqual(meanWaits);
        },
      ),
    );
  });

  it('refuses a load the servers cannot carry', () => {
    expect(() => nonPreemptivePriority(2, [1, 1], 1)).toThrow(/cannot carry/);
    expect(() => nonPreemptivePriority(2, [1, -1], 1)).toThrow(/arrivalRate/);
  });
});

describe('twoClassPriority', () => {
  it('is the formula of Cobham when nobody leaves', () => {
    const exact = nonPreemptivePriority(3, [0.3, 0.5], 0.4);
    const model = { servers: 3, serviceRates: [0.4, 0.4], abandonmentRates: [0, 0] } as const;
    const chain = twoClassPriority(model, [0.3, 0.5]);
    expect(chain.waitProbability).toBeCloseTo(exact.waitProbability, 12);
    expect(chain.meanWaits[0]).toBeCloseTo(exact.meanWaits[0] ?? NaN, 11);
    expect(chain.meanWaits[1]).toBeCloseTo(exact.meanWaits[1] ?? NaN, 11);
  });

  it('is Erlang A in sum when both classes behave alike, and does not depend on telling them apart', () => {
    const total = erlangA({ servers: 4, arrivalRate: 1, serviceRate: 0.25, abandonmentRate: 0.1 }, 0);
    const model = { servers: 4, serviceRates: [0.25, 0.25], abandonmentRates: [0.1, 0.1] } as const;
    const alike = twoClassPriority(model, [0.4, 0.6]);
    expect(alike.meanQueues[0] + alike.meanQueues[1]).toBeCloseTo(total.meanQueue, 11);
    const apart = twoClassPriority({ ...model, serviceRates: [0.25, 0.25 + 1e-13] }, [0.4, 0.6]);
    expect(apart.meanQueues[0]).toBeCloseTo(alike.meanQueues[0], 10);
    expect(apart.meanQueues[1]).toBeCloseTo(alike.meanQueues[1], 10);
  });

  it('refuses a queue that grows for ever or no server at all', () => {
    const model = { servers: 1, serviceRates: [1, 1], abandonmentRates: [0, 0] } as const;
    expect(() => twoClassPriority(model, [0.6, 0.5])).toThrow(/too long/);
    expect(() => twoClassPriority({ ...model, servers: 0 }, [0.1, 0.1])).toThrow(/nobody is served/);
  });
});

describe('twoSkillPools', () => {
  const pools = {
    serversA: 2,
    serversB: 3,
    serviceRateA: 0.3,
    serviceRateB: 0.3,
    arrivalRates: [0.5, 0.8],
    abandonmentRates: [0.1, 0.1],
    poolBServesFirst: 'second',
  } as const;

  it('is Erlang A for a class that has pool B to itself', () => {
    const figures = twoSkillPools({ ...pools, arrivalRates: [0, 0.8] });
    const exact = erlangA({ servers: 3, arrivalRate: 0.8, serviceRate: 0.3, abandonmentRate: 0.1 }, 0);
    expect(figures.meanWaits[1]).toBeCloseTo(exact.meanWait, 11);
    expect(figures.occupancies).toEqual([0, expect.closeTo(exact.occupancy, 12)]);
  });

  it('serves everybody who does not leave', () => {
    for (const poolBServesFirst of ['first', 'second'] as const) {
      const { abandonProbabilities, occupancies } = twoSkillPools({ ...pools, poolBServesFirst });
      const stayed = 0.5 * (1 - abandonProbabilities[0]) + 0.8 * (1 - abandonProbabilities[1]);
      expect(occupancies[0] * 2 * 0.3 + occupancies[1] * 3 * 0.3).toBeCloseTo(stayed, 11);
    }
  });

  it('lets the class wait less that pool B prefers', () => {
    const second = twoSkillPools(pools);
    const first = twoSkillPools({ ...pools, poolBServesFirst: 'first' });
    expect(first.meanWaits[0]).toBeLessThan(second.meanWaits[0]);
    expect(first.meanWaits[1]).toBeGreaterThan(second.meanWaits[1]);
  });

  it('refuses empty pools', () => {
    expect(() => twoSkillPools({ ...pools, serversA: 0 })).toThrow(RangeError);
  });
});
