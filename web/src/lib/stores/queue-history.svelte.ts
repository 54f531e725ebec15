/** The last hour of each queue of a place: read from history once, then kept up from what is watched. */
import { onDestroy } from 'svelte';
import type { QueueRow } from '#shared/views.ts';
import {
  arrivals,
  byQueue,
  meanWaits,
  observedBefore,
  recent,
  type Sample,
  waitingBefore,
} from '#lib/selectors/queue-past.ts';
import { clock } from './clock.svelte.ts';
import { loadQuarters } from './history.ts';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const SPAN_MS = 60 * MINUTE_MS;
/** What is drawn first comes before what is only looked at, ms. */
const AFTER_FIRST_PAINT_MS = 400;

/** What is known of the past of one queue. */
export interface QueuePast {
  /** Who waited, over the last hour. */
  waiting: readonly Sample[];
  /** Average wait of those answered, by quarter-hour, seconds. */
  waits: readonly Sample[];
  /** Who came in each quarter-hour. */
  arrivals: readonly Sample[];
}
const NOTHING: QueuePast = { waiting: [], waits: [], arrivals: [] };

export class QueueHistory {
  #loaded = $state.raw<ReadonlyMap<string, QueuePast>>(new Map());
  #live = $state.raw<ReadonlyMap<string, readonly Sample[]>>(new Map());
  #minute = 0;
  #queues: () => Iterable<QueueRow>;

  /** For a component, while it is made: follows the queues of a branch until the component ends. */
  constructor(branch: string, queues: () => Iterable<QueueRow>) {
    this.#queues = queues;
    let isDue = false;
    // Of a place without queues, or one that does not exist, there is nothing to ask.
    const loadOnce = (): void => {
      if (!isDue || this.#queues()[Symbol.iterator]().next().done === true) return;
      isDue = false;
      void this.#load(branch);
    };
    const timer = setTimeout(() => {
      isDue = true;
      loadOnce();
    }, AFTER_FIRST_PAINT_MS);
    const stop = clock.onBeat(() => {
      this.#sample();
      loadOnce();
    });
    onDestroy(() => {
      clearTimeout(timer);
      stop();
    });
  }

  /** Of a queue; changes once a minute. */
  of(queue: string): QueuePast {
    return this.#merged.get(queue) ?? NOTHING;
  }
  #merged = $derived.by(() => {
    const merged = new Map<string, QueuePast>();
    for (const queue of new Set([...this.#loaded.keys(), ...this.#live.keys()])) {
      const past = this.#loaded.get(queue) ?? NOTHING;
      const live = this.#live.get(queue) ?? [];
      const now = live.at(-1)?.at ?? clock.now;
      merged.set(queue, { ...past, waiting: recent(past.waiting, live, now, SPAN_MS) });
    }
    return merged;
  });

  async #load(branch: string): Promise<void> {
    const now = clock.now;
    const from = Math.floor((now - SPAN_MS) / QUARTER_MS) * QUARTER_MS;
    try {
      const { rows } = await loadQuarters(branch, from, Math.floor(now / QUARTER_MS) * QUARTER_MS + 1);
      const parts = byQueue(rows);
      this.#loaded = new Map(
        [...this.#queues()].map((row) => {
          const own = parts.get(row.id) ?? [];
          const waiting = row.observed ? observedBefore(own) : waitingBefore(own, row.waiting, now);
          return [row.id, { waiting, waits: meanWaits(own), arrivals: arrivals(own) }];
        }),
      );
    } catch {
      // Without history the lines begin now; nothing else depends on it.
    }
  }

  #sample(): void {
    const minute = Math.floor(clock.now / MINUTE_MS);
    if (minute === this.#minute) return;
    this.#minute = minute;
    const at = clock.now;
    const next = new Map<string, readonly Sample[]>();
    for (const { id, waiting } of this.#queues()) {
      const kept = (this.#live.get(id) ?? []).filter((sample) => sample.at >= at - SPAN_MS);
      next.set(id, waiting === null ? kept : [...kept, { at, value: waiting }]);
    }
    this.#live = next;
  }
}
