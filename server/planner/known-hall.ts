import type { BranchProfile } from '#shared/network.ts';
import { openMs } from '../domain/branch/opening-hours.ts';
import type { HallHabits } from '../domain/prediction/hall-history.ts';
import { isGuess, type RegionDay } from '../domain/prediction/region-model.ts';
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

/** True of a time when the hall is closed and nobody has seen a day of the queue: its hours are all that is known of it. */
export const isGuessOfClosed = (
  { profile, day }: KnownHall,
  key: string,
  from: number,
  to: number,
): boolean => isGuess(day, key) && openMs(profile, from, to) === 0;
