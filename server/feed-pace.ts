/** How fast each source tells, and how late: counted minute by minute as facts are folded. */
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
  /** From what happened until it was told, by the source's own clock, ms; `null` when nothing was told. */
  lateness: { meanMs: number; mostMs: number } | null;
}

export interface FeedPace {
  note(chunk: LogChunk): void;
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
    note({ branch, source, receivedAt, events }) {
      const told = events.filter(({ type }) => type !== OWN_FACT);
      if (told.length === 0) return;
      const key = keyOf(branch, source);
      const of = slots.get(key) ?? [];
      slots.set(key, of);
      const minute = Math.floor(receivedAt / MINUTE_MS);
      first = Math.min(first, minute);
      const place = minute % SLOTS;
      const known = of[place];
      const slot = known?.minute === minute ? known : { minute, facts: 0, lateMs: 0, latestMs: -Infinity };
      of[place] = slot;
      for (const { at } of told) {
        slot.facts += 1;
        slot.lateMs += receivedAt - at;
        slot.latestMs = Math.max(slot.latestMs, receivedAt - at);
      }
    },
    of(branch, source, now) {
      const minute = Math.floor(now / MINUTE_MS);
      // The slots fill as minutes pass, so some places may still be empty.
      const recent = Object.values(slots.get(keyOf(branch, source)) ?? []).filter(
        (slot) => slot.minute > minute - SLOTS,
      );
      const facts = recent.reduce((sum, slot) => sum + slot.facts, 0);
      const lateMs = recent.reduce((sum, slot) => sum + slot.lateMs, 0);
      return {
        perMinute: facts / Math.max(1, Math.min(SLOTS, minute - first + 1)),
        lateness:
          facts === 0
            ? null
            : { meanMs: lateMs / facts, mostMs: Math.max(...recent.map(({ latestMs }) => latestMs)) },
      };
    },
  };
}
