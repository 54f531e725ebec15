/** Service level by its named formulas (rules SL1–SL3); percentages are made here, last, from sums. */
import type { ServiceLevelName } from '#shared/network.ts';
import type { Counts } from './counts.ts';

/** What the formulas are made of. */
export type WaitCounts = Pick<
  Counts,
  'answered' | 'answeredWithin' | 'abandoned' | 'abandonedWithin' | 'shortAbandoned'
>;

/** A share with what it is made of; `ratio` is null when there is nothing to divide by (rule SL3). */
export interface Share {
  numerator: number;
  denominator: number;
  ratio: number | null;
}

export const share = (numerator: number, denominator: number): Share => ({
  numerator,
  denominator,
  ratio: denominator > 0 ? numerator / denominator : null,
});

/** The named formulas; `headline` is SL1, the others an organisation may choose instead (SL2). */
export const SERVICE_LEVELS = {
  headline: (c) => share(c.answeredWithin, c.answered + c.abandoned),
  'offered-incl-abandoned-within': (c) =>
    share(c.answeredWithin + c.abandonedWithin, c.answered + c.abandoned),
  'answered-only': (c) => share(c.answeredWithin, c.answered),
  'late-abandons-only': (c) => share(c.answeredWithin, c.answered + c.abandoned - c.abandonedWithin),
  'short-abandons-good': (c) => share(c.answeredWithin + c.shortAbandoned, c.answered + c.abandoned),
  'short-abandons-out': (c) => share(c.answeredWithin, c.answered + c.abandoned - c.shortAbandoned),
} as const satisfies Record<ServiceLevelName, (counts: WaitCounts) => Share>;
