import { describe, expect, it } from 'vitest';
import { type FilledDay, fillDays } from '#server/domain/forecast/filled-days.ts';
import { fitProfile } from '#server/domain/forecast/profile.ts';
import { weighDays } from '#server/domain/forecast/usual-days.ts';
import { GRID, makeDays, MONDAY, RATES } from './made-days.ts';

const NO_CALENDAR = new Map();
const filled = (days: Parameters<typeof fillDays>[0]): FilledDay[] => fillDays(days, GRID, NO_CALENDAR);
const profileOf = (days: Parameters<typeof fillDays>[0]) => fitProfile(weighDays(filled(days)), GRID);

/** Largest relative difference of slots. */
const worst = (found: readonly number[] | undefined, truth: readonly number[]): number =>
  Math.max(...truth.map((rate, slot) => Math.abs((found?.[slot] ?? 0) / rate - 1)));

describe('a profile', () => {
  it('finds the rates that made the days', () => {
    const { means } = profileOf(makeDays(84, 2, (_, slot) => RATES[slot] ?? 0).days);
    for (const mean of means) expect(worst(mean, RATES)).toBeLessThan(0.12);
  });

  it('shrinks weekdays that are alike to what they share', () => {
    const days = filled(makeDays(21, 3, (_, slot) => RATES[slot] ?? 0).days);
    const tuesdays = days.filter(({ weekday }) => weekday === 1);
    const plain = RATES.map(
      (_, slot) => tuesdays.reduce((sum, { counts }) => sum + (counts[slot] ?? 0), 0) / 3,
    );
    const { means } = fitProfile(weighDays(days), GRID);
    const error = (of: readonly number[]) =>
      RATES.reduce((sum, rate, slot) => sum + ((of[slot] ?? 0) - rate) ** 2, 0);
    expect(error(means[1] ?? [])).toBeLessThan(0.5 * error(plain));
  });

  it('keeps a weekday that has its own shape', () => {
    const reversed = RATES.map((_, slot) => (slot < 10 ? 90 : 10));
    const { means } = profileOf(
      makeDays(42, 4, (day, slot) => (day % 7 === 6 ? reversed[slot] : RATES[slot]) ?? 0).days,
    );
    expect(worst(means[6]?.slice(0, 10), reversed.slice(0, 10))).toBeLessThan(0.15);
    expect(means[6]?.[15] ?? 0).toBeLessThan(16);
  });

  it('is hardly bent by a holiday that nobody announced', () => {
    const { days } = makeDays(28, 5, (day, slot) => (RATES[slot] ?? 0) * (day === 15 ? 0.1 : 1));
    const total = (profileOf(days).means[1] ?? []).reduce((sum, mean) => sum + mean, 0);
    const truth = RATES.reduce((sum, rate) => sum + rate, 0);
    expect(total / truth).toBeGreaterThan(0.97);
    expect(weighDays(filled(days))[15]?.weight).toBeLessThan(0.02);
  });

  it('fills a hole by how busy the day was, and passes over a day of which little is known', () => {
    const { days } = makeDays(14, 6, () => 50);
    const holed = days.map((each, index) => ({
      ...each,
      counts: each.counts.map((count, slot) => {
        if (index === 3 && slot === 7) return null;
        if (index === 4 && slot < 15) return null;
        return index === 3 ? 100 : count;
      }),
    }));
    const result = filled(holed);
    expect(result.find(({ day }) => day === MONDAY + 3)?.counts[7]).toBeGreaterThan(85);
    expect(result.map(({ day }) => day)).not.toContain(MONDAY + 4);
  });
});
