import { describe, expect, it } from 'vitest';
import {
  learnCount,
  rateRatio,
  slotsLater,
  startDayFactor,
  sumAhead,
} from '#server/domain/forecast/day-factor.ts';

const DRIFT = { persistence: 0.9, variance: 0.01, slotVariance: 0.001 };

describe('the day factor', () => {
  it('with a level alone is the Gamma–Poisson mean', () => {
    const still = { persistence: 1, variance: 0, slotVariance: 0 };
    const variance = 0.04;
    const { level } = learnCount(startDayFactor(0, variance, still), still, 50, 1, 65);
    expect(1 + level).toBeCloseTo((1 / variance + 65) / (1 / variance + 50), 12);
  });

  it('learns nothing from a slot in which nobody is expected', () => {
    const belief = startDayFactor(0.1, 0.02, DRIFT);
    expect(learnCount(belief, DRIFT, 0, 1, 3)).toEqual(belief);
  });

  it('lets drift fade and keeps the level', () => {
    let belief = startDayFactor(0, 0.002, DRIFT);
    for (let slot = 0; slot < 8; slot++)
      belief = slotsLater(learnCount(belief, DRIFT, 1_000, 1, 1_200), DRIFT);
    const far = rateRatio(slotsLater(belief, DRIFT, 200), 1);
    expect(rateRatio(belief, 1)).toBeGreaterThan(1.15);
    expect(far).toBeCloseTo(1 + belief.level, 6);
    expect(far).toBeLessThan(rateRatio(belief, 1) - 0.05);
  });

  it('is moved little by one wild slot', () => {
    const before = startDayFactor(0, 0.002, DRIFT);
    const after = slotsLater(learnCount(before, DRIFT, 40, 1, 40_000), DRIFT);
    expect(rateRatio(after, 1)).toBeLessThan(1.4);
  });

  it('sums slots with the covariance between them', () => {
    const belief = {
      level: 0.1,
      drift: -0.2,
      levelVariance: 0.003,
      covariance: -0.001,
      driftVariance: 0.006,
    };
    const expected = [20, 35, 50, 30];
    const loading = [1, 0.7, 1.4, 1.1];
    const { mean, rateVariance } = sumAhead(belief, DRIFT, expected, loading);

    const load = (slot: number) => loading[slot] ?? 0;
    const usual = (slot: number) => expected[slot] ?? 0;
    let sum = 0;
    let variance = 0;
    for (let i = 0; i < expected.length; i++) {
      sum += usual(i) * (1 + belief.level + load(i) * belief.drift * DRIFT.persistence ** i);
      for (let j = 0; j < expected.length; j++) {
        const [early, late] = [Math.min(i, j), Math.max(i, j)];
        const drifts = DRIFT.persistence ** (late - early) * slotsLater(belief, DRIFT, early).driftVariance;
        const mixed =
          belief.covariance * (load(i) * DRIFT.persistence ** i + load(j) * DRIFT.persistence ** j);
        const own = i === j ? DRIFT.slotVariance * load(i) ** 2 : 0;
        variance += usual(i) * usual(j) * (belief.levelVariance + mixed + load(i) * load(j) * drifts + own);
      }
    }
    expect(mean).toBeCloseTo(sum, 10);
    expect(rateVariance).toBeCloseTo(variance, 10);
  });
});
