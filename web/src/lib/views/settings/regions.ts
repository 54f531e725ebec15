import type { BranchProfileEntry } from '#shared/branch-profiles.ts';

/** The regions of some branches, each once. */
export const regionsOf = (branches: readonly BranchProfileEntry[]): BranchProfileEntry['region'][] => [
  ...new Map(branches.map(({ region }) => [region.id, region])).values(),
];
