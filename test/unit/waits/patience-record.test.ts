import { describe, expect, it } from 'vitest';
import { createRng } from '#server/rng.ts';
import {
  abandonmentRate,
  learnWait,
  type PatienceRecords,
  patienceOf,
} from '#server/domain/waits/patience-record.ts';

const MEAN_PATIENCE = 200;

/** Customers whose patience ends at `rate`, and who would be served after an exponential time of mean `served`. */
function learned(
  count: number,
  served: number,
  balk = 0,
  records: PatienceRecords = new Map(),
): PatienceRecords {
  const rng = createRng(5);
  const exponential = (mean: number): number => -Math.log(1 - rng()) * mean;
  for (let i = 0; i < count; i++) {
    const patience = rng() < balk ? 0 : exponential(MEAN_PATIENCE);
    const offered = exponential(served);
    learnWait(records, 'q', Math.min(patience, offered), patience < offered);
  }
  return records;
}

describe('patience', () => {
  it('is what is usual for the channel before anybody waited', () => {
    expect(abandonmentRate(new Map(), 'q', 'voice')).toBe(1 / 480);
    expect(patienceOf(new Map(), 'q', 'hall').gone(3_600)).toBeCloseTo(1 - 0.98 * Math.exp(-1), 6);
  });

  it.each([30, 100, 400])('is found though service after about %d s cuts most of it off', (served) => {
    const records = learned(20_000, served);
    expect(Math.abs(abandonmentRate(records, 'q', 'voice') * MEAN_PATIENCE - 1)).toBeLessThan(0.1);
  });

  it('is longer than the waits of those who left: these are only the impatient ones', () => {
    const rng = createRng(5);
    const left: number[] = [];
    for (let i = 0; i < 5_000; i++) {
      const patience = -Math.log(1 - rng()) * MEAN_PATIENCE;
      if (patience < -Math.log(1 - rng()) * 60) left.push(patience);
    }
    const meanLeft = left.reduce((sum, wait) => sum + wait, 0) / left.length;
    expect(1 / abandonmentRate(learned(5_000, 60), 'q', 'voice')).toBeGreaterThan(3 * meanLeft);
  });

  it('follows the law over the waits that were seen', () => {
    const law = patienceOf(learned(40_000, 300), 'q', 'voice');
    for (const wait of [20, 60, 120, 300])
      expect(law.gone(wait)).toBeCloseTo(1 - Math.exp(-wait / MEAN_PATIENCE), 1);
  });

  it('keeps apart those who leave rather than wait at all', () => {
    const records = learned(20_000, 100, 0.25);
    expect(patienceOf(records, 'q', 'voice').gone(0)).toBeCloseTo(0.25, 1);
    expect(Math.abs(abandonmentRate(records, 'q', 'voice') * MEAN_PATIENCE - 1)).toBeLessThan(0.1);
  });

  it('of a queue nobody knows yet is that of its branch', () => {
    expect(abandonmentRate(learned(20_000, 100), 'new', 'voice') * MEAN_PATIENCE).toBeCloseTo(1, 1);
  });
});
