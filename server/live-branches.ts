/** The branches this process keeps live, by id. */
import type { BranchProfile } from '#shared/network.ts';
import type { HallOutlook } from '#shared/planning.ts';
import { type LiveBranch, newBranch } from './domain/live-branch.ts';
import { NO_TRAIL, type StatusTrail } from './domain/metrics/status-trail.ts';
import { type AgreedHere, NOTHING_AGREED } from './domain/queueing/agreed-change.ts';
import { createExpectedWaits, type ExpectedWaits } from './domain/waits/expected-waits.ts';
import type { Network } from './network.ts';

/** A branch, its profile, what screens were told last about its waits, and what was foretold of it. */
export interface KnownBranch {
  live: LiveBranch;
  profile: BranchProfile;
  expectedWaits: ExpectedWaits;
  outlook: HallOutlook;
  /** How it stood lately. */
  trail: StatusTrail;
  /** Who was agreed on to come or to go: staff and customers. */
  agreed: AgreedHere;
}

/** Nothing is foretold. */
export const NO_OUTLOOK: HallOutlook = { queues: [], staff: [] };

export interface LiveBranches {
  /** The branch; `undefined` when the network does not know it. */
  get(id: string): KnownBranch | undefined;
  /** Puts a saved state in place of an empty one. */
  restore(id: string, live: LiveBranch): void;
  ids(): Iterable<string>;
}

/** All branches of the network, empty at first; one the network learns of later is there when it is asked for. */
export function createLiveBranches(network: Network): LiveBranches {
  const known = new Map<string, KnownBranch>();
  const get = (id: string) => {
    const profile = network.branch(id);
    if (!profile) return undefined;
    const branch = known.get(id);
    if (branch) {
      // A branch may be described otherwise while it is live.
      branch.profile = profile;
      return branch;
    }
    const made: KnownBranch = {
      profile,
      live: newBranch(profile),
      expectedWaits: createExpectedWaits(() => made.agreed.staff),
      outlook: NO_OUTLOOK,
      trail: NO_TRAIL,
      agreed: NOTHING_AGREED,
    };
    known.set(id, made);
    return made;
  };
  return {
    get,
    restore(id, live) {
      const branch = get(id);
      if (branch) branch.live = live;
    },
    ids: () => network.branches().map(({ id }) => id),
  };
}
