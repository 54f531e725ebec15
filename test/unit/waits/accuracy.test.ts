import { describe, expect, it } from 'vitest';
import { type Accuracies, accuracyOf, learnAccuracy } from '#server/domain/waits/accuracy.ts';

const said = { queue: 'q', mean: 100, quantiles: [20, 40, 90, 150, 200] };

describe('the record of estimates', () => {
  it('without a wait says nothing', () => {
    expect(accuracyOf(new Map(), 'q')).toEqual({ judged: 0, covered: null, bias: null });
  });

  it('says how many, how many ended between P10 and P90, and how long beside what was said', () => {
    const record: Accuracies = new Map();
    for (const actual of [20, 110, 200, 19, 201]) learnAccuracy(record, said, actual);
    const { judged, covered, bias } = accuracyOf(record, 'q');
    expect(judged).toBe(5);
    expect(covered).toBeCloseTo(0.6, 2);
    expect(bias).toBeCloseTo(550 / 500, 2);
    expect(accuracyOf(record, 'other').judged).toBe(0);
  });

  it('forgets what was long ago', () => {
    const record: Accuracies = new Map();
    for (let i = 0; i < 3_000; i++) learnAccuracy(record, said, 300);
    for (let i = 0; i < 3_000; i++) learnAccuracy(record, said, 100);
    const { judged, covered, bias } = accuracyOf(record, 'q');
    expect(judged).toBeLessThanOrEqual(500);
    expect(covered).toBeGreaterThan(0.99);
    expect(bias).toBeCloseTo(1, 1);
  });
});
