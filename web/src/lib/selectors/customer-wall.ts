/** The customer wall's view → the calls and services that fit on it. Pure. */
import type { CallRow, ServiceRow } from '#shared/customer-wall.ts';

/** The newest and four before it. */
const CALLS_SHOWN = 5;
const MAX_PAGES = 3;
/** How long each page of services stays, ms. */
export const PAGE_MS = 12_000;

/** A call is shown as the newest at least this long, ms … */
const DWELL_MS = 6_000;
/** … or this long when more than so many wait for their turn. */
const SHORT_DWELL_MS = 3_000;
const WAITING_CALLS_FOR_SHORT = 3;

/** Names one call: a ticket called twice is two calls. */
export const callKey = (call: CallRow): string => `${call.ticket} ${call.calledAt}`;

/** Calls, newest first. */
export const newestFirst = (calls: Iterable<CallRow>): CallRow[] =>
  [...calls].sort((a, b) => b.calledAt - a.calledAt || (a.ticket < b.ticket ? 1 : -1));

/** What the calls column shows, and when it may move on. */
export interface CallBoard {
  /** Newest first; at most {@link CALLS_SHOWN}. */
  shown: readonly CallRow[];
  /** When the newest took its place, monotonic ms. */
  sinceMs: number;
}

/**
 * The board at `nowMs`: the next call that was not shown yet takes the first place once the one before had its
 * time. Without a board before, all calls are old news and stand at once. `calls` come newest first.
 */
export function nextBoard(before: CallBoard | null, calls: readonly CallRow[], nowMs: number): CallBoard {
  const newest = before?.shown[0];
  if (!before || !newest) return { shown: calls.slice(0, CALLS_SHOWN), sinceMs: nowMs };
  const pending = calls.filter(({ calledAt }) => calledAt > newest.calledAt).length;
  const dwellMs = pending > WAITING_CALLS_FOR_SHORT ? SHORT_DWELL_MS : DWELL_MS;
  if (pending > 0 && nowMs - before.sinceMs < dwellMs) {
    const earlier = calls.slice(pending).filter((call) => call.ticket !== newest.ticket);
    return { ...before, shown: [newest, ...earlier].slice(0, CALLS_SHOWN) };
  }
  const first = Math.max(0, pending - 1);
  const shown = calls.slice(first, first + CALLS_SHOWN);
  const same = shown[0] !== undefined && callKey(shown[0]) === callKey(newest);
  return { shown, sinceMs: same ? before.sinceMs : nowMs };
}

/** The services by the letters on their tickets. */
export const servicesByLetter = (services: Iterable<ServiceRow>): ServiceRow[] =>
  [...services].sort((a, b) => (a.letter < b.letter ? -1 : a.letter > b.letter ? 1 : 0));

/** The services by letter, in pages about equally full, of so many at most. */
export function servicePages(services: readonly ServiceRow[], mostPerPage: number): ServiceRow[][] {
  const ordered = servicesByLetter(services);
  const pages = Math.min(MAX_PAGES, Math.ceil(ordered.length / mostPerPage));
  const perPage = Math.min(mostPerPage, Math.ceil(ordered.length / pages));
  return Array.from({ length: pages }, (_, page) => ordered.slice(page * perPage, (page + 1) * perPage));
}

/** What stands beside a service: minutes as the wall prints them, or words. */
export type WallWaitText = { minutes: string } | { words: 'busy' | 'unsure' | 'paused' };

/** The wait of a service; "—" when its source is silent, or when what is shown is old. */
export function waitOnWall({ wait, lowMinutes, highMinutes }: ServiceRow, current: boolean): WallWaitText {
  if (!current || wait === 'unknown') return { minutes: '—' };
  if (wait !== 'range') return { words: wait };
  return { minutes: `${lowMinutes ?? 0}–${highMinutes ?? 0}` };
}

/** Whoever came before the doors closed is still called; the board stays this long after the last call, ms. */
const AFTER_LAST_CALL_MS = 600_000;

/** Whether customers are still called at `now`, epoch ms. */
export const areCalled = (calls: readonly CallRow[], now: number): boolean =>
  calls.some(({ calledAt }) => now - calledAt < AFTER_LAST_CALL_MS);
