/**
 * How fast each source tells, and how late: counted minute by minute as facts are folded. What happened before a source
 * was first heard is told at once, as history: it counts as neither.
 */
import { lateness } from './domain/branch/source-clock.ts';
import type { Source } from './domain/branch/state.ts';
import type { LogChunk } from './log/event-log.ts';

const MINUTE_MS = 60_000;
/** Minutes that are looked back on. */
const SLOTS = 15;
/** Facts that Muster adds itself about a source. */
const OWN_FACT = 'source.refused';

interface Slot {
  minute: number;
  facts: number;
  lateMs: number;
  latestMs: number;
}

export interface Pace {
  /** Facts a minute. */
  perMinute: number;
  /** From what happened until it was told, by the corrected clock, ms; `null` when nothing was told. */
  lateness: { meanMs: number; mostMs: number } | null;
}

export interface FeedPace {
  /** A chunk that was folded, and its source as it stands since. */
  note(chunk: LogChunk, source: Source): void;
  /** Over the last 15 min before `now`, epoch ms. */
  of(branch: string, source: string, now: number): Pace;
}

/** Nothing heard yet. */
export function createFeedPace(): FeedPace {
  const slots = new Map<string, Slot[]>();
  /** The minute of the first fact that was folded here: before that nothing was counted. */
  let first = Infinity;
  const keyOf = (branch: string, source: string): string => JSON.stringify([branch, source]);

  return {
    note({ branch, receivedAt, events }, source) {
      const told = events.filter(({ type }) => type !== OWN_FACT);
      if (told.length === 0) return;
      const key = keyOf(branch, source.id);
      const of = slots.get(key) ?? [];
      slots.set(key, of);
      const minute = Math.floor(receivedAt / MINUTE_MS);
      first = Math.min(first, minute);
      const place = minute % SLOTS;
      const known = of[place];
      const slot = known?.minute === minute ? known : { minute, facts: 0, lateMs: 0, latestMs: 0 };
      of[place] = slot;
      for (const { at } of told) {
        const lateMs = lateness(source, at, receivedAt);
        if (lateMs === null) continue;
        slot.facts += 1;
        slot.lateMs += lateMs;
        slot.latestMs = Math.max(slot.latestMs, lateMs);
      }
    },
    of(branch, source, now) {
      const minute = Math.floor(now / MINUTE_MS);
      // The slots fill as minutes pass, so some places may still be empty.
      const recent = Object.values(slots.get(keyOf(branch, source)) ?? []).filter(
        (slot) => slot.minute > minute - SLOTS,
      );
      const sum = (what: 'facts' | 'lateMs'): number => recent.reduce((total, slot) => total + slot[what], 0);
      const facts = sum('facts');
      return {
        perMinute: facts / Math.max(1, Math.min(SLOTS, minute - first + 1)),
        lateness:
          facts === 0
            ? null
            : { meanMs: sum('lateMs') / facts, mostMs: Math.max(...recent.map(({ latestMs }) => latestMs)) },
      };
    },
  };
}
