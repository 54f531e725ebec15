/** Where people are, from what sources tell, the shift plan and the moves that are under way. */
import { minuteOfDay, type StaffingWorld } from '#shared/staffing-world.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { Agent } from '../../domain/branch/state.ts';
import { dayStart, hallDay } from '../../domain/branch/hall-day.ts';
import { chosenOption, isUnderWay, type LiveMove, personOf } from '../../domain/staffing/fold-moves.ts';
import type { BreakAhead, Duty, PastMove, PersonNow } from '../../domain/staffing/situation.ts';
import { poolPlaces, type PoolPlaces } from './pool-places.ts';
import { calledAt, type StaffedAgent, type StaffedHall } from './staffed-hall.ts';

const MINUTE_MS = 60_000;
/** Breaks nobody planned last this long, minutes; soon over when they have lasted longer. */
const BREAK_MINUTES = 15;
const LUNCH_MINUTES = 30;
const SOON_MINUTES = 2;
/** Who is still there after the shift leaves soon, minutes. */
const OVERTIME_MINUTES = 10;

/** Minutes after the hall's midnight. */
export const localMinute = (profile: BranchProfile, now: number): number =>
  (now - dayStart(profile, hallDay(profile, now))) / MINUTE_MS + profile.dayStartMinutes;

/** People in the order of the world; `hallOf` gives halls that can be believed, of others nobody is counted. */
export function peopleNow(
  world: StaffingWorld,
  hallOf: (branch: string) => StaffedHall | undefined,
  moves: readonly LiveMove[],
  now: number,
): { people: PersonNow[]; pastMoves: PastMove[] } {
  const places = poolPlaces(world);
  // Who steers customers moves nobody.
  const carried = moves.filter(
    ({ suggestion }) => suggestion.accepted !== null && personOf(suggestion) !== null,
  );
  const byPerson = Map.groupBy(carried, ({ suggestion }) => personOf(suggestion));
  const people = world.agents.map((agent): PersonNow => {
    const hall = hallOf(agent.home);
    const own = byPerson.get(agent.id) ?? [];
    // Whoever has arrived may have been asked to move on since.
    const underWay = own
      .filter(({ suggestion }) => isUnderWay(suggestion))
      .sort((a, b) => (b.suggestion.accepted?.at ?? 0) - (a.suggestion.accepted?.at ?? 0))[0];
    const minute = hall === undefined ? 0 : localMinute(hall.profile, now);
    const ended = own.flatMap(({ suggestion }) =>
      isUnderWay(suggestion) && suggestion.arrivedAt === null ? [] : (suggestion.arrivedAt ?? []),
    );
    const common = {
      breaks: agent.breaks.flatMap((each): BreakAhead[] => {
        const from = minuteOfDay(each.from) - minute;
        const { minutes, movableMinutes } = each;
        return from > 0 ? [{ from, minutes, lunch: each.kind === 'lunch', movableMinutes }] : [];
      }),
      shiftEndsIn: minuteOfDay(agent.shift.to) - minute,
      movesToday: own.length,
      restedMinutes: ended.length === 0 ? Infinity : (now - Math.max(...ended)) / MINUTE_MS,
      recalled: false,
    };
    if (hall === undefined) return { ...common, ...AWAY };
    const moved = underWay === undefined ? null : movedTo(underWay, agent, hallOf, places, now);
    if (moved !== null) return { ...withBreakMoved(common, underWay, now), ...moved };
    const isOnShift = minute >= minuteOfDay(agent.shift.from) && common.shiftEndsIn > 0;
    const seen = hall.live.state.agents.get(calledAt(agent, agent.home));
    if (seen === undefined || seen.activity === 'signedOut') {
      const branch = places.branch(agent.home);
      if (agent.backOffice && isOnShift)
        return { ...common, duty: 'backOffice', branch, pool: -1, backIn: 0 };
      const backIn = comesIn(agent, minute);
      return {
        ...common,
        ...AWAY,
        pool: backIn > 0 ? places.pool(agent.home, agent.pool ?? null) : -1,
        backIn,
      };
    }
    const standing = seenAt(seen, agent.home, hall, places, now);
    return { ...common, shiftEndsIn: Math.max(OVERTIME_MINUTES, common.shiftEndsIn), ...standing };
  });
  return { people, pastMoves: carried.flatMap((move) => pastMove(move, places, now)) };
}

/** Minutes until somebody comes who is not there: the shift begins, or a planned break is over; 0 when nobody can say. */
function comesIn({ shift, breaks, backOffice }: StaffedAgent, minute: number): number {
  if (backOffice) return 0;
  if (minute < minuteOfDay(shift.from)) return minuteOfDay(shift.from) - minute;
  const running = breaks.find(
    ({ from, minutes }) => minute >= minuteOfDay(from) && minute < minuteOfDay(from) + minutes,
  );
  return running === undefined ? 0 : minuteOfDay(running.from) + running.minutes - minute;
}

type Standing = Pick<PersonNow, 'duty' | 'branch' | 'pool' | 'backIn'>;
const AWAY: Standing = { duty: 'away', branch: -1, pool: -1, backIn: 0 };

/** Where a move under way has put somebody; `null` when it only moves a break. */
function movedTo(
  { suggestion }: LiveMove,
  agent: StaffedAgent,
  hallOf: (branch: string) => StaffedHall | undefined,
  places: PoolPlaces,
  now: number,
): (Standing & { recalled: boolean }) | null {
  const { to, dueAt, arrivedAt } = suggestion;
  const lever = chosenOption(suggestion)?.lever;
  if (lever === 'shiftBreak') return null;
  const branch = places.branch(to.branch);
  if (lever === 'closeCounter') return { duty: 'backOffice', branch, pool: -1, backIn: 0, recalled: false };
  const pool = places.pool(to.branch, to.pool);
  const recalled = lever === 'recall';
  if (arrivedAt !== null) {
    const hall = hallOf(to.branch);
    const seen = hall?.live.state.agents.get(calledAt(agent, to.branch));
    if (hall === undefined || seen === undefined || seen.since < arrivedAt)
      return { duty: 'counter', branch, pool, backIn: 0, recalled };
    return { ...seenAt(seen, to.branch, hall, places, now), recalled };
  }
  const backIn = Math.max(0, ((dueAt ?? now) - now) / MINUTE_MS);
  return { duty: 'moving', branch, pool, backIn, recalled };
}

/** The planned breaks with the one that was agreed to be moved at its new time. */
function withBreakMoved<Known extends { breaks: readonly BreakAhead[] }>(
  known: Known,
  move: LiveMove | undefined,
  now: number,
): Known {
  const shift = move === undefined ? null : (chosenOption(move.suggestion)?.breakShift ?? null);
  if (shift === null) return known;
  const minutesTo = (at: number): number => (at - now) / MINUTE_MS;
  const breaks = known.breaks.map((each) =>
    Math.abs(each.from - minutesTo(shift.from)) < 1
      ? { ...each, from: Math.max(0, minutesTo(shift.to)), movableMinutes: 0 }
      : each,
  );
  return { ...known, breaks };
}

function seenAt(agent: Agent, at: string, { live }: StaffedHall, places: PoolPlaces, now: number): Standing {
  const branch = places.branch(at);
  const serving = live.state.counters.size === 0;
  const pool = serving
    ? places.poolOfQueues(at, agent.queues)
    : agent.counter === null
      ? -1
      : places.poolOfCounter(at, agent.counter, live.state.counters.get(agent.counter)?.queues ?? []);
  const doing = (duty: Duty, backIn = 0): Standing => ({ duty, branch, pool, backIn });
  switch (agent.activity) {
    case 'serving':
    case 'wrapUp':
    case 'available':
      return pool < 0 ? doing('spare') : doing('counter');
    case 'break': {
      const length = agent.reason === 'lunch' ? LUNCH_MINUTES : BREAK_MINUTES;
      return doing('break', Math.max(SOON_MINUTES, length - (now - agent.since) / MINUTE_MS));
    }
    case 'backOffice':
      return { duty: 'backOffice', branch, pool: -1, backIn: 0 };
    case 'training':
    case 'meeting':
    case 'moving':
    case 'unavailable':
    case 'signedOut':
      return AWAY;
    default:
      return agent.activity satisfies never;
  }
}

function pastMove({ suggestion }: LiveMove, places: PoolPlaces, now: number): PastMove[] {
  const from = chosenOption(suggestion)?.from;
  const { accepted, to } = suggestion;
  if (from === undefined || accepted === null) return [];
  const [left, came] = [places.pool(from.branch, from.pool), places.pool(to.branch, to.pool)];
  return left === came ? [] : [{ from: left, to: came, minutesAgo: (now - accepted.at) / MINUTE_MS }];
}
