/** What a file of past months came to, before anything is stored. */
import type { ImportedRows } from '../../history/store.ts';
import type { Tally } from '../replay/tally.ts';

export interface Collected {
  batches: Iterable<ImportedRows>;
  /** Starts of the quarter-hours that have counts, by queue. */
  quarterHours: ReadonlyMap<string, ReadonlySet<number>>;
  /** Records of the file that count; the others are in `skipped`, by reason. */
  taken: number;
  skipped: Tally;
  /** What else is worth telling about the file. */
  about: Record<string, number>;
}

/** Notes the quarter-hours of some more rows. */
export function noteQuarterHours(
  into: Map<string, Set<number>>,
  rows: Iterable<{ id: string; start: number }>,
): void {
  for (const { id, start } of rows) {
    const known = into.get(id);
    if (known === undefined) into.set(id, new Set([start]));
    else known.add(start);
  }
}
