/** Rows about drivers as lines of a table: the same columns in every line. */
import type { DriverFacts, DriverReportRow, WaitParts } from '#shared/drivers.ts';

const NO_PARTS: Record<keyof WaitParts, null> = {
  arrivals: null,
  handling: null,
  counters: null,
  rest: null,
};
const NO_FACTS: Record<keyof DriverFacts, unknown> = {
  arrivals: { actual: null, expected: null },
  handling: { actual: null, expected: null },
  counters: { actual: null, expected: null, against: null },
  handled: null,
};

/** Parts and facts in columns of their own, empty where there are none; causes in one. */
export const driverTableRow = ({ parts, causes, facts, ...head }: DriverReportRow): object => ({
  ...head,
  causes: causes.join(' '),
  parts: parts ?? NO_PARTS,
  facts: facts ?? NO_FACTS,
});
