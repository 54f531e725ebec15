/** Who will be there over the next hours: those of now, those back from a break, and what is usual at that time of day. */
import type { StepFunction } from '../queueing/step-function.ts';
import type { HallHabits } from './hall-history.ts';
import type { GroupNow, HallNow } from './hall-now.ts';

/** A break lasts this long on the whole, and is over soon when it has lasted longer, seconds. */
const BREAK_SECONDS = 900;
const SOON_SECONDS = 180;
/** Who has been away longer does not come back today as far as anyone can tell, seconds. */
const GONE_SECONDS = 3_600;
/** Days of the same weekday that make a usual day; where they are fewer, all days do. */
const ENOUGH_WEEKDAYS = 2;
const LEAST_DAYS = 3;
const NEWEST_DAYS = 8;
const WEEK_DAYS = 7;

/** Servers usually open in each slot of a day like this one; `null` when too few days are known. */
export function usualOpen({ open }: HallHabits, day: number): readonly number[] | null {
  const past = open.filter((each) => each.day < day).sort((a, b) => b.day - a.day);
  const same = past.filter((each) => (day - each.day) % WEEK_DAYS === 0);
  const isSame = same.length >= ENOUGH_WEEKDAYS;
  if (!isSame && past.length < LEAST_DAYS) return null;
  const days = (isSame ? same : past).slice(0, NEWEST_DAYS);
  const slots = Math.max(...days.map(({ servers }) => servers.length));
  return Array.from(
    { length: slots },
    (_, slot) => days.reduce((sum, { servers }) => sum + (servers[slot] ?? 0), 0) / days.length,
  );
}

/** How many more or fewer than now are usually open, by seconds from now; from 0 on. */
export type UsualChange = readonly (readonly [from: number, change: number])[];

/** Servers of each group by seconds from now, as far as anybody knows. */
export function staffAhead({ groups }: HallNow, usual: UsualChange): StepFunction[] {
  const everybody = groups.reduce((sum, { servers, away }) => sum + servers.length + away.length, 0);
  return groups.map((group) => {
    const returns = group.away
      .filter(({ seconds }) => seconds < GONE_SECONDS)
      .map(({ seconds }) => Math.max(SOON_SECONDS, BREAK_SECONDS - seconds));
    const share = everybody === 0 ? 0 : (group.servers.length + group.away.length) / everybody;
    const changes = [
      ...usual.map(([from]) => Math.max(0, from)),
      ...group.agreed.map(({ seconds }) => seconds),
    ];
    const times = [...new Set([0, ...changes, ...returns])];
    const steps = times
      .sort((a, b) => a - b)
      .map((at): [number, number] => [at, serversAt(group, returns, usual, share, at)]);
    return steps.filter(([, servers], i) => servers !== steps[i - 1]?.[1]);
  });
}

function serversAt(
  { servers, agreed }: GroupNow,
  returns: readonly number[],
  usual: UsualChange,
  share: number,
  at: number,
): number {
  const moved = agreed.reduce((sum, { seconds, change }) => sum + (seconds <= at ? change : 0), 0);
  const present = Math.max(0, servers.length + moved + returns.filter((back) => back <= at).length);
  const change = usual.findLast(([from]) => from <= at)?.[1] ?? 0;
  // The last one stays while people may come.
  return Math.max(Math.min(1, present), Math.round(present + share * change));
}
