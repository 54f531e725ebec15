/** What screens ask of history, beside what they watch. Each rejects when there is no answer, or one that refuses. */
import type { DriverReportRow } from '#shared/drivers.ts';
import type { FigureLegend } from '#shared/reports.ts';
import { api } from '#lib/api.ts';
import type { IntervalPart, VisitPart } from '#lib/selectors/queue-past.ts';

const MAX_VISITS = 1_000;
const asked = (parameters: Record<string, string | number>): string =>
  new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)])).toString();

/** The quarter-hours of all queues of a branch, and what their figures are made of. Times epoch ms. */
export const loadQuarters = (
  branch: string,
  from: number,
  to: number,
): Promise<{ rows: IntervalPart[]; legend: FigureLegend }> =>
  api.get(`/intervals?${asked({ branch, from, to })}`);

/** The visits of a branch or of one of its queues whose wait ended in the span, oldest first. Times epoch ms. */
export async function loadVisits(
  branch: string,
  queue: string | null,
  from: number,
  to: number,
): Promise<VisitPart[]> {
  const named = queue === null ? {} : { queue };
  const { rows } = await api.get<{ rows: VisitPart[] }>(
    `/visits?${asked({ branch, ...named, from, to, limit: MAX_VISITS })}`,
  );
  return rows;
}

/** Why these branches were slower than usual in the span. Times epoch ms. */
export async function loadDrivers(
  branches: readonly string[],
  from: number,
  to: number,
): Promise<DriverReportRow[]> {
  const { rows } = await api.get<{ rows: DriverReportRow[] }>(
    `/drivers?${asked({ branch: branches.join(','), from, to })}`,
  );
  return rows;
}
