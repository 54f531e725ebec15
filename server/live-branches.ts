/** The branches this process keeps live, by id. */
import type { BranchProfile } from '#shared/network.ts';
import { type LiveBranch, newBranch } from './domain/live-branch.ts';
import type { Network } from './network.ts';

export interface LiveBranches {
  /** The branch and its profile; `undefined` when the network does not know it. */
  get(id: string): { live: LiveBranch; profile: BranchProfile } | undefined;
  /** Puts a saved state in place of an empty one. */
  restore(id: string, live: LiveBranch): void;
  ids(): Iterable<string>;
}

/** All branches of the network, empty at first; one the network learns of later is there when it is asked for. */
export function createLiveBranches(network: Network): LiveBranches {
  const known = new Map<string, { profile: BranchProfile; live: LiveBranch }>();
  const get = (id: string) => {
    const branch = known.get(id);
    if (branch) return branch;
    const profile = network.branch(id);
    if (!profile) return undefined;
    const made = { profile, live: newBranch(profile) };
    known.set(id, made);
    return made;
  };
  for (const { id } of network.branches()) get(id);
  return {
    get,
    restore(id, live) {
      const branch = get(id);
      if (branch) branch.live = live;
    },
    ids: () => known.keys(),
  };
}
