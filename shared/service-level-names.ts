/** The formulas of a service level by name (rules SL1, SL2); `headline` unless another one is chosen. */
export const SERVICE_LEVEL_NAMES = [
  'headline',
  'offered-incl-abandoned-within',
  'answered-only',
  'late-abandons-only',
  'short-abandons-good',
  'short-abandons-out',
] as const;
