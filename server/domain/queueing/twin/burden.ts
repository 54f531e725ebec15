import { type Column, weighted } from './estimates.ts';
import type { TwinQuestion } from './question.ts';
import type { Records } from './records.ts';

/** What a plan costs customers in each replication: seconds waited, and what those weigh who leave or are late. */
export function burdenOf(records: Records, { weights }: TwinQuestion): Column {
  return weighted([
    [records.total('waitSeconds'), 1],
    [records.total('abandoned'), weights.abandonedSeconds],
    [records.total('late'), weights.lateSeconds],
  ]);
}
