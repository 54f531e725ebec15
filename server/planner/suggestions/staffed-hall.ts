/** A branch as it is kept live, and what its sources call people. */
import type { BranchProfile } from '#shared/network.ts';
import type { StaffingWorld } from '#shared/staffing-world.ts';
import type { LiveBranch } from '../../domain/live-branch.ts';
import type { AgreedHere } from '../../domain/queueing/agreed-change.ts';

export interface StaffedHall {
  live: LiveBranch;
  profile: BranchProfile;
  agreed: AgreedHere;
}

export type StaffedAgent = StaffingWorld['agents'][number];

/** What the sources of a branch call a person: the code at home, elsewhere, where the code may be somebody else's, the id. */
export const calledAt = ({ id, code, home }: StaffedAgent, branch: string): string =>
  branch === home ? (code ?? id) : id;
