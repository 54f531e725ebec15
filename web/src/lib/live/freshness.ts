/** How far a screen can be believed, from ages alone (rules LV1–LV4). Pure. */

/** `connecting`: nothing was ever shown. The others are the levels of rule LV3. */
export type Freshness = 'connecting' | 'live' | 'delayed' | 'stale' | 'disconnected';

/** Longest ages of the levels, ms. */
export interface Limits {
  readonly liveMs: number;
  readonly delayedMs: number;
  readonly staleMs: number;
}

/** Limits of consoles (rule LV3). */
export const CONSOLE_LIMITS: Limits = { liveMs: 5_000, delayedMs: 15_000, staleMs: 120_000 };
/** Limits of wallboards (rule LV3). */
export const WALL_LIMITS: Limits = { liveMs: 10_000, delayedMs: 30_000, staleMs: 300_000 };

/** What is known about the data on screen; times by the browser's monotonic clock, ms. */
export interface Evidence {
  /** A snapshot was shown once. */
  shown: boolean;
  /** When the screen was last known to be at the server's version; `null` when that is void, as after sleep. */
  syncedAt: number | null;
  /** How long the server itself had heard nothing from the log, ms. */
  logMs: number;
}

export interface Assessment {
  level: Freshness;
  /** Age of what is shown, seconds; `null` when unknown. */
  ageSeconds: number | null;
  /** Which part is older: the link between browser and server, or what lies behind the server. */
  cause: 'link' | 'source';
}

/** The level at `nowMs` of the same clock as `syncedAt`. */
export function assess(evidence: Evidence, nowMs: number, limits: Limits): Assessment {
  if (!evidence.shown) return { level: 'connecting', ageSeconds: null, cause: 'link' };
  if (evidence.syncedAt === null) return { level: 'disconnected', ageSeconds: null, cause: 'link' };
  const linkMs = Math.max(0, nowMs - evidence.syncedAt);
  const ageMs = linkMs + evidence.logMs;
  return {
    level: levelOf(ageMs, limits),
    ageSeconds: Math.floor(ageMs / 1_000),
    cause: linkMs >= evidence.logMs ? 'link' : 'source',
  };
}

function levelOf(ageMs: number, limits: Limits): Freshness {
  if (ageMs <= limits.liveMs) return 'live';
  if (ageMs <= limits.delayedMs) return 'delayed';
  return ageMs <= limits.staleMs ? 'stale' : 'disconnected';
}

/** True when numbers may still be taken for the present: timers run and hue is allowed. */
export const isCurrent = (level: Freshness): boolean => level === 'live' || level === 'delayed';
