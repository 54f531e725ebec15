/** Who may be moved (rule GD3), in groups of people between whom a plan need not choose. */
import type { StaffingNetwork } from './network.ts';
import { freeMinutes, type PersonNow, type Situation } from './situation.ts';

/** People at one place, with the same skills, home and time. */
export interface Source {
  branch: number;
  /** −1 for those who serve no pool now. */
  pool: number;
  duty: 'counter' | 'spare' | 'backOffice';
  skills: Uint8Array;
  /** Home when that is another branch, else −1. */
  away: number;
  travels: boolean;
  /** At least so long until lunch or the end of the shift. */
  free: number;
  /** Places in the list of people, who was moved least first. */
  people: number[];
}

/** Time left is told in steps, so that groups stay few, minutes. */
const FREE_STEP = 30;
const FREE_MOST = 240;
/** At another counter of the hall one still serves somebody in this time, minutes. */
const LEAST_FREE = 15;

export function sourcesOf({ agents, policy }: StaffingNetwork, { people }: Situation): Source[] {
  const groups = new Map<string, Source>();
  people.forEach((person, i) => {
    const agent = agents[i];
    if (agent === undefined || !mayMove(person, policy)) return;
    const { branch, pool, duty } = person;
    if (duty !== 'counter' && duty !== 'spare' && duty !== 'backOffice') return;
    const time = freeMinutes(person);
    const free =
      time < FREE_STEP ? LEAST_FREE : Math.min(FREE_MOST, Math.floor(time / FREE_STEP) * FREE_STEP);
    const away = agent.home === branch ? -1 : agent.home;
    const key = `${branch} ${pool} ${duty} ${agent.skillKey} ${away} ${agent.travels} ${free}`;
    const group = groups.get(key);
    if (group !== undefined) group.people.push(i);
    else
      groups.set(key, {
        branch,
        pool,
        duty,
        skills: agent.skills,
        away,
        travels: agent.travels,
        free,
        people: [i],
      });
  });
  for (const { people: members } of groups.values())
    members.sort((a, b) => (people[a]?.movesToday ?? 0) - (people[b]?.movesToday ?? 0) || a - b);
  return [...groups.values()];
}

/** Neither moved too often or too lately, nor about to leave. */
export function mayMove(
  person: PersonNow,
  { movesADay, restMinutes }: { movesADay: number; restMinutes: number },
): boolean {
  return (
    person.movesToday < movesADay && person.restedMinutes >= restMinutes && freeMinutes(person) >= LEAST_FREE
  );
}

/** Whether so much free time is enough for a journey of `minutes`, a stay and, when not going home, the way back. */
export const timeToGo = (free: number, minutes: number, home: boolean, stay: number): boolean =>
  free >= minutes + stay + (home ? 0 : minutes);
