/** When a wall shows its board, and when it says that the hall is closed. Pure; times epoch ms. */
import type { WallPlace } from '#shared/customer-wall.ts';

/** `night`: closed for a while, so that the screen may go dark. */
export type WallHours = 'open' | 'closed' | 'night';

/** A closed hall's screen stays lit this long after closing and before the next opening, ms. */
const LIT_MS = 1_800_000;

/** Overnight light and dark are swapped, so that nothing burns in; hours of the day. */
const SWAPPED = { from: 0, to: 5 };

/** Whether light and dark are swapped at this hour of the day. */
export const isSwapped = (hour: number): boolean => hour >= SWAPPED.from && hour < SWAPPED.to;

/** By the hours of the hall; `serving` keeps the board while those who came in time are still served. */
export function wallHours(
  { opensAt, closesAt, nextOpensAt }: Pick<WallPlace, 'opensAt' | 'closesAt' | 'nextOpensAt'>,
  serving: boolean,
  now: number,
): WallHours {
  if (serving) return 'open';
  if (opensAt !== null && closesAt !== null && now >= opensAt && now < closesAt) return 'open';
  // A hall that never closes: the server has not told of the new day yet.
  if (nextOpensAt !== null && now >= nextOpensAt) return 'open';
  const isJustClosed = closesAt !== null && now >= closesAt && now - closesAt < LIT_MS;
  const opensSoon = nextOpensAt !== null && nextOpensAt - now <= LIT_MS;
  return isJustClosed || opensSoon ? 'closed' : 'night';
}
