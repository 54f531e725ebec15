import { describe, expect, it } from 'vitest';
import { accuracyOf, addOutcome, noAccuracy, poissonDeviation } from '#server/domain/forecast/accuracy.ts';
import { INTERVAL, recalibrated } from '#server/domain/forecast/calibration.ts';
import { createRng } from '#server/rng.ts';
import { normal, poissonCount } from './made-days.ts';

describe('accuracy', () => {
  it('divides sums last', () => {
    const sums = noAccuracy();
    const quantiles = [{ share: 0.9, value: 12 }];
    addOutcome(sums, { mean: 10, actual: 14, quantiles, held: { inside: false, part: 0, promised: 0.9 } });
    const held = { inside: true, part: 0.5, promised: 0.8 };
    addOutcome(sums, { mean: 30, actual: 26, quantiles: [{ share: 0.9, value: 36 }], held });
    const found = accuracyOf(sums);
    expect(found.wape).toBeCloseTo(8 / 40);
    expect(found.bias).toBeCloseTo(0);
    expect(found.coverage).toBe(0.5);
    expect(found.splitCoverage).toBe(0.25);
    expect(found.promised).toBeCloseTo(0.85);
    expect(found.pinball).toBeCloseTo((0.9 * 2 + 0.1 * 10) / 40);
  });

  it('[SL3] has no value where nothing came', () => {
    expect(accuracyOf(noAccuracy())).toMatchObject({ wape: null, bias: null, coverage: null });
  });

  it('knows the error that chance alone makes', () => {
    const rng = createRng(7);
    for (const mean of [0.4, 3.2, 25]) {
      const rounds = 40_000;
      let error = 0;
      for (let round = 0; round < rounds; round++) error += Math.abs(poissonCount(mean, rng) - mean);
      expect(error / rounds / poissonDeviation(mean)).toBeCloseTo(1, 1);
    }
    expect(poissonDeviation(2_500) / Math.sqrt((2 * 2_500) / Math.PI)).toBeCloseTo(1, 3);
  });
});

describe('calibration', () => {
  const HALF_WIDTH = 1.2816; // of a normal outcome, holds 80 %
  const coverage = (deviationOf: (round: number) => number): number => {
    const rng = createRng(11);
    let width = 1;
    let inside = 0;
    const rounds = 4_000;
    for (let round = 0; round < rounds; round++) {
      const isInside = Math.abs(normal(rng) * deviationOf(round)) <= HALF_WIDTH * width;
      width = recalibrated(width, Number(isInside));
      if (isInside) inside += 1;
    }
    return inside / rounds;
  };

  it.each([0.5, 1, 1.7, 3])(
    'brings intervals to 80 % when the truth varies %f times as much',
    (deviation) => {
      expect(coverage(() => deviation)).toBeCloseTo(INTERVAL.covers, 1.7);
    },
  );

  it('keeps them there while the truth changes', () => {
    expect(coverage((round) => 1 + Math.sin(round / 300) * 0.6)).toBeCloseTo(INTERVAL.covers, 1.7);
  });
});
