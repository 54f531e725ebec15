/** The estimated wait as a public wall shows it: whole minutes, calm, and nothing rather than a guess. */
import type { Estimated } from './estimate.ts';

/** Minutes from and to; both are steps of the wall's clock. */
export interface WallRange {
  low: number;
  high: number;
}

/** `busy`: many people, nobody can say how long. `paused`: nobody serves the queue. `unknown`: its source is silent. */
export type WallText =
  ({ kind: 'range' } & WallRange) | { kind: 'busy' } | { kind: 'paused' } | { kind: 'unknown' };

/** What a wall shows for a queue, and what it must remember for the next refresh. */
export interface WallWait {
  text: WallText;
  /** Since when estimates have asked for a lower upper bound than the one shown, epoch ms; `null` when they do not. */
  lowerSince: number | null;
}

const MINUTE_SECONDS = 60;
/** From here on a wall counts in long steps, minutes. */
const LONG_FROM = 10;
const LONG_STEP = 5;
const NARROWEST_MINUTES = 2;
/** With a wider range than this and than the middle estimate, no number helps, seconds. */
const WIDEST_SECONDS = 15 * 60;
/** With fewer served in the last 30 minutes nothing is promised. */
const FEWEST_SERVED = 10;
/** A lower upper bound is believed after this long, ms, and comes down at most by this ratio a refresh. */
const AGREED_MS = 60_000;
const LARGEST_DROP = 0.2;

/**
 * The next text for a wall: [P20 rounded down, P80 rounded up], at least 2 min wide. The upper bound goes up at once,
 * and down after a minute of agreement, by at most a fifth (or one step, where a step is more) at a time.
 * `servedLately`: answered in the last 30 minutes in this queue.
 */
export function nextWallWait(
  before: WallWait | null,
  { estimate, none }: Estimated,
  servedLately: number,
  now: number,
): WallWait {
  if (none === 'nobodyServes') return { text: { kind: 'paused' }, lowerSince: null };
  if (none === 'sourceSilent' || none === 'sourceFrozen')
    return { text: { kind: 'unknown' }, lowerSince: null };
  if (estimate === null || servedLately < FEWEST_SERVED) return busy;
  if (estimate.p80 - estimate.p20 > Math.max(WIDEST_SECONDS, estimate.p50)) return busy;
  const asked = rangeOf(estimate.p20, estimate.p80);
  const shown = before?.text.kind === 'range' ? before.text : null;
  if (shown === null || asked.high >= shown.high)
    return { text: { kind: 'range', ...asked }, lowerSince: null };
  const lowerSince = before?.lowerSince ?? now;
  if (now - lowerSince < AGREED_MS)
    return { text: { kind: 'range', ...asked, high: shown.high }, lowerSince };
  const high = Math.max(asked.high, lowered(shown.high));
  return { text: { kind: 'range', ...asked, high }, lowerSince: null };
}

const busy: WallWait = { text: { kind: 'busy' }, lowerSince: null };

function rangeOf(lowSeconds: number, highSeconds: number): WallRange {
  const low = roundedDown(lowSeconds / MINUTE_SECONDS);
  return { low, high: roundedUp(Math.max(highSeconds / MINUTE_SECONDS, low + NARROWEST_MINUTES)) };
}

const stepAt = (minutes: number): number => (minutes < LONG_FROM ? 1 : LONG_STEP);

function roundedDown(minutes: number): number {
  const step = stepAt(minutes);
  return Math.floor(minutes / step) * step;
}

function roundedUp(minutes: number): number {
  const step = stepAt(Math.ceil(minutes));
  return Math.ceil(minutes / step) * step;
}

/** The lowest upper bound that may follow this one. */
function lowered(high: number): number {
  const step = stepAt(high - 1);
  return Math.min(roundedUp(high * (1 - LARGEST_DROP)), high - step);
}
