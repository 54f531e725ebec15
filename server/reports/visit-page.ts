/** The visits behind a figure, page by page (rule AS1). */
import type { VisitsQuery } from '#shared/report-queries.ts';
import type { VisitPage } from '#shared/reports.ts';
import { dayText } from '../domain/branch/hall-day.ts';
import type { HistoryReader } from '../history/store.ts';

/** One page, the earliest first; agents and counters by their ids, nobody by name. Throws HistoryUnavailable. */
export async function visitPage(
  history: Pick<HistoryReader, 'visits'>,
  { branch, queue, from, to, limit, cursor }: VisitsQuery,
): Promise<VisitPage> {
  // One more than asked for tells whether there is a next page.
  const visits = await history.visits({
    ...{ branch, from, to, limit: limit + 1 },
    ...(queue !== undefined && { queue }),
    ...(cursor !== undefined && { after: cursor }),
  });
  const page = visits.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map((visit) => ({ ...visit, day: dayText(visit.day) })),
    next: visits.length > limit && last !== undefined ? `${last.at}~${last.contact}` : null,
  };
}
