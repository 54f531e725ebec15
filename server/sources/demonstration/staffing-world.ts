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
/** Every other person may be sent to another hall. */
const TRAVELS_EVERY = 2;
/** Moves under way at once in a region: as many as its people can follow on one screen. */
const REGION_MOVES = 2;
/** A suggestion must save so much waiting, customer-minutes: few that matter instead of many. */
const LEAST_GAIN = 60;
/** The longest a counter stays closed between two shifts of the same person, minutes. */
const LONGEST_GAP = 240;
const LUNCH_MOVABLE_MINUTES = 30;
/** Larger halls have two people in the back office, others one. */
const LARGE_HALL_COUNTERS = 8;
/** Their codes, after the hall's letter. */
const FIRST_OFFICE_CODE = 91;
const OFFICE_HOURS = { from: '08:00', to: '18:00' };

type Agent = NonNullable<StaffingWorldInput['agents']>[number];
type Machine = NonNullable<StaffingWorldInput['branches'][number]['selfService']>[number];

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
      pools: plan.groups.map(({ queues }, i) => ({ id: poolOf(i), queues: [...queues], skill: skillOf(id) })),
      // One counter is equipped like another; each serves its own group first.
      counters: plan.groups.flatMap(({ counters }, own) =>
        counters.map((counter) => ({ id: counter, pools: poolsFrom(own, plan.groups.length) })),
      ),
      selfService: machinesOf(plan),
    })),
    agents: halls.flatMap((hall) => peopleOf(hall, anchor, seed)),
    policy: { regionMoves: REGION_MOVES, leastGain: LEAST_GAIN },
  };
}

/** Pools are the groups of counters that serve the same queues, numbered from 1. */
const poolOf = (group: number): string => `group-${group + 1}`;

const poolsFrom = (own: number, groups: number): string[] =>
  Array.from({ length: groups }, (_, i) => poolOf((own + i) % groups));

/** Larger halls have machines for what is done quickly. */
function machinesOf({ counters, groups }: HallPlan): Machine[] {
  if (counters.length < LARGE_HALL_COUNTERS) return [];
  const quick = groups.flatMap(({ recorded }) => recorded.queues.filter(({ kind }) => kind === 'quick'));
  if (quick.length === 0) return [];
  const queues = quick.map(({ id }) => id);
  return [{ id: 'kiosks', nameZh: '自助机', nameEn: 'self-service machines', queues, machines: 2 }];
}

/** Registries have business of their own. */
const skillOf = (branch: string): string => (branch.startsWith('usc-') ? 'registry' : 'office');

function peopleOf({ place, plan }: { place: Place; plan: HallPlan }, anchor: Anchor, seed: number): Agent[] {
  const { id, en } = place;
  const letter = agentLetter(en);
  const daySeed = seedOf(seed, id, 0);
  const midnight = localMidnight(anchor);
  const spec = hallSpecOf(plan, letter, dayKey(anchor, 0), midnight, daySeed);
  const skills = [skillOf(id)];
  const atCounters = plan.groups.flatMap((group, own) => {
    const byAgent = Map.groupBy(planShifts(spec, group, daySeed), ({ agent }) => agent);
    return [...byAgent].map(([code, shifts], i): Agent => ({
      id: `${id}:${code}`,
      code,
      name: code,
      home: id,
      skills,
      pool: poolOf(own),
      travels: i % TRAVELS_EVERY === 0,
      ...timesOf(shifts, midnight),
    }));
  });
  const office = plan.counters.length >= LARGE_HALL_COUNTERS ? 2 : 1;
  const inOffice = Array.from({ length: office }, (_, i): Agent => {
    const code = `${letter}${FIRST_OFFICE_CODE + i}`;
    const shift = OFFICE_HOURS;
    return {
      id: `${id}:${code}`,
      code,
      name: code,
      home: id,
      skills,
      shift,
      backOffice: true,
      travels: false,
    };
  });
  return [...atCounters, ...inOffice];
}

/** From the first to the last time at the counter; away between two of them, and for lunch. */
function timesOf(shifts: readonly Shift[], midnight: number): Pick<Agent, 'shift' | 'breaks'> {
  const minuteOf = (at: number): number =>
    Math.min(DAY_MINUTES, Math.max(0, Math.round((at - midnight) / MINUTE_MS)));
  const spans = shifts
    .map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) }))
    .sort((one, other) => one.from - other.from);
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(...spans.map((span) => span.to));
  const gaps = spans.flatMap((span, i): Away[] => {
    const next = spans[i + 1];
    const minutes = next === undefined ? 0 : next.from - span.to;
    return minutes > 0 && minutes <= LONGEST_GAP ? [{ kind: 'break', at: span.to, minutes }] : [];
  });
  const lunches = shifts
    .flatMap(({ pauses }) => pauses)
    .filter(({ reason }) => reason === 'lunch')
    .map((pause): Away => ({
      kind: 'lunch',
      at: minuteOf(pause.from),
      minutes: Math.round(pause.lengthMs / MINUTE_MS),
    }));
  return { shift: { from: clock(from), to: clock(to) }, breaks: breaksOf([...gaps, ...lunches], from, to) };
}

interface Away {
  kind: 'lunch' | 'break';
  at: number;
  minutes: number;
}

/** In order of time, those inside the shift that do not begin before the last one is over. */
function breaksOf(away: Away[], from: number, to: number): NonNullable<Agent['breaks']> {
  let free = from;
  return away
    .sort((one, other) => one.at - other.at)
    .flatMap(({ kind, at, minutes }) => {
      if (at < free || at + minutes > to) return [];
      free = at + minutes;
      const movableMinutes = kind === 'lunch' ? LUNCH_MOVABLE_MINUTES : 0;
      return [{ kind, from: clock(at), minutes, movableMinutes }];
    });
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
