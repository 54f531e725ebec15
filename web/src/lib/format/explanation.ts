/** What figures are made of, in words: for those that need no formula of their own channel or queue. */
import { m } from '../../paraglide/messages.js';

/** What there is to say about a figure. */
export interface Explanation {
  formula: string;
  /** Number in the rules. */
  rule: string;
  window: string;
  /** The denominator; left out where there is none. */
  n?: number;
  /** Which sources it is made of, and how far they reach. */
  source: string;
}

/** Figures, with the number of their rule. */
const RULES = {
  // Suggestions, and what came of them.
  promisedWait: 'GD2',
  saved: 'GD2',
  helps: 'GD2',
  ifLate: 'GD2',
  giverLoses: 'GD2',
  onTheWay: 'GD2',
  due: 'GD2',
  measuredWait: 'GD6',
  record: 'GD6',
  whatIf: 'GD2',
  // Sheets.
  waited: 'WT1',
  handled: 'HT1',
  arrivals: 'WN1',
  stillToWait: 'WT5',
  ahead: 'AL2',
  staff: 'SL1',
  hours: 'GD1',
  // People.
  doing: 'OC1',
  // Alerts.
  raised: 'AL5',
  actedOn: 'AL5',
  cameTrue: 'AL2',
  foreseen: 'AL2',
  lead: 'AL2',
  // Sources.
  pace: 'DQ1',
  delay: 'DQ1',
  late: 'DQ1',
  repeated: 'DQ1',
  duplicate: 'DQ1',
  rejected: 'DQ1',
  gap: 'DQ1',
  skew: 'DQ1',
} as const;
type ExplainedFigure = keyof typeof RULES;

/** What such a figure is: over which time, from which source, of how many cases. */
export const explain = (
  figure: ExplainedFigure,
  window: string,
  source: string,
  n?: number,
): Explanation => ({
  formula: m.formula_of({ figure }),
  rule: RULES[figure],
  window,
  source,
  ...(n === undefined ? {} : { n }),
});
