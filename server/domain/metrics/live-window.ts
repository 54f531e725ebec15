/** The windows of live figures (rule WN1). */
import type { BranchProfile } from '#shared/network.ts';
import { dayStart, hallDay } from '../branch/hall-day.ts';
import { windowStart } from './rolling.ts';

export const LIVE_WINDOWS = ['15m', '30m', 'today'] as const;
export type LiveWindow = (typeof LIVE_WINDOWS)[number];
export type ByWindow<T> = Record<LiveWindow, T>;

/** A window that ends now, epoch ms; today is counted as such, any other one is the last minutes (at most 30). */
export interface Window {
  from: number;
  to: number;
  isToday: boolean;
}

const MINUTE_MS = 60_000;
const LENGTH_MS = { '15m': 15 * MINUTE_MS, '30m': 30 * MINUTE_MS } as const;

export const byWindow = <T>(make: (name: LiveWindow) => T): ByWindow<T> => ({
  '15m': make('15m'),
  '30m': make('30m'),
  today: make('today'),
});

/** The windows of a hall that end at `now`. */
export const windowsAt = (profile: BranchProfile, now: number): ByWindow<Window> =>
  byWindow((name) =>
    name === 'today'
      ? { from: dayStart(profile, hallDay(profile, now)), to: now, isToday: true }
      : { from: windowStart(now, LENGTH_MS[name]), to: now, isToday: false },
  );
