import { INTERVAL_MS } from '../../domain/metrics/interval.ts';
import type { HistoryReader } from '../../history/store.ts';
import type { Collected } from './collected.ts';

/** The seam of two logs that follow each other may lie within an hour: so much of a queue may be there already. */
const SEAM = 3_600_000 / INTERVAL_MS;

/** The queue of which history has more of the same quarter-hours than a seam, and how many; `null` when none has. */
export async function overlapOf(
  history: Pick<HistoryReader, 'queueIntervals'>,
  branch: string,
  quarterHours: Collected['quarterHours'],
): Promise<{ queue: string; quarterHours: number } | null> {
  for (const [id, starts] of quarterHours) {
    const sorted = [...starts].sort((a, b) => a - b);
    const to = (sorted.at(-1) ?? 0) + INTERVAL_MS;
    const rows = await history.queueIntervals({ branches: [branch], id, from: sorted[0] ?? 0, to });
    const both = rows.filter(({ start }) => starts.has(start)).length;
    if (both > SEAM) return { queue: id, quarterHours: both };
  }
  return null;
}
