/** A hall as it stands, with those who were agreed on to come or to go. */
import type { AgreedChange } from '../queueing/agreed-change.ts';
import { type GroupNow, type HallNow, servedQueues } from './hall-now.ts';

/** The hall with these changes in its groups; who comes for queues that no group serves makes a group. */
export function withAgreed(hall: HallNow, changes: readonly AgreedChange[]): HallNow {
  if (changes.length === 0) return hall;
  const ids = hall.queues.map(({ id }) => id);
  const groups = [...hall.groups];
  for (const { at, queues, change } of changes) {
    const seconds = Math.max(0, at - hall.at) / 1_000;
    const served = servedQueues(queues, ids);
    const place = groupFor(groups, served);
    const group = groups[place];
    if (group !== undefined) groups[place] = { ...group, agreed: [...group.agreed, { seconds, change }] };
    else if (change > 0)
      groups.push({ queues: served, servers: [], inService: [], away: [], agreed: [{ seconds, change }] });
  }
  return { ...hall, groups };
}

/** The group that serves most of these queues, of those the one with most people; −1 when none serves any. */
function groupFor(groups: readonly GroupNow[], served: readonly number[]): number {
  let best = -1;
  let most = 0;
  groups.forEach(({ queues, servers }, place) => {
    const shared = served.filter((queue) => queues.includes(queue)).length;
    // Fewer queues of others come first: that is the group meant for these.
    const fit = shared === 0 ? 0 : shared - queues.length / 1_000 + servers.length / 1_000_000;
    if (fit <= most) return;
    best = place;
    most = fit;
  });
  return best;
}
