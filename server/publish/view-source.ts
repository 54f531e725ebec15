/** Where a channel gets the present state of its view: one branch, or the rows of a scope. */
import type { ViewState } from '#shared/delta.ts';
import type { WatchRequest } from '#shared/protocol.ts';
import { encodeRow } from '#shared/row-codec.ts';
import { encodeView } from '#shared/view-codec.ts';
import { SCHEMAS } from '#shared/view-schemas.ts';
import type { LiveBranches } from '../live-branches.ts';
import { standsStillUntil } from '../domain/metrics/standstill.ts';
import { projections, projectRow } from './project.ts';

/** The scope of all branches. */
const ALL = 'all';

/** A request as it was allowed: rows may be those of some branches `only`. */
export type ViewRequest = WatchRequest & { only?: readonly string[] };

export interface ViewSource {
  /** Branches it shows. */
  branches: readonly string[];
  /** Until when a branch of it is shown right as long as nothing is told of it, epoch ms, as far as anybody knows. */
  holdsUntil(branch: string): number;
  /** The view at `now`; only the `touched` branches may differ from `before`. */
  project(before: ViewState | null, touched: ReadonlySet<string>, now: number): ViewState;
}

/** The source of a watched view; `undefined` when there is no such branch or scope. */
export function viewSourceOf(branches: LiveBranches, request: ViewRequest): ViewSource | undefined {
  if (request.view === 'row') return networkSource(branches, request.scope, request.only);
  const { view, branch } = request;
  const known = branches.get(branch);
  if (!known) return undefined;
  return {
    branches: [branch],
    holdsUntil: () => -Infinity,
    project: (_before, _touched, now) => {
      const { live, profile, expectedWaits, outlook } = known;
      return encodeView(view, projections[view](live, profile, now, expectedWaits, outlook));
    },
  };
}

function networkSource(
  branches: LiveBranches,
  scope: string,
  only: readonly string[] | undefined,
): ViewSource | undefined {
  const inScope = [...(only ?? branches.ids())].filter(
    (id) => scope === ALL || branches.get(id)?.profile.region.id === scope,
  );
  if (inScope.length === 0 && scope !== ALL) return undefined;
  const fields = SCHEMAS.row.tables[0]?.fields ?? [];
  const demo = inScope.some((id) => branches.get(id)?.profile.demo === true);
  const zones = new Set(inScope.map((id) => branches.get(id)?.profile.zone));
  const [zone = null] = zones.size === 1 ? zones : [];
  const head = encodeRow(SCHEMAS.row.head, { scope, demo, zone });
  const holding = new Map<string, number>();
  return {
    branches: inScope,
    holdsUntil: (id) => holding.get(id) ?? -Infinity,
    project(before, touched, now) {
      const rows = new Map(before?.tables[0]);
      for (const id of before === null ? inScope : touched) {
        const branch = branches.get(id);
        if (!branch) continue;
        const { live, profile, outlook, trail } = branch;
        holding.set(id, standsStillUntil(live.state, profile, now));
        rows.set(id, encodeRow(fields, projectRow(live, profile, now, outlook.queues, trail.levels)));
      }
      return { head, tables: [rows] };
    },
  };
}
