/** What can be asked beyond the live views: history by interval, the visits behind it, its quality, the live windows. */
import type { DriverReportFoot, DriverReportRow } from '#shared/drivers.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { Subject, VisitsQuery } from '#shared/report-queries.ts';
import type { IntervalReportFoot, IntervalReportRow, QualityRow, VisitPage } from '#shared/reports.ts';
import type { LiveBranches } from '../live-branches.ts';
import { driversReport, type DriversWanted } from './drivers-report.ts';
import { intervalReport, type IntervalReportParts } from './interval-report.ts';
import { liveReport, type LiveReportFoot, type LiveReportRow } from './live-report.ts';
import type { Days } from './lots.ts';
import { qualityReport } from './quality-report.ts';
import type { StepsWanted } from './read-steps.ts';
import { createThreadedDrivers } from './threaded-drivers.ts';
import { visitPage } from './visit-page.ts';

/** What needs history throws HistoryUnavailable when it is away. */
export interface Reports {
  intervals(wanted: StepsWanted): AsyncGenerator<IntervalReportRow[], IntervalReportFoot>;
  visits(query: VisitsQuery): Promise<VisitPage>;
  quality(branches: readonly BranchProfile[], days: Days): Promise<QualityRow[]>;
  drivers(wanted: DriversWanted): AsyncGenerator<DriverReportRow[], DriverReportFoot>;
  live(
    branches: readonly BranchProfile[],
    of: Subject | undefined,
  ): Generator<LiveReportRow[], LiveReportFoot>;
  /** Ends the thread that splits waits once it has answered. */
  close(): Promise<void>;
}

/** Reports from these parts. */
export function createReports(parts: IntervalReportParts & { branches: LiveBranches }): Reports {
  const { history, branches: halls, now } = parts;
  const threadedDrivers = createThreadedDrivers();
  return {
    intervals: (wanted) => intervalReport(parts, wanted),
    visits: (query) => visitPage(history, query),
    quality: (branches, days) => qualityReport(history, branches, days),
    drivers: (wanted) => driversReport({ ...parts, split: threadedDrivers.rows }, wanted),
    live: (branches, of) => liveReport(halls, branches, of, now()),
    close: threadedDrivers.close,
  };
}
