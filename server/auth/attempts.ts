/** How often somebody may try, counted in this process: it holds whatever else is away. */
import type { Clock } from '../clock.ts';

export interface Attempts {
  /** Counts one try; false when there were too many lately. */
  allow(key: string): boolean;
  /** It worked: what failed before is forgotten. */
  forget(key: string): void;
}

/** Most keys remembered; beyond, the oldest are forgotten. */
const MAX_KEYS = 50_000;

/** At most `most` tries of a key in any `windowMs`; they come back one by one. */
export function createAttempts(clock: Clock, most: number, windowMs: number): Attempts {
  /** Tries used, and when that was counted. */
  const used = new Map<string, { tries: number; at: number }>();
  return {
    allow(key) {
      const now = clock.monotonic();
      const before = used.get(key);
      const regained = before === undefined ? 0 : ((now - before.at) / windowMs) * most;
      const tries = Math.max(0, (before?.tries ?? 0) - regained);
      if (tries + 1 > most) return false;
      used.delete(key);
      used.set(key, { tries: tries + 1, at: now });
      const [oldest] = used.keys();
      if (used.size > MAX_KEYS && oldest !== undefined) used.delete(oldest);
      return true;
    },
    forget: (key) => void used.delete(key),
  };
}

/** The part of an address that belongs to one household: all of IPv4, the first half of IPv6. */
export function networkOf(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 !== undefined || !address.includes(':')) return v4 ?? address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const after = tail === undefined ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length;
  return [...groups, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after].slice(0, 4).join(':');
}
