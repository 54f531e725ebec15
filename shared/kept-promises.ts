/** How often suggestions came true as they were promised (rule GD6). */
import type { Lever } from './levers.ts';

/** How promises came true; those nobody came for are not counted. */
export interface KeptPromises {
  asPromised: number;
  better: number;
  worse: number;
  of: number;
}
export interface SuggestionRecordAnswer {
  days: number;
  total: KeptPromises;
  byLever: (KeptPromises & { lever: Lever })[];
  byBranch: (KeptPromises & { branch: string; nameZh: string; nameEn: string })[];
}
