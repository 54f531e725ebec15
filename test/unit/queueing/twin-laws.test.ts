import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '#server/domain/queueing/normal-quantile.ts';
import { erlang2Patience, hazardPatience, mixedPatience } from '#server/domain/queueing/patience.ts';
import { erlang2Service, mixedService, momentsOf } from '#server/domain/queueing/phase-service.ts';
import type { PatienceLaw } from '#server/domain/queueing/twin/laws.ts';
import { TABLE_SIZE, tableOf } from '#server/domain/queueing/twin/quantile-table.ts';
import { RandomBits } from '#server/domain/queueing/twin/random-bits.ts';
import { drawResidual, residualOf } from '#server/domain/queueing/twin/residual.ts';

const mean = (values: Iterable<number>): number => {
  const all = [...values];
  return all.reduce((sum, value) => sum + value, 0) / all.length;
};
const variation = (values: Iterable<number>): number => {
  const all = [...values];
  const centre = mean(all);
  return Math.sqrt(mean(all.map((value) => (value - centre) ** 2))) / centre;
};
/** Share of a table's values at or below a time. */
const reached = (table: Float32Array, seconds: number): number =>
  table.filter((value) => value <= seconds).length / TABLE_SIZE;

describe('tableOf', () => {
  it.each<[string, PatienceLaw, number, number]>([
    ['exponential', { law: 'exponential', mean: 300 }, 300, 1],
    ['lognormal', { law: 'lognormal', mean: 420, variation: 0.8 }, 420, 0.8],
    ['lognormal without spread', { law: 'lognormal', mean: 60, variation: 0 }, 60, 0],
    ['fixed', { law: 'fixed', seconds: 90 }, 90, 0],
    ['measured', { law: 'quantiles', seconds: [0, 600] }, 300, 1 / Math.sqrt(3)],
    ['two phases', { law: 'phases', phases: erlang2Service(240) }, 240, Math.SQRT1_2],
    [
      'short and long',
      { law: 'phases', phases: mixedService(0.7, 60, 600) },
      222,
      Math.sqrt(momentsOf(mixedService(0.7, 60, 600)).scv),
    ],
  ])('has mean and spread of the %s law, and rises', (_, law, exactMean, exactVariation) => {
    const table = tableOf(law);
    expect(mean(table)).toBeCloseTo(exactMean, 2);
    expect(Math.abs(variation(table) - exactVariation)).toBeLessThan(0.005);
    expect(table.toSorted()).toEqual(table);
  });

  it('knows phases as well as their closed forms', () => {
    const erlang = tableOf({ law: 'phases', phases: erlang2Service(100) });
    const mixed = tableOf({ law: 'phases', phases: mixedService(0.8, 10, 400) });
    const parts = [
      { share: 0.8, mean: 10 },
      { share: 0.2, mean: 400 },
    ];
    for (const seconds of [1, 10, 50, 100, 200, 400]) {
      expect(reached(erlang, seconds)).toBeCloseTo(erlang2Patience(100).gone(seconds), 2.5);
      expect(reached(mixed, seconds)).toBeCloseTo(mixedPatience(parts).gone(seconds), 2.5);
    }
  });

  it('leaves at the hazard that was measured, and never once it is 0', () => {
    const pieces = [
      { from: 0, rate: 0.02 },
      { from: 20, rate: 0 },
      { from: 60, rate: 0.005 },
      { from: 300, rate: 0 },
    ];
    const table = tableOf({ law: 'hazard', pieces });
    const exact = hazardPatience(pieces);
    for (const seconds of [5, 19, 40, 60, 100, 299]) {
      expect(reached(table, seconds)).toBeCloseTo(exact.gone(seconds), 2.5);
    }
    const never = table.filter((value) => value === Infinity).length / TABLE_SIZE;
    expect(never).toBeCloseTo(1 - exact.gone(Infinity), 2.5);
    const goesOn = tableOf({ law: 'hazard', pieces: [{ from: 0, rate: 0.01 }] });
    expect(goesOn.every(Number.isFinite)).toBe(true);
  });

  it('has those who rather leave than wait, and the others by their own law', () => {
    const table = tableOf({ law: 'balking', balk: 0.25, others: { law: 'exponential', mean: 100 } });
    expect(table.filter((value) => value === 0).length / TABLE_SIZE).toBeCloseTo(0.25, 3);
    expect(mean(table)).toBeCloseTo(75, 0);
    expect(tableOf({ law: 'balking', balk: 1, others: { law: 'never' } }).every((value) => value === 0)).toBe(
      true,
    );
  });

  it.each<[PatienceLaw, RegExp]>([
    [{ law: 'exponential', mean: 0 }, /mean/],
    [{ law: 'lognormal', mean: 1, variation: -1 }, /variation/],
    [{ law: 'fixed', seconds: -1 }, /seconds/],
    [{ law: 'quantiles', seconds: [1] }, /two quantiles/],
    [{ law: 'quantiles', seconds: [2, 1] }, /fall/],
    [{ law: 'phases', phases: [{ begins: 0.5, rate: 1, then: null }] }, /add up/],
    [{ law: 'phases', phases: [{ begins: 1, rate: 1, then: 0 }] }, /later phase/],
    [{ law: 'hazard', pieces: [{ from: 1, rate: 1 }] }, /begin at 0/],
    [
      {
        law: 'hazard',
        pieces: [
          { from: 0, rate: 1 },
          { from: 0, rate: 2 },
        ],
      },
      /in order/,
    ],
    [{ law: 'balking', balk: 1.5, others: { law: 'never' } }, /balk/],
  ])('refuses %o', (law, message) => {
    expect(() => tableOf(law)).toThrow(message);
    expect(() => tableOf(law)).toThrow(RangeError);
  });
});

describe('drawResidual', () => {
  const DRAWS = 20_000;
  const draws = (law: PatienceLaw, elapsed: number): number[] => {
    const bits = new RandomBits();
    bits.reseed(1, 2, 3);
    const residual = residualOf(tableOf(law), elapsed);
    return Array.from({ length: DRAWS }, () => drawResidual(bits, residual) - elapsed);
  };

  it.each([0, 60, 300, 1_200, 3_000])('knows that an exponential time forgets %d s', (elapsed) => {
    const left = draws({ law: 'exponential', mean: 300 }, elapsed);
    expect(Math.abs(mean(left) / 300 - 1)).toBeLessThan(0.035);
    expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
  });

  it('leaves of a fixed time what is left, and nothing once it is over', () => {
    expect(mean(draws({ law: 'fixed', seconds: 90 }, 60))).toBeCloseTo(30, 9);
    expect(mean(draws({ law: 'fixed', seconds: 90 }, 200))).toBe(0);
  });

  it('draws from what is above, in a law of any shape', () => {
    const law: PatienceLaw = { law: 'lognormal', mean: 300, variation: 1 };
    const above = tableOf(law).filter((value) => value > 500);
    expect(Math.abs(mean(draws(law, 500)) / (mean(above) - 500) - 1)).toBeLessThan(0.03);
  });

  it('keeps those who never leave', () => {
    expect(draws({ law: 'never' }, 100).every((left) => left === Infinity)).toBe(true);
    const some: PatienceLaw = {
      law: 'hazard',
      pieces: [
        { from: 0, rate: 1 },
        { from: 1, rate: 0 },
      ],
    };
    expect(draws(some, 50).every((left) => left === Infinity)).toBe(true);
  });
});

describe('RandomBits', () => {
  it('repeats itself with the same seeds and only then', () => {
    const bits = new RandomBits();
    const first = (a: number, b: number, c: number) => {
      bits.reseed(a, b, c);
      return Array.from({ length: 4 }, () => bits.next());
    };
    expect(first(1, 2, 3)).toEqual(first(1, 2, 3));
    const others = [first(1, 2, 3), first(0, 2, 3), first(1, 0, 3), first(1, 2, 0), first(2, 1, 3)];
    expect(new Set(others.map(String)).size).toBe(others.length);
  });

  it('spreads its bits evenly', () => {
    const bits = new RandomBits();
    bits.reseed(5, 6, 7);
    const draws = 40_000;
    const counts = new Array<number>(32).fill(0);
    for (let i = 0; i < draws; i++) {
      const value = bits.next();
      for (let bit = 0; bit < 32; bit++) counts[bit] = (counts[bit] ?? 0) + ((value >>> bit) & 1);
    }
    for (const count of counts)
      expect(Math.abs(count - draws / 2)).toBeLessThan((4.5 * Math.sqrt(draws)) / 2);
  });

  it.each([0.4, 1, 4, 100])('draws from a Gamma law of shape %d', (shape) => {
    const bits = new RandomBits();
    bits.reseed(8, 9, 10);
    const values = Array.from({ length: 20_000 }, () => bits.gamma(shape));
    expect(Math.abs(mean(values) / shape - 1)).toBeLessThan(0.04);
    expect(Math.abs(variation(values) * Math.sqrt(shape) - 1)).toBeLessThan(0.04);
  });
});

describe('normalQuantile', () => {
  it('knows the usual values, is odd and rises', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 5);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(1e-12)).toBeCloseTo(-7.03448, 4);
    const share = fc.double({ min: 1e-9, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(share, share, (p, q) => {
        expect(normalQuantile(p)).toBeCloseTo(-normalQuantile(1 - p), 4);
        if (p < q - 1e-6) expect(normalQuantile(p)).toBeLessThan(normalQuantile(q));
      }),
    );
  });
});
