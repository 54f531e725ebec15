/** Who could work where in the demonstration: the halls' counters and people, and a back office of our own making. */
import type { StaffingWorldInput } from '#shared/staffing-world.ts';
import { seedOf } from '#server/rng.ts';
import { planShifts, type Shift } from '../simulator/shifts.ts';
import { DAY_MS, dayKey, localMidnight, type Anchor } from './anchor.ts';
import { agentLetter } from './agent-letter.ts';
import { isDead } from './dead-office.ts';
import { type HallPlan, hallSpecOf, planHall } from './hall-plan.ts';
import { PLACES, type Place } from './places.ts';
import { POSITIONS } from './positions.ts';
import { recordedHalls } from './recorded.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = DAY_MS / MINUTE_MS;
/** Every other person may be sent to another hall; every third knows the other business of the hall too. */
const TRAVELS_EVERY = 2;
const KNOWS_ALL_EVERY = 3;
/** Moves under way at once in a region: as many as its people can follow on one screen. */
const REGION_MOVES = 3;
const LUNCH_MOVABLE_MINUTES = 30;
/** Larger halls have two people in the back office, others one. */
const LARGE_HALL_COUNTERS = 8;
/** Their codes, after the hall's letter. */
const FIRST_OFFICE_CODE = 91;
const OFFICE_HOURS = { from: '08:00', to: '18:00' };

type Agent = NonNullable<StaffingWorldInput['agents']>[number];
type Pool = StaffingWorldInput['branches'][number]['pools'][number];

/** The staffing world of a demonstration with this anchor and seed. */
export function demonstrationStaffing(anchor: Anchor, seed: number): StaffingWorldInput {
  const recorded = new Map(recordedHalls().map((hall) => [hall.office, hall]));
  const halls = PLACES.flatMap((place) => {
    const hall = recorded.get(place.office);
    return hall === undefined || isDead(hall) ? [] : [{ place, plan: planHall(hall) }];
  });
  return {
    branches: halls.map(({ place: { id, region }, plan }) => ({
      id,
      region,
      position: POSITIONS[id],
      pools: poolsOf(id, plan),
      counters: plan.groups.flatMap(({ counters }, i) =>
        counters.map((counter) => ({ id: counter, pools: fittedFor(plan, i) })),
      ),
    })),
    agents: halls.flatMap((hall) => peopleOf(hall, anchor, seed)),
    policy: { regionMoves: REGION_MOVES },
  };
}

const poolId = (place: number): string => `pool-${place + 1}`;

function poolsOf(branch: string, plan: HallPlan): Pool[] {
  return plan.groups.map(({ queues, recorded }, i) => ({
    id: poolId(i),
    queues: [...queues],
    skill: skillOf(branch, recorded.queues),
  }));
}

/** Registries have business of their own; elsewhere what most customers of a group come for tells who can serve them. */
function skillOf(branch: string, queues: readonly { kind: string; arrivals: readonly number[] }[]): string {
  const volume = ({ arrivals }: { arrivals: readonly number[] }): number =>
    arrivals.reduce((sum, count) => sum + count, 0);
  const [main] = [...queues].sort((a, b) => volume(b) - volume(a));
  return `${branch.startsWith('usc-') ? 'registry' : 'office'}-${main?.kind ?? 'standard'}`;
}

/** A group's own counters help the next group, as in the hall. */
function fittedFor({ groups }: HallPlan, place: number): string[] {
  const next = (place + 1) % groups.length;
  return next === place ? [poolId(place)] : [poolId(place), poolId(next)];
}

function peopleOf({ place, plan }: { place: Place; plan: HallPlan }, anchor: Anchor, seed: number): Agent[] {
  const { id, en } = place;
  const letter = agentLetter(en);
  const daySeed = seedOf(seed, id, 0);
  const midnight = localMidnight(anchor);
  const spec = hallSpecOf(plan, letter, dayKey(anchor, 0), midnight, daySeed);
  const skills = poolsOf(id, plan).map(({ skill }) => skill);
  const all = [...new Set(skills)];
  const atCounters = plan.groups.flatMap((group, g) => {
    const byAgent = Map.groupBy(planShifts(spec, group, daySeed), ({ agent }) => agent);
    return [...byAgent].map(([code, shifts], i): Agent => ({
      id: `${id}:${code}`,
      code,
      name: code,
      home: id,
      skills: i % KNOWS_ALL_EVERY === 0 ? all : [skills[g] ?? ''],
      travels: i % TRAVELS_EVERY === 0,
      ...timesOf(shifts, midnight),
    }));
  });
  const office = plan.counters.length >= LARGE_HALL_COUNTERS ? 2 : 1;
  const inOffice = Array.from({ length: office }, (_, i): Agent => {
    const code = `${letter}${FIRST_OFFICE_CODE + i}`;
    const shift = OFFICE_HOURS;
    return { id: `${id}:${code}`, code, name: code, home: id, skills: all, shift, backOffice: true, travels: false };
  });
  return [...atCounters, ...inOffice];
}

/** From the first to the last time at the counter; lunch where it lies within. */
function timesOf(shifts: readonly Shift[], midnight: number): Pick<Agent, 'shift' | 'breaks'> {
  const minuteOf = (at: number): number =>
    Math.min(DAY_MINUTES, Math.max(0, Math.round((at - midnight) / MINUTE_MS)));
  const from = minuteOf(Math.min(...shifts.map((shift) => shift.from)));
  const to = minuteOf(Math.max(...shifts.map((shift) => shift.to)));
  const lunch = shifts
    .flatMap(({ pauses }) => pauses)
    .find(({ reason, from: begins, lengthMs }) => reason === 'lunch' && minuteOf(begins + lengthMs) < to);
  const breaks: Agent['breaks'] =
    lunch === undefined
      ? []
      : [
          {
            kind: 'lunch',
            from: clock(minuteOf(lunch.from)),
            minutes: Math.round(lunch.lengthMs / MINUTE_MS),
            movableMinutes: LUNCH_MOVABLE_MINUTES,
          },
        ];
  return { shift: { from: clock(from), to: clock(to) }, breaks };
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
