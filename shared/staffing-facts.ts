/** Facts of which the reasons of a suggestion are made; each key is a sentence of the message catalogues. */
export const STAFFING_FACTS = [
  'staffing_why_arrivals',
  'staffing_why_backlog',
  'staffing_why_fewer_staff',
  'staffing_why_load',
  'staffing_why_breach',
  'staffing_why_elsewhere',
  'staffing_giver_idle',
  'staffing_giver_busier',
  'staffing_breaks_late',
  'staffing_breaks_fewer_arrivals',
  'staffing_breaks_few_follow',
] as const;

/** The numbers of its sentence: shares are 0–1, times minutes. */
export interface StaffingFact {
  key: (typeof STAFFING_FACTS)[number];
  values: Record<string, number>;
}
