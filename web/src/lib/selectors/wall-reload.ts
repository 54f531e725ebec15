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
/** After so many reloads within the time, the next waits. */
const MOST_RELOADS = 3;
const RELOADS_WITHIN_MS = 600_000;
const BACK_OFF_MS = 300_000;

/** A minute of the quiet hours for a share 0–1. */
export const quietMinuteOf = (share: number): number =>
  QUIET.from + Math.floor(share * (QUIET.to - QUIET.from));

/** Reloads that still count at `now`. */
export const recentReloads = (reloads: readonly number[], now: number): number[] =>
  reloads.filter((at) => now - at < RELOADS_WITHIN_MS);

/** Whether to load the page anew now. */
export function reloadDue(health: WallHealth): boolean {
  const { now, localMinute, quietMinute, uptimeMs, heapBytes, crowdedMs, outdated, reloads } = health;
  const recent = recentReloads(reloads, now);
  const last = recent.at(-1);
  if (recent.length >= MOST_RELOADS && last !== undefined && now - last < BACK_OFF_MS) return false;
  if (outdated) return true;
  if ((heapBytes ?? 0) > MOST_HEAP_BYTES || crowdedMs >= LONG_CROWDED_MS) return true;
  return uptimeMs > LONG_UP_MS && localMinute >= quietMinute && localMinute < QUIET.to;
}
