/** What moves in a branch of which nothing is told: time alone, and how soon it does. */
import type { BranchProfile } from '#shared/network.ts';
import type { BranchState } from '../branch/state.ts';
import { SLOT_MS, windowStart } from './rolling.ts';

/** True when no queue is known to have anybody in it. */
export const nobodyWaits = ({ queues }: BranchState): boolean =>
  [...queues.values()].every(({ waiting, observed }) => waiting.size === 0 && (observed?.waiting ?? 0) === 0);

/** When the next source is silent unless it speaks (rule LV3), epoch ms; `Infinity` when none will be. */
export function nextSilence({ sources }: BranchState, profile: BranchProfile, now: number): number {
  let next = Infinity;
  for (const { lastHeardAt } of sources.values()) {
    const silentFrom = lastHeardAt + profile.expectedSeconds * 1_000 + 1;
    if (silentFrom > now) next = Math.min(next, silentFrom);
  }
  return next;
}

/**
 * Until when the sums, the status and the opening of a branch stay as they are at `now`, epoch ms, unless something is
 * told; `now` where somebody waits. The window moves in steps, and halls open and days begin on one of them.
 */
export function standsStillUntil(state: BranchState, profile: BranchProfile, now: number): number {
  if (!nobodyWaits(state)) return now;
  return Math.min(windowStart(now, 0) + SLOT_MS, nextSilence(state, profile, now));
}
