/** Hours of the week on which a hall usually has fewer counters open than it needs, or more (rule GD1). */
import type { NotedHours } from '#shared/monthly-note.ts';

/** An hour of a usual week. */
export interface UsualHour {
  /** 0 Monday … 6 Sunday. */
  weekday: number;
  /** After the start of the hall's day. */
  hour: number;
  arrivals: number;
  /** Counters needed, needed on a day as busy as one in five, and usually open. */
  counters: number;
  countersP80: number;
  usual: number;
}

/** From so much of a counter on one is missing: what is usual is a mean of days that differ. */
const LEAST_GAP = 0.75;
/** Shorter spells are for breaks and moves, not for a shift, hours. */
const LEAST_HOURS = 2;
/** A note that lists everything is read by nobody. */
const MOST_NOTES = 6;

/** What weighs most in counter-hours first; hours in order of time. */
export function notedHours(hours: readonly UsualHour[]): NotedHours[] {
  return spells(hours)
    .filter((spell) => spell.length >= LEAST_HOURS)
    .flatMap((spell) => noteOf(spell) ?? [])
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MOST_NOTES);
}

/** Over is only what even a busy day does not need; the last counter is none too many. */
function sideOf({ counters, countersP80, usual }: UsualHour): 'short' | 'over' | 'fits' {
  if (counters - usual >= LEAST_GAP) return 'short';
  return usual - Math.max(1, countersP80) >= 1 ? 'over' : 'fits';
}

/** Hours that follow one another and are all short, or all over. */
function spells(hours: readonly UsualHour[]): UsualHour[][] {
  const found: UsualHour[][] = [];
  for (const hour of hours) {
    if (sideOf(hour) === 'fits') continue;
    const last = found.at(-1);
    const before = last?.at(-1);
    const follows =
      before?.weekday === hour.weekday && before.hour + 1 === hour.hour && sideOf(before) === sideOf(hour);
    if (last !== undefined && follows) last.push(hour);
    else found.push([hour]);
  }
  return found;
}

function noteOf(spell: readonly UsualHour[]): NotedHours | null {
  const [first] = spell;
  if (first === undefined) return null;
  const mean = (of: (hour: UsualHour) => number): number =>
    spell.reduce((sum, hour) => sum + of(hour), 0) / spell.length;
  const [needed, neededBusy, usual] = [
    mean(({ counters }) => counters),
    mean(({ countersP80 }) => countersP80),
    mean((hour) => hour.usual),
  ];
  const spare = Math.min(...spell.map((hour) => hour.usual - Math.max(1, hour.countersP80)));
  return {
    weekday: first.weekday,
    fromHour: first.hour,
    toHour: first.hour + spell.length,
    change: sideOf(first) === 'short' ? Math.max(1, Math.round(needed - usual)) : -Math.floor(spare),
    needed: rounded(needed),
    neededBusy: rounded(neededBusy),
    usual: rounded(usual),
    arrivals: rounded(mean(({ arrivals }) => arrivals)),
  };
}

const weight = ({ change, fromHour, toHour }: NotedHours): number => Math.abs(change) * (toHour - fromHour);
const rounded = (value: number): number => Math.round(value * 10) / 10;
