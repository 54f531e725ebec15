/** How far each source could be relied on, day by day (rule DQ1). */
import type { BranchProfile } from '#shared/network.ts';
import type { QualityRow, ReportFigure } from '#shared/reports.ts';
import { dayText } from '../domain/branch/hall-day.ts';
import type { HistoryReader } from '../history/store.ts';
import type { Days } from './lots.ts';

/** The source days of these branches; shares are of the facts told. Throws HistoryUnavailable. */
export async function qualityReport(
  history: Pick<HistoryReader, 'sourceDays'>,
  branches: readonly BranchProfile[],
  days: Days,
): Promise<QualityRow[]> {
  const rows = await history.sourceDays({ branches: branches.map(({ id }) => id), ...days });
  return rows.map((row) => ({
    ...row,
    day: dayText(row.day),
    figures: {
      late: share(row.late, row.events),
      repeated: share(row.repeated, row.events),
      duplicate: share(row.duplicate, row.events + row.duplicate),
      rejected: share(row.rejected, row.events + row.duplicate + row.rejected),
    },
  }));
}

const share = (numerator: number, denominator: number): ReportFigure => ({
  value: denominator > 0 ? numerator / denominator : null,
  numerator,
  denominator,
});
