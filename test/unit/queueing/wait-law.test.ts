import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waitLaw } from '#server/domain/queueing/wait-law.ts';

const place = fc.record({
  servers: fc.integer({ min: 1, max: 300 }),
  ahead: fc.integer({ min: 0, max: 400 }),
  serviceRate: fc.double({ min: 0.001, max: 5, noNaN: true }),
  abandonmentRate: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 5, noNaN: true })),
});

describe('waitLaw', () => {
  it('finds the quantiles of its own law', () => {
    fc.assert(
      fc.property(place, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (place, probability) => {
        const law = waitLaw(place);
        expect(law.above(law.quantile(probability))).toBeCloseTo(1 - probability, 9);
      }),
    );
  });

  it('makes those further back wait longer, and fewer when those in front give up', () => {
    fc.assert(
      fc.property(place, (place) => {
        const law = waitLaw(place);
        expect(waitLaw({ ...place, ahead: place.ahead + 1 }).mean).toBeGreaterThan(law.mean);
        const impatient = waitLaw({ ...place, abandonmentRate: place.abandonmentRate + 0.1 });
        expect(impatient.mean).toBeLessThanOrEqual(law.mean);
      }),
    );
  });

  it('is exponential for the first in line', () => {
    const law = waitLaw({ servers: 3, ahead: 0, serviceRate: 0.5, abandonmentRate: 4 });
    expect(law.mean).toBeCloseTo(1 / 1.5, 14);
    expect(law.quantile(0.5)).toBeCloseTo(Math.LN2 / 1.5, 14);
    expect(law.above(2)).toBeCloseTo(Math.exp(-3), 14);
  });

  it('has the mean its survival adds up to', () => {
    const law = waitLaw({ servers: 4, ahead: 9, serviceRate: 1 / 300, abandonmentRate: 1 / 1_200 });
    const step = 0.5;
    let sum = 0;
    for (let t = step / 2; t < 10 * law.mean; t += step) sum += step * law.above(t);
    expect(sum / law.mean).toBeCloseTo(1, 6);
  });

  it('nears the law without abandonment as patience grows, without a jump', () => {
    const place = { servers: 5, ahead: 40, serviceRate: 0.2 };
    const none = waitLaw({ ...place, abandonmentRate: 0 }).quantile(0.9);
    expect(waitLaw({ ...place, abandonmentRate: 1e-12 }).quantile(0.9) / none).toBeCloseTo(1, 9);
  });

  it('stays a number in a very long queue', () => {
    const law = waitLaw({ servers: 2, ahead: 8_000, serviceRate: 0.01, abandonmentRate: 0 });
    // A gamma law of 8,001 steps is nearly normal.
    expect(law.quantile(0.5) / law.mean).toBeCloseTo(1, 4);
    expect(law.above(law.mean + 3 * law.standardDeviation)).toBeCloseTo(0.00135, 3);
  });

  it('knows the edges and refuses what cannot be', () => {
    const law = waitLaw({ servers: 1, ahead: 1, serviceRate: 1, abandonmentRate: 0 });
    expect([law.above(0), law.above(-5), law.quantile(0), law.quantile(1)]).toEqual([1, 1, 0, Infinity]);
    expect(() => law.quantile(1.5)).toThrow(RangeError);
    expect(() => waitLaw({ servers: 0, ahead: 1, serviceRate: 1, abandonmentRate: 0 })).toThrow(
      /nobody is served/,
    );
    expect(() => waitLaw({ servers: 1, ahead: -1, serviceRate: 1, abandonmentRate: 0 })).toThrow(/ahead/);
  });
});
