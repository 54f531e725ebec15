/** How long agents and counters spent in each activity: today, and the spells of the last 30 minutes. */
import { ROLLING_MS } from './rolling.ts';

export interface Spell<Activity extends string> {
  activity: Activity;
  from: number;
  to: number;
}

export interface TimeSpent<Activity extends string> {
  /** Milliseconds by activity since the start of today. */
  today: Partial<Record<Activity, number>>;
  recent: Spell<Activity>[];
}

export const noTimeSpent = <Activity extends string>(): TimeSpent<Activity> => ({ today: {}, recent: [] });

/** Adds a spell that is over; what lies before `dayStart` is not of today. */
export function addSpell<Activity extends string>(
  spent: TimeSpent<Activity>,
  spell: Spell<Activity>,
  dayStart: number,
): void {
  const ms = spell.to - Math.max(spell.from, dayStart);
  if (ms > 0) spent.today[spell.activity] = (spent.today[spell.activity] ?? 0) + ms;
  while (spent.recent[0] !== undefined && spent.recent[0].to < spell.to - ROLLING_MS) spent.recent.shift();
  spent.recent.push(spell);
}

/** Milliseconds by activity in `[from, now]`, the running spell included. */
export function timeSince<Activity extends string>(
  spells: readonly Spell<Activity>[],
  running: Spell<Activity> | null,
  from: number,
  sums: Partial<Record<Activity, number>>,
): void {
  for (const spell of spells) addOverlap(sums, spell, from);
  if (running !== null) addOverlap(sums, running, from);
}

function addOverlap<Activity extends string>(
  sums: Partial<Record<Activity, number>>,
  spell: Spell<Activity>,
  from: number,
): void {
  const ms = spell.to - Math.max(spell.from, from);
  if (ms > 0) sums[spell.activity] = (sums[spell.activity] ?? 0) + ms;
}
