/** The records of forecasts and warnings as they are told. */
import type { AccuracyRow, WarningRow } from '#shared/accuracy.ts';
import { accuracyOf } from '../domain/forecast/accuracy.ts';
import type { Reliability } from '../domain/prediction/reliability.ts';
import type { RegionWatch } from './region-watch.ts';

/** Rows of these branches. */
export function accuracyRows(
  watches: ReadonlySet<RegionWatch>,
  branches: ReadonlySet<string>,
): AccuracyRow[] {
  return [...watches].flatMap(({ records }) =>
    [...records].flatMap(([key, { sums, width }]) => {
      const [branch = '', queue = ''] = JSON.parse(key) as string[];
      if (!branches.has(branch)) return [];
      const { pinball: _, ...accuracy } = accuracyOf(sums);
      return [{ branch, queue, forecasts: sums.outcomes, ...accuracy, width }];
    }),
  );
}

/** Rows by tenth of the chance told. */
export const warningRows = (table: Reliability): WarningRow[] =>
  table.map(({ warnings, chanceSum, cameTrue }, i) => ({
    from: i / table.length,
    to: (i + 1) / table.length,
    warnings,
    meanChance: warnings > 0 ? chanceSum / warnings : null,
    cameTrue: warnings > 0 ? cameTrue / warnings : null,
  }));
