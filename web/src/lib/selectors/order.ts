/** Worst first, and how a list that people read may change its order. Pure. */
import type { Status } from '#shared/views.ts';

const URGENCY: Record<Status, number> = { breach: 4, risk: 3, normal: 2, stale: 1, closed: 0 };

/** The more urgent the higher: breach > at risk > normal; stale and closed after them. */
export const urgency = (status: Status): number => URGENCY[status];

/**
 * The order to show: `wanted`, or, while it must hold still, what is shown with rows that are gone taken out and
 * new rows at the place where they belong (rule LV6).
 */
export function settle(
  shown: readonly string[],
  wanted: readonly string[],
  still: boolean,
): readonly string[] {
  if (!still) return wanted;
  const present = new Set(wanted);
  const known = new Set(shown);
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
