/** The tables that the staffing world can be taken along as; apart from the schemas, which browsers need not load. */
export const STAFFING_TABLES = [
  'branches',
  'pools',
  'counters',
  'machines',
  'agents',
  'breaks',
  'travel',
  'quiet-hours',
  'policy',
] as const;
export type StaffingTable = (typeof STAFFING_TABLES)[number];
