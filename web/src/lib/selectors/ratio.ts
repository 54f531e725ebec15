/** Shares kept as numerator and denominator until they are shown (rules SL1–SL4). */

import type { ServiceLevelShown } from '#shared/network.ts';

/** Below this many cases a share is shown with their number, in weak ink (rule SL3). */
const FEW = 20;

export interface Ratio {
  /** 0–1; `null` when there is nothing to divide by. */
  value: number | null;
  /** The denominator. */
  n: number;
}

export const ratio = (numerator: number, denominator: number): Ratio => ({
  value: denominator > 0 ? numerator / denominator : null,
  n: denominator,
});

/** A share about which nothing is known. */
export const NO_RATIO: Ratio = { value: null, n: 0 };

/** True when the denominator is too small to lean on. */
export const isWeak = ({ n }: Ratio): boolean => n < FEW;

interface Window30 {
  slNumerator30: number;
  slDenominator30: number;
}
interface Today {
  slNumeratorToday: number;
  slDenominatorToday: number;
  answeredToday: number;
  abandonedToday: number;
}

/** Service level of the last 30 minutes, by the formula chosen for it (rules SL1, SL2). */
export const serviceLevel30 = (f: Window30): Ratio => ratio(f.slNumerator30, f.slDenominator30);

/** Service level of today. */
export const serviceLevelToday = (f: Pick<Today, 'slNumeratorToday' | 'slDenominatorToday'>): Ratio =>
  ratio(f.slNumeratorToday, f.slDenominatorToday);

/** The formula several service levels have in common. */
export function commonFormula(formulas: Iterable<ServiceLevelShown>): ServiceLevelShown {
  const [first = 'headline', ...others] = new Set(formulas);
  return others.length === 0 ? first : 'mixed';
}

/** Share of those whose wait ended today that left before service (rule AB1). */
export const abandonmentToday = (f: Pick<Today, 'answeredToday' | 'abandonedToday'>): Ratio =>
  ratio(f.abandonedToday, f.answeredToday + f.abandonedToday);

/** Sum over how many, seconds; `null` for none (rules WT3, HT1). */
export const meanSeconds = (sum: number, n: number): number | null => (n > 0 ? sum / n : null);

/** How a service level stands. */
export type LevelStanding = 'breach' | 'risk' | 'normal';
/** A service level more than this below its target is a breach, up to it a risk (ratio). */
const BREACH_GAP = 0.1;

/** How a service level stands against its target; few cases prove nothing. */
export function standing(level: Ratio, target: number): LevelStanding {
  if (level.value === null || isWeak(level) || level.value >= target) return 'normal';
  return target - level.value > BREACH_GAP ? 'breach' : 'risk';
}
