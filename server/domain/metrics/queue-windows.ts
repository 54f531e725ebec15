/** What became of a queue in a window that ends now, or what its level feed says of it. */
import { stoodBy } from '../branch/queue.ts';
import type { Queue } from '../branch/state.ts';
import { addQueueInterval, noQueueInterval, type QueueInterval } from './interval.ts';
import type { Window } from './live-window.ts';
import { addTo, noSums, raiseTo, unpack } from './packed-sums.ts';
import {
  type LevelFigures,
  levelToday,
  levelWithin,
  type QueueFigures,
  queueWithin,
} from './queue-figures.ts';
import { countObserved, type Tally } from './tally.ts';

/** What is known of a queue. */
export interface KnownQueue {
  figures: QueueFigures | undefined;
  level: LevelFigures | undefined;
  state: Queue | undefined;
}

/** The sums of a queue in a window; a level feed's word holds for `expectedMs`. */
export function queueSums(known: KnownQueue, window: Window, expectedMs: number): QueueInterval {
  const { figures, level, state } = known;
  const { from, to, isToday } = window;
  const sums = noQueueInterval();
  if (figures) addQueueInterval(sums, isToday ? unpack(figures.today) : queueWithin(figures, to, to - from));
  if (level) Object.assign(sums, isToday ? levelToday(level) : levelWithin(level, to, to - from));
  if (state) addStanding(sums, state, window, expectedMs);
  return sums;
}

/** Adds what a level feed said last and was not counted yet. */
function addStanding(sums: QueueInterval, state: Queue, { from, to }: Window, expectedMs: number): void {
  const stands = stoodBy(state, to, null);
  if (stands === null || to <= stands.from) return;
  const added = noSums();
  const tally: Tally = {
    add(place, _at, value) {
      addTo(added, place, value);
    },
    most(place, _at, value) {
      raiseTo(added, place, value);
    },
    wait: () => undefined,
  };
  countObserved(tally, { ...stands, from: Math.max(from, stands.from) }, expectedMs, Infinity);
  addQueueInterval(sums, unpack(added));
}
