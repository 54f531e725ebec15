/** What a version of the targets can say; apart from the schemas, which browsers need not load. */

export const TARGET_FIELDS = [
  'targetSeconds',
  'thresholdSeconds',
  'serviceLevelTarget',
  'serviceLevel',
  'shortAbandonSeconds',
] as const;
