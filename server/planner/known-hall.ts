import type { BranchProfile } from '#shared/network.ts';
import type { HallHabits } from '../domain/prediction/hall-history.ts';
import type { RegionDay } from '../domain/prediction/region-model.ts';
import type { RegionWatch } from './region-watch.ts';

/** What is known of the hall of a question. */
export interface KnownHall {
  profile: BranchProfile;
  watch: RegionWatch;
  day: RegionDay;
  /** When the hall's day began, epoch ms. */
  dayStart: number;
  habits: HallHabits;
}
