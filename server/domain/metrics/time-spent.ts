/**
 * What agents and counters did in the last 30 minutes. There are thousands of them, so spells are kept as plain
 * numbers: index of the activity, from, to, one after the other.
 */
import { KEPT_MS } from './rolling.ts';

/** Spells, three numbers each; one that runs backwards takes time away. */
export type Spells = number[];

const WIDTH = 3;

/** Adds a spell and lets go of those the window has passed. */
export function addSpell(spells: Spells, activity: number, from: number, to: number): void {
  const oldest = Math.max(from, to) - KEPT_MS;
  let over = 0;
  while (over < spells.length && Math.max(spells[over + 1] ?? 0, spells[over + 2] ?? 0) < oldest)
    over += WIDTH;
  if (over > 0) spells.splice(0, over);
  const end = spells.length;
  // A spell that was cut goes on; so does one whose end is taken back.
  if (spells[end - WIDTH] === activity && spells[end - 1] === from) spells[end - 1] = to;
  else spells.push(activity, from, to);
}

/** Adds the milliseconds of each activity within [`from`, `to`] to `sums`, by the index of the activity. */
export function addTimeWithin(spells: Spells, from: number, to: number, sums: number[]): void {
  for (let i = 0; i < spells.length; i += WIDTH) {
    const activity = spells[i] ?? 0;
    sums[activity] = (sums[activity] ?? 0) + overlapMs(spells[i + 1] ?? 0, spells[i + 2] ?? 0, from, to);
  }
}

/** How much of a spell lies within [`from`, `to`], ms; below zero for one that runs backwards. */
export function overlapMs(start: number, end: number, from: number, to: number): number {
  const ms = Math.min(Math.max(start, end), to) - Math.max(Math.min(start, end), from);
  return ms > 0 ? Math.sign(end - start) * ms : 0;
}
