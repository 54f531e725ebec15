/** Worst first, and how a list that people read may change its order. Pure. */
import type { Status } from '#shared/views.ts';

/** How something stands as a screen shows it: now, or by what is foretold of the next half hour. */
export type Standing = Status | 'breachAhead' | 'riskAhead';

const URGENCY: Record<Standing, number> = {
  breach: 6,
  breachAhead: 5,
  risk: 4,
  riskAhead: 3,
  normal: 2,
  stale: 1,
  closed: 0,
};

/** The more urgent the higher: breach > likely to breach > at risk > normal; stale and closed after them. */
export const urgency = (status: Standing): number => URGENCY[status];

/** From these chances on a breach is likely, or possible (ratio). */
const LIKELY = 0.5;
const POSSIBLE = 0.2;

/** A status with what is foretold: a chance (0–1) of a breach counts as long as there is none. */
export function withChance(status: Status, chance: number | null): Standing {
  if (chance === null || (status !== 'normal' && status !== 'risk')) return status;
  if (chance >= LIKELY) return 'breachAhead';
  return status === 'normal' && chance >= POSSIBLE ? 'riskAhead' : status;
}

/**
 * The order to show: `wanted`, or, while it must hold still, what is shown with rows that are gone taken out, and
 * new rows and `urgent` ones at the place where they belong (rule LV6).
 */
export function settle(
  shown: readonly string[],
  wanted: readonly string[],
  still: boolean,
  urgent: readonly string[] = [],
): readonly string[] {
  if (!still) return wanted;
  const present = new Set(wanted);
  const known = new Set(shown);
  for (const id of urgent) {
    present.delete(id);
    known.delete(id);
  }
  const order = shown.filter((id) => present.has(id));
  wanted.forEach((id, place) => {
    if (!known.has(id)) order.splice(place, 0, id);
  });
  return order;
}

/** How many rows stand elsewhere than they would in the wanted order. */
export function displaced(shown: readonly string[], wanted: readonly string[]): number {
  let moved = 0;
  shown.forEach((id, place) => {
    if (wanted[place] !== id) moved++;
  });
  return moved;
}

/** True when two lists hold the same in the same order. */
export const sameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i]);

/** The row before or after the one selected, the first or last one when none is; `null` of no rows. */
export function neighbour(ids: readonly string[], selected: string | null, by: 1 | -1): string | null {
  const place = selected === null ? -1 : ids.indexOf(selected);
  if (place < 0) return ids.at(by > 0 ? 0 : -1) ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, place + by))] ?? null;
}
