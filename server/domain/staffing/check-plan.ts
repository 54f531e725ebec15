/** Whether a plan keeps the rules, found anew from the situation: nothing of how plans are made is used here. */
import { haveCounters } from './counters.ts';
import { committedStaff, fewestServers } from './committed-staff.ts';
import { journey, type StaffingNetwork } from './network.ts';
import { type Move, netGain } from './moves.ts';
import { freeMinutes, type PersonNow, type Situation } from './situation.ts';

/** A broken rule, for people who debug: it names rule, person and place. */
export interface Breach {
  rule: 'GD3' | 'GD4' | 'place' | 'skill' | 'counters' | 'region';
  move: number;
  message: string;
}

const FLOOR_AHEAD = 60;
const LEAST_FREE = 15;

/** Empty for a plan that keeps GD3 and GD4, skills, counters and limits. */
export function checkPlan(network: StaffingNetwork, situation: Situation, moves: readonly Move[]): Breach[] {
  const breaches: Breach[] = [];
  const people = new Set<number>();
  moves.forEach((move, i) => {
    const refuse = (rule: Breach['rule'], message: string): void => {
      breaches.push({ rule, move: i, message: `${move.lever} of person ${move.person}: ${message}` });
    };
    if (people.has(move.person)) refuse('place', 'is asked twice');
    people.add(move.person);
    const person = situation.people[move.person];
    if (person === undefined) refuse('place', 'is nobody');
    else if (move.lever === 'shiftBreak') checkBreak(person, move, refuse);
    else checkMove(network, situation, person, move, refuse);
    if (netGain(move) < network.policy.leastGain - 1e-6 && move.lever !== 'closeCounter')
      refuse('GD4', `gains only ${netGain(move)}`);
  });
  return [...breaches, ...checkPlaces(network, situation, moves)];
}

type Refuse = (rule: Breach['rule'], message: string) => void;

function checkBreak({ duty, breaks, shiftEndsIn }: PersonNow, { breakShift }: Move, refuse: Refuse): void {
  const one = breaks[breakShift?.place ?? -1];
  if (duty !== 'counter' || one === undefined || breakShift === null) {
    refuse('place', 'has no such break ahead');
    return;
  }
  if (Math.abs(breakShift.from - one.from) > one.movableMinutes + 1e-6)
    refuse('GD3', 'moves a break too far');
  if (breakShift.from + one.minutes > shiftEndsIn) refuse('GD3', 'moves a break behind the shift');
}

function checkMove(
  network: StaffingNetwork,
  { pastMoves }: Situation,
  person: PersonNow,
  { person: place, from, to, lever }: Move,
  refuse: Refuse,
): void {
  const { agents, pools, policy } = network;
  const agent = agents[place];
  if (person.pool !== from) refuse('place', `is not at ${from}`);
  if (person.duty === 'break' || person.duty === 'moving' || person.duty === 'away')
    refuse('GD3', `is ${person.duty}`);
  if (person.restedMinutes < policy.restMinutes) refuse('GD3', 'moved a short time ago');
  if (freeMinutes(person) < LEAST_FREE) refuse('GD3', 'is about to leave');
  if (lever === 'closeCounter') return;
  if (person.movesToday >= policy.movesADay) refuse('GD3', 'moved often enough today');
  const pool = pools[to];
  if (pool === undefined || agent?.skills[pool.skill] !== 1) refuse('skill', `cannot serve ${to}`);
  if (pool !== undefined && pool.branch !== person.branch) {
    const minutes = journey(network, person.branch, pool.branch);
    const home = pool.branch === agent?.home;
    const needed = minutes + policy.stayMinutes + (home ? 0 : minutes);
    if (agent?.travels !== true) refuse('GD3', 'does not travel');
    if (freeMinutes(person) < needed) refuse('GD3', 'has no time to return');
  }
  const back = pastMoves.some(
    (past) => past.from === to && past.to === from && past.minutesAgo < policy.reversalMinutes,
  );
  if (back) refuse('GD4', 'takes a move back');
}

/** Floors, counters, donor limits and region caps, over all moves together. */
function checkPlaces(network: StaffingNetwork, situation: Situation, moves: readonly Move[]): Breach[] {
  const { branches, pools, agents, policy, regions } = network;
  const relocations = moves.filter(({ lever }) => lever !== 'shiftBreak');
  const staff = committedStaff(situation.people, pools.length, policy.horizonMinutes);
  const breaches: Breach[] = [];
  const refuse = (rule: Breach['rule'], message: string): void => {
    breaches.push({ rule, move: -1, message });
  };
  const after = situation.people.map((person, i) => {
    const move = relocations.find((each) => each.person === i);
    const branch = move === undefined || move.to < 0 ? person.branch : (pools[move.to]?.branch ?? -1);
    return { pool: move?.to ?? person.pool, branch, away: person.duty === 'away' };
  });
  pools.forEach(({ floor }, pool) => {
    const leaving = relocations.filter(({ from }) => from === pool).length;
    const coming = relocations.some(({ to }) => to === pool);
    const left = fewestServers(staff[pool] ?? [], FLOOR_AHEAD) - leaving;
    if (leaving > 0 && left < floor) refuse('GD3', `pool ${pool} falls below its floor`);
    if (leaving > 0 && coming) refuse('GD4', `pool ${pool} gives and takes`);
  });
  branches.forEach(({ fitted, donorLimit }, branch) => {
    const wanted = after.flatMap(({ pool, branch: at }) => (at === branch && pool >= 0 ? [pool] : []));
    const gives = relocations.some(
      ({ lever, person }) =>
        lever === 'send' && agents[person]?.home === branch && situation.people[person]?.branch === branch,
    );
    const takes = relocations.some(({ to }) => pools[to]?.branch === branch);
    const before = situation.people.flatMap((each) =>
      each.branch === branch && each.pool >= 0 ? [each.pool] : [],
    );
    if (takes && haveCounters(fitted, before) && !haveCounters(fitted, wanted))
      refuse('counters', `branch ${branch} has too few counters`);
    const away = after.filter(
      (each, i) => !each.away && agents[i]?.home === branch && each.branch !== branch,
    );
    if (gives && away.length > donorLimit) refuse('GD3', `branch ${branch} gives too many`);
  });
  const regionOf = (branch: number): number => branches[branch]?.region ?? 0;
  const under = new Int32Array(regions);
  const asked = new Int32Array(regions);
  for (const { duty, branch } of situation.people) if (duty === 'moving') addOne(under, regionOf(branch));
  for (const { person, lever } of relocations)
    if (lever !== 'closeCounter') addOne(asked, regionOf(situation.people[person]?.branch ?? -1));
  asked.forEach((more, region) => {
    if (more > 0 && more + (under[region] ?? 0) > policy.regionMoves)
      refuse('region', `region ${region} moves too many`);
  });
  return breaches;
}

function addOne(counts: Int32Array, place: number): void {
  counts[place] = (counts[place] ?? 0) + 1;
}
