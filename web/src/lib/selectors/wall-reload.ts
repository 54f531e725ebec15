/** When a screen that nobody attends loads itself anew, so that it runs for weeks. Pure; times epoch ms, ages ms. */

export interface WallHealth {
  now: number;
  /** Minute of the day where the hall is. */
  localMinute: number;
  /** Its own minute between three and five in the morning, so that not all screens come at once. */
  quietMinute: number;
  uptimeMs: number;
  /** Memory in use; `null` where the browser does not say. */
  heapBytes: number | null;
  /** For how long the page has had too many elements. */
  crowdedMs: number;
  /** The server has another version of the page. */
  outdated: boolean;
  /** When this screen was loaded anew lately. */
  reloads: readonly number[];
}

/** The quiet hours, minutes of the day. */
const QUIET = { from: 180, to: 300 };
const HOUR_MS = 3_600_000;
const LONG_UP_MS = 6 * HOUR_MS;
const MOST_HEAP_BYTES = 300 * 2 ** 20;
/** More elements than this for an hour are a leak. */
export const MOST_NODES = 5_000;
const LONG_CROWDED_MS = HOUR_MS;
/** So many reloads within the time that did not help: the next waits, and nothing is shown meanwhile. */
const MOST_RELOADS = 3;
const RELOADS_WITHIN_MS = 600_000;
const BACK_OFF_MS = 300_000;

/** A minute of the quiet hours for a share 0–1. */
export const quietMinuteOf = (share: number): number =>
  QUIET.from + Math.floor(share * (QUIET.to - QUIET.from));

/** Reloads that still count at `now`. */
export const recentReloads = (reloads: readonly number[], now: number): number[] =>
  reloads.filter((at) => now - at < RELOADS_WITHIN_MS);

/** Whether loading the page anew was tried often enough lately to say that it does not help. */
export const didNotHelp = (reloads: readonly number[], now: number): boolean =>
  recentReloads(reloads, now).length >= MOST_RELOADS;

/** Whether to load the page anew: not, `now`, or `later`, because it was tried in vain; until then it is paused. */
export function reloadDue(health: WallHealth): 'now' | 'later' | null {
  const { now, reloads } = health;
  if (!needsReload(health)) return null;
  return didNotHelp(reloads, now) && now - (reloads.at(-1) ?? 0) < BACK_OFF_MS ? 'later' : 'now';
}

function needsReload(health: WallHealth): boolean {
  const { localMinute, quietMinute, uptimeMs, heapBytes, crowdedMs, outdated } = health;
  if (outdated) return true;
  if ((heapBytes ?? 0) > MOST_HEAP_BYTES || crowdedMs >= LONG_CROWDED_MS) return true;
  return uptimeMs > LONG_UP_MS && localMinute >= quietMinute && localMinute < QUIET.to;
}
