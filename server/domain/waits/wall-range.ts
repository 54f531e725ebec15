/** The estimated wait as a public wall shows it: whole minutes, calm, and nothing rather than a guess. */
import type { WallState } from '#shared/customer-wall.ts';
import type { Estimated } from './estimate.ts';

/** Minutes from and to; both are steps of the wall's clock. */
interface WallRange {
  low: number;
  high: number;
}

export type WallText = ({ kind: 'range' } & WallRange) | { kind: Exclude<WallState, 'range'> };

/** What a wall shows for a queue, and what it must remember for the next refresh. */
export interface WallWait {
  text: WallText;
  /** When the text became what it is, epoch ms. */
  changedAt: number;
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
/** What may wait stays at least this long (rule LV6), ms. */
const REST_MS = 30_000;

/**
 * The next text for a wall: [P20 rounded down, P80 rounded up], at least 2 min wide. The upper bound goes up at once, and
 * down after a minute of agreement, by at most a fifth (or one step, where a step is more) at a time; the lower bound
 * changes with it, else each 30 s at most. A number goes at once when nobody can stand by it any more, and comes back
 * after 30 s. `servedLately`: answered in the last 30 minutes in this queue.
 */
export function nextWallWait(
  before: WallWait | null,
  estimated: Estimated,
  servedLately: number,
  now: number,
): WallWait {
  const asked = askedText(estimated, servedLately);
  const shown = before?.text;
  if (before === null || shown === undefined) return { text: asked, changedAt: now, lowerSince: null };
  if (asked.kind === 'range' && shown.kind === 'range') return nextRange(before, shown, asked, now);
  const mustWait = asked.kind === 'range' && isUnsure(shown) && now - before.changedAt < REST_MS;
  if (asked.kind === shown.kind || mustWait) return before;
  return { text: asked, changedAt: now, lowerSince: null };
}

const isUnsure = ({ kind }: WallText): boolean => kind === 'busy' || kind === 'unsure';

function askedText({ estimate, none }: Estimated, servedLately: number): WallText {
  if (none === 'nobodyServes') return { kind: 'paused' };
  if (none === 'sourceSilent' || none === 'sourceFrozen') return { kind: 'unknown' };
  if (estimate === null) return { kind: 'unsure' };
  // That somebody is free is no estimate.
  if (estimate.p90 > 0 && servedLately < FEWEST_SERVED) return { kind: 'unsure' };
  if (estimate.p80 - estimate.p20 > Math.max(WIDEST_SECONDS, estimate.p50)) return { kind: 'busy' };
  const low = roundedDown(estimate.p20 / MINUTE_SECONDS);
  const high = roundedUp(Math.max(estimate.p80 / MINUTE_SECONDS, low + NARROWEST_MINUTES));
  return { kind: 'range', low, high };
}

function nextRange(before: WallWait, shown: WallRange, asked: WallRange, now: number): WallWait {
  if (asked.high > shown.high) return { text: { kind: 'range', ...asked }, changedAt: now, lowerSince: null };
  const lowerSince = asked.high < shown.high ? (before.lowerSince ?? now) : null;
  const isAgreed = lowerSince !== null && now - lowerSince >= AGREED_MS;
  const high = isAgreed ? Math.max(asked.high, lowered(shown.high)) : shown.high;
  const low = isAgreed || now - before.changedAt >= REST_MS ? asked.low : shown.low;
  if (low === shown.low && high === shown.high) return { ...before, lowerSince };
  return { text: { kind: 'range', low, high }, changedAt: now, lowerSince: isAgreed ? null : lowerSince };
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
