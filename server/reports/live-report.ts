/** The figures of the live windows, branch by branch and together (rules WN1, SL4). */
import type { BranchProfile } from '#shared/network.ts';
import type { Subject } from '#shared/report-queries.ts';
import {
  type LiveFigures,
  liveFigures,
  type NetworkFigures,
  networkFigures,
} from '../domain/metrics/live-figures.ts';
import type { LiveBranches } from '../live-branches.ts';

/** What of a branch was asked for; everything when nothing was said. */
export type LiveReportRow = Partial<Omit<LiveFigures, 'sums'>>;

export interface LiveReportFoot {
  /** All of these branches together. */
  network: NetworkFigures;
}

/** A row for each branch at `now`, epoch ms; over a network only the foot. */
export function* liveReport(
  halls: LiveBranches,
  branches: readonly BranchProfile[],
  of: Subject | undefined,
  now: number,
): Generator<LiveReportRow[], LiveReportFoot> {
  const wholes: Pick<LiveFigures, 'branch' | 'sums' | 'isStale'>[] = [];
  for (const { id } of branches) {
    const hall = halls.get(id);
    if (hall === undefined) continue;
    const { sums, ...figures } = liveFigures(hall.live, hall.profile, now);
    wholes.push({ branch: id, sums, isStale: figures.isStale });
    yield rowsOf(figures, of);
  }
  return { network: networkFigures(wholes) };
}

function rowsOf(figures: Omit<LiveFigures, 'sums'>, of: Subject | undefined): LiveReportRow[] {
  const { branch, windows, queues, agents, counters, ...whole } = figures;
  switch (of) {
    case undefined:
      return [figures];
    case 'queue':
      return [{ branch, windows, queues }];
    case 'agent':
      return [{ branch, windows, agents }];
    case 'counter':
      return [{ branch, windows, counters }];
    case 'branch':
      return [{ branch, windows, ...whole }];
    case 'network':
      return [];
    default:
      return of satisfies never;
  }
}
