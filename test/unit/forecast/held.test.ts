import { describe, expect, it } from 'vitest';
import { INTERVAL, recalibrated } from '#server/domain/forecast/calibration.ts';
import { heldBy } from '#server/domain/forecast/held.ts';
import { forecastOf } from '#server/domain/forecast/outlook.ts';
import { RandomBits } from '#server/domain/queueing/twin/random-bits.ts';
import { createRng } from '#server/rng.ts';
import { poissonCount } from './made-days.ts';

const ROUNDS = 20_000;

/** Mean figures of intervals around these rates, of counts whose true rate is `ratio` times as high. */
function heldOn(means: readonly number[], ratio = 1) {
  const rng = createRng(3);
  let [inside, part, promised] = [0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const mean = means[round % means.length] ?? 1;
    const forecast = forecastOf({ mean, rateVariance: 0 });
    const held = heldBy(forecast, poissonCount(mean * ratio, rng));
    inside += Number(held.inside) / ROUNDS;
    part += held.part / ROUNDS;
    promised += held.promised / ROUNDS;
  }
  return { inside, part, promised };
}

describe('an interval of whole counts', () => {
  it.each([[[0.5, 1.2, 3]], [[6, 11]], [[60, 150]]])('promises what it holds where rates are %j', (means) => {
    const { inside, part, promised } = heldOn(means);
    expect(inside).toBeCloseTo(promised, 2);
    expect(part).toBeCloseTo(INTERVAL.covers, 1.8);
    expect(promised).toBeGreaterThan(INTERVAL.covers);
  });

  it('holds less of the outcomes when more come than were forecast', () => {
    expect(heldOn([3, 8], 1.6).part).toBeLessThan(0.65);
  });

  it('holds nothing of a count beyond its ends, all of one between them, a part at them', () => {
    const forecast = forecastOf({ mean: 5, rateVariance: 0 });
    expect(forecast).toMatchObject({ low: 2, high: 8 });
    expect(heldBy(forecast, 1)).toMatchObject({ inside: false, part: 0 });
    expect(heldBy(forecast, 5)).toMatchObject({ inside: true, part: 1 });
    expect(heldBy(forecast, 9)).toMatchObject({ inside: false, part: 0 });
    const { inside, part } = heldBy(forecast, 2);
    expect(inside).toBe(true);
    // P(N ≤ 2) = 0.1247, P(N = 2) = 0.0842.
    expect(part).toBeCloseTo(0.0247 / 0.0842, 2);
  });

  it('is everything that came where nothing is forecast, and plain where counts are many', () => {
    expect(heldBy(forecastOf({ mean: 0, rateVariance: 0 }), 0)).toMatchObject({ inside: true, part: 1 });
    expect(heldBy(forecastOf({ mean: 900, rateVariance: 0 }), 900)).toMatchObject({ part: 1, promised: 0.8 });
  });

  it('keeps its width while forecasts of a few arrivals are right', () => {
    const bits = new RandomBits();
    bits.reseed(1, 2, 3);
    const [mean, rateVariance] = [2, 1];
    let [width, sum] = [1, 0];
    for (let round = 0; round < ROUNDS; round++) {
      const forecast = forecastOf({ mean, rateVariance }, width);
      const rate = bits.gamma(mean ** 2 / rateVariance) * (rateVariance / mean);
      width = recalibrated(
        width,
        heldBy(
          forecast,
          poissonCount(rate, () => bits.share()),
        ).part,
      );
      sum += width / ROUNDS;
    }
    expect(sum).toBeGreaterThan(0.9);
    expect(sum).toBeLessThan(1.1);
  });
});
