/** The committed staff of all groups and the changes of one plan, as steps in order of time. */
import { valueAt } from '../step-function.ts';
import type { StaffChange, TwinGroup } from './branch.ts';

export interface StaffPlan {
  /** Servers by group at time 0. */
  staff: Int32Array;
  /** Later steps; the last is at Infinity and changes nothing. */
  times: Float64Array;
  groups: Int32Array;
  changes: Int32Array;
  /** No more servers than these are ever there together, by group. */
  mostServers: Int32Array;
}

/** RangeError when a change names no group or takes servers who are not there. */
export function planStaff(groups: readonly TwinGroup[], planned: readonly StaffChange[]): StaffPlan {
  const changes = [...groups.flatMap(committed), ...planned]
    .filter(({ change }) => change !== 0)
    .sort((a, b) => a.at - b.at);
  const staff = groups.map((group) => valueAt(group.staff, 0));
  const present = [...staff];
  const mostServers = Int32Array.from(groups, ({ inService }, i) =>
    Math.max(staff[i] ?? 0, inService.length),
  );
  for (const { at, group, change } of changes) {
    const before = present[group];
    if (before === undefined) throw new RangeError(`there is no group ${group}`);
    if (!(at > -Infinity) || !Number.isInteger(change))
      throw new RangeError('a change is of whole servers at a time');
    if (before + change < 0) throw new RangeError(`group ${group} has no server to leave at ${at}`);
    present[group] = before + change;
    if (at <= 0) staff[group] = before + change;
    mostServers[group] = (mostServers[group] ?? 0) + Math.max(0, change);
  }
  const later = changes.filter(({ at }) => at > 0);
  return {
    staff: Int32Array.from(staff),
    times: Float64Array.from([...later.map(({ at }) => at), Infinity]),
    groups: Int32Array.from([...later.map(({ group }) => group), 0]),
    changes: Int32Array.from([...later.map(({ change }) => change), 0]),
    mostServers,
  };
}

/** The steps of a group's own plan that are still to come. */
function committed({ staff }: TwinGroup, group: number): StaffChange[] {
  return staff.flatMap(([at, servers], i) => {
    const before = staff[i - 1]?.[1] ?? servers;
    return at > 0 ? [{ at, group, change: servers - before }] : [];
  });
}
