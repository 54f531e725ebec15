import { describe, expect, it } from 'vitest';
import {
  corrected,
  learnChance,
  noCorrection,
  noReliability,
  scoreWarning,
} from '#server/domain/prediction/reliability.ts';
import { followWarnings, newWarningRecord, tellChance } from '#server/domain/prediction/warning-record.ts';
import { createRng } from '#server/rng.ts';

const HALF_HOUR_MS = 1_800_000;
const MINUTE_MS = 60_000;

describe('the record of warnings', () => {
  it('counts by tenth of the chance told', () => {
    const table = noReliability();
    scoreWarning(table, 0.72, true);
    scoreWarning(table, 0.78, false);
    scoreWarning(table, 1, true);
    expect(table[7]).toEqual({ warnings: 2, chanceSum: 1.5, cameTrue: 1 });
    expect(table[9]).toMatchObject({ warnings: 1, cameTrue: 1 });
  });

  it('believes the model at first, and what is certain always', () => {
    expect(corrected(noCorrection(), 0.7)).toBeCloseTo(0.7, 6);
    expect(corrected(noCorrection(), 0)).toBe(0);
    expect(corrected(noCorrection(), 1)).toBe(1);
  });

  it('learns that a model tells chances too high, so that warnings come true as often as told', () => {
    const rng = createRng(7);
    const correction = noCorrection();
    let told = 0;
    let came = 0;
    for (let i = 0; i < 6_000; i++) {
      const truth = 0.05 + 0.5 * rng();
      const model = truth ** 0.5;
      const cameTrue = rng() < truth;
      if (i > 2_000) {
        told += corrected(correction, model);
        came += cameTrue ? 1 : 0;
      }
      learnChance(correction, model, cameTrue, 1);
    }
    expect(told / came).toBeGreaterThan(0.93);
    expect(told / came).toBeLessThan(1.07);
  });

  it('scores a warning when its time is over: true when somebody was late in between, else false', () => {
    const record = newWarningRecord();
    const look = { key: 'a', at: 0, isKnown: true, wasLate: false };
    tellChance(record, look, 0.75, false);
    followWarnings(record, { ...look, at: 20 * MINUTE_MS, wasLate: true }, HALF_HOUR_MS);
    followWarnings(record, { ...look, at: 31 * MINUTE_MS }, HALF_HOUR_MS);
    expect(record.told[7]).toMatchObject({ warnings: 1, cameTrue: 1 });
    tellChance(record, { ...look, at: 60 * MINUTE_MS }, 0.45, false);
    followWarnings(record, { ...look, at: 95 * MINUTE_MS }, HALF_HOUR_MS);
    expect(record.told.reduce((sum, { warnings }) => sum + warnings, 0)).toBe(2);
    expect(record.told.reduce((sum, { cameTrue }) => sum + cameTrue, 0)).toBe(1);
  });

  it('scores nothing of a silent source, nor of a breach that was there already', () => {
    const record = newWarningRecord();
    const look = { key: 'a', at: 0, isKnown: true, wasLate: false };
    tellChance(record, look, 0.6, false);
    followWarnings(record, { ...look, at: MINUTE_MS, isKnown: false }, HALF_HOUR_MS);
    expect(tellChance(record, { ...look, at: 2 * MINUTE_MS }, 0.4, true)).toBe(1);
    followWarnings(record, { ...look, at: 60 * MINUTE_MS }, HALF_HOUR_MS);
    expect(record.told.reduce((sum, { warnings }) => sum + warnings, 0)).toBe(0);
  });
});
