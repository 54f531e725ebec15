/** How much of a stretch of time lies in the opening hours of a hall. */
import type { BranchProfile } from '#shared/network.ts';
import { hallDay, openingOn } from './hall-day.ts';

/** A stretch in which the hall is open, epoch ms, and the hall's day on which it begins. */
export interface OpenStretch {
  day: number;
  from: number;
  to: number;
}

/** The parts of [`from`, `to`) in which the hall is open. */
export function openStretches(profile: BranchProfile, from: number, to: number): OpenStretch[] {
  const stretches: OpenStretch[] = [];
  if (to <= from) return stretches;
  // Hours that reach past midnight, or begin before the day start, belong to a neighbouring day.
  for (let day = hallDay(profile, from) - 1; day <= hallDay(profile, to) + 1; day++) {
    const opening = openingOn(profile, day);
    if (opening === null) continue;
    const start = Math.max(from, opening.opensAt);
    const end = Math.min(to, opening.closesAt);
    if (end > start) stretches.push({ day: hallDay(profile, start), from: start, to: end });
  }
  return stretches;
}

/** How long the hall is open between two instants, ms; below zero when they are turned round. */
export function openMs(profile: BranchProfile, from: number, to: number): number {
  const stretches = openStretches(profile, Math.min(from, to), Math.max(from, to));
  return Math.sign(to - from) * stretches.reduce((sum, each) => sum + each.to - each.from, 0);
}
