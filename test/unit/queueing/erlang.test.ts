import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB } from '#server/domain/queueing/erlang-b.ts';
import { erlangC } from '#server/domain/queueing/erlang-c.ts';

const load = fc.double({ min: 0.01, max: 500, noNaN: true });
const servers = fc.integer({ min: 1, max: 600 });

describe('erlangB', () => {
  it('is what the recursion of Erlang says', () => {
    fc.assert(
      fc.property(servers, load, (n, a) => {
        const fewer = erlangB(n - 1, a).probability;
        expect(erlangB(n, a).probability).toBeCloseTo((a * fewer) / (n + a * fewer), 12);
      }),
    );
  });

  it('falls with every server and rises with the load', () => {
    fc.assert(
      fc.property(servers, load, (n, a) => {
        const { lnProbability } = erlangB(n, a);
        expect(erlangB(n + 1, a).lnProbability).toBeLessThan(lnProbability);
        expect(erlangB(n, a * 1.01).lnProbability).toBeGreaterThan(lnProbability);
      }),
    );
  });

  it('keeps the logarithm where the probability is no number any more, and near certain loss', () => {
    const rare = erlangB(1_000, 1);
    expect(rare.probability).toBe(0);
    // B ≈ e^−a aⁿ/n! for n much larger than a; ln 1000! = 5912.128178488163.
    expect(rare.lnProbability).toBeCloseTo(-1 - 5912.128178488163, 9);
    expect(erlangB(1, 1e9).lnProbability).toBeCloseTo(-Math.log1p(1e-9), 23);
  });

  it('knows the edges: no server loses all, no load loses nothing', () => {
    expect(erlangB(0, 5)).toEqual({ probability: 1, lnProbability: 0 });
    expect(erlangB(3, 0)).toEqual({ probability: 0, lnProbability: -Infinity });
  });

  it.each([
    [-1, 1],
    [1.5, 1],
    [NaN, 1],
    [1, -1],
    [1, Infinity],
  ])('refuses %d servers and %d erlangs', (n, a) => {
    expect(() => erlangB(n, a)).toThrow(RangeError);
  });
});

describe('erlangC', () => {
  it('is M/M/1 for one server', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (occupancy) => {
        const figures = erlangC({ servers: 1, arrivalRate: occupancy, serviceRate: 1 }, 2);
        expect(figures.waitProbability).toBeCloseTo(occupancy, 12);
        expect(figures.meanInSystem / (occupancy / (1 - occupancy))).toBeCloseTo(1, 10);
        expect(figures.waitAboveTarget).toBeCloseTo(occupancy * Math.exp(-2 * (1 - occupancy)), 12);
      }),
    );
  });

  it('comes from Erlang B: C = B / (1 − ρ(1 − B))', () => {
    fc.assert(
      fc.property(servers, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, occupancy) => {
        const blocked = erlangB(n, n * occupancy).probability;
        const { waitProbability } = erlangC({ servers: n, arrivalRate: n * occupancy, serviceRate: 1 }, 0);
        expect(waitProbability).toBeCloseTo(blocked / (1 - occupancy * (1 - blocked)), 10);
      }),
    );
  });

  it('makes everybody wait as the load nears the servers, at any size', () => {
    for (const n of [1, 10, 10_000]) {
      const figures = erlangC({ servers: n, arrivalRate: n - 1e-7, serviceRate: 1 }, 0);
      expect(figures.waitProbability).toBeGreaterThan(0.9999);
      expect(figures.meanWait).toBeGreaterThan(0.99e7);
    }
  });

  it('has nothing to wait for when nobody comes', () => {
    const figures = erlangC({ servers: 2, arrivalRate: 0, serviceRate: 1 }, 5);
    expect(figures).toMatchObject({ waitProbability: 0, meanWait: 0, withinTarget: 1, occupancy: 0 });
  });

  it('refuses a load the servers cannot carry, and says so', () => {
    expect(() => erlangC({ servers: 3, arrivalRate: 3, serviceRate: 1 }, 0)).toThrow(
      /3 servers cannot carry 3 erlangs/,
    );
    expect(() => erlangC({ servers: 0, arrivalRate: 1, serviceRate: 1 }, 0)).toThrow(RangeError);
    expect(() => erlangC({ servers: 3, arrivalRate: 1, serviceRate: 0 }, 0)).toThrow(/serviceRate/);
    expect(() => erlangC({ servers: 3, arrivalRate: -1, serviceRate: 1 }, 0)).toThrow(/arrivalRate/);
    expect(() => erlangC({ servers: 3, arrivalRate: 1, serviceRate: 1 }, -1)).toThrow(/target/);
  });
});
