/** The duty to look at how every branch stands, once a minute, so that screens can show the last half hour. */
import type { Clock } from './clock.ts';
import { measureHall } from './domain/metrics/measure.ts';
import { noteStatus } from './domain/metrics/status-trail.ts';
import type { LiveBranches } from './live-branches.ts';

/** A tick looks at a part of the branches, ms. */
export const STATUS_TICK_MS = 1_000;
/** Every branch is looked at this often, ms. */
const ROUND_MS = 60_000;

/** The duty for these branches; `changed` hears of those whose trail did. To be called every {@link STATUS_TICK_MS}. */
export function createStatusDuty(parts: {
  branches: LiveBranches;
  clock: Clock;
  changed: (branch: string) => void;
}): () => void {
  const { branches, clock, changed } = parts;
  const turns = ROUND_MS / STATUS_TICK_MS;
  let turn = 0;
  return () => {
    turn = (turn + 1) % turns;
    let place = 0;
    for (const id of branches.ids()) {
      if (place++ % turns !== turn) continue;
      const branch = branches.get(id);
      if (branch === undefined) continue;
      const now = clock.now();
      const trail = noteStatus(branch.trail, measureHall(branch.live, branch.profile, now).status, now);
      if (trail === branch.trail) continue;
      branch.trail = trail;
      changed(id);
    }
  };
}
