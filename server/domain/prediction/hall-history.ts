/** What is learned of one hall from its past days. */
import type { Channel } from '#shared/events.ts';
import type { DayCounts } from '../forecast/grid.ts';
import {
  addWorkSums,
  habitsFrom,
  handlingRatio,
  noWorkSums,
  type QueueHabits,
  usualHabits,
  type WorkSums,
} from './work-sums.ts';

/** Slots of a quarter-hour in a day. */
export const DAY_SLOTS = 96;
/** How arrivals are cut: quarter-hours from the start of the hall's day, by the wall clock. */
export const DAY_GRID = { slotMinutes: 15, slots: DAY_SLOTS } as const;

/** Past days of a hall. */
export interface HallHistory {
  branch: string;
  channel: Channel;
  /** Arrivals by queue. */
  arrivals: ReadonlyMap<string, readonly DayCounts[]>;
  /** What was done by queue; older days may count less. */
  work: ReadonlyMap<string, WorkSums>;
  /** By day: counters, or on a hotline agents, that were open on average in each slot. */
  open: readonly { day: number; servers: readonly number[] }[];
  /** Time of those signed in, and of it the time they were away from customers, ms. */
  signedInMs: number;
  awayMs: number;
}

/** What today's figures are laid beside. */
export interface HallHabits {
  queues: ReadonlyMap<string, QueueHabits>;
  /** For queues that nobody has seen. */
  others: QueueHabits;
  /** Share of paid time that people are not there for customers: breaks, training, other work; 0–1. */
  shrinkage: number;
  open: HallHistory['open'];
}

/** Before anything is known: breaks, meetings and other work take this share of the day. */
const USUAL_SHRINKAGE = 0.15;
/** That belief weighs as much as so much time signed in, ms. */
const SHRINKAGE_TRUSTED_MS = 40 * 3_600_000;

/**
 * Habits of halls that are alike. A queue is drawn to queues of the same name in the other halls, those to all queues
 * of its own hall, and those to what is usual.
 */
export function learnHabits(halls: readonly HallHistory[]): Map<string, HallHabits> {
  const byName = new Map<string, WorkSums>();
  for (const { work } of halls) for (const [queue, sums] of work) addWorkSums(entry(byName, queue), sums);
  return new Map(
    halls.map((hall) => {
      const usual = usualHabits(hall.channel);
      const whole = noWorkSums();
      for (const sums of hall.work.values()) addWorkSums(whole, sums);
      const others = habitsFrom(whole, usual);
      const queues = new Map(
        [...hall.work].map(([queue, sums]) => {
          const alike = { ...(byName.get(queue) ?? noWorkSums()) };
          addWorkSums(alike, sums, -1);
          return [queue, habitsFrom(sums, habitsFrom(alike, others))] as const;
        }),
      );
      const shrinkage =
        (hall.awayMs + USUAL_SHRINKAGE * SHRINKAGE_TRUSTED_MS) / (hall.signedInMs + SHRINKAGE_TRUSTED_MS);
      return [hall.branch, { queues, others: { ...others, services: 0 }, shrinkage, open: hall.open }];
    }),
  );
}

function entry(map: Map<string, WorkSums>, key: string): WorkSums {
  const known = map.get(key) ?? noWorkSums();
  map.set(key, known);
  return known;
}

/** Habits of a hall nobody has seen. */
export const noHabits = (channel: Channel): HallHabits => ({
  queues: new Map(),
  others: usualHabits(channel),
  shrinkage: USUAL_SHRINKAGE,
  open: [],
});

/** The habits of a queue as they are today: its own, longer or shorter as its services of today are. */
export function habitsToday(habits: HallHabits, queue: string, today: WorkSums): QueueHabits {
  const usual = habits.queues.get(queue) ?? habits.others;
  return {
    ...habitsFrom({ ...today, handled: 0, workSeconds: 0 }, usual),
    handlingSeconds: usual.handlingSeconds * handlingRatio(today, usual),
    services: usual.services + today.handled,
  };
}
