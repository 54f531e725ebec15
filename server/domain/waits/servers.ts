/** Who can serve at this moment: the counters of a hall, the agents of a hotline. */
import type { BranchProfile } from '#shared/network.ts';
import type { AgentActivity, CounterActivity } from '#shared/views.ts';
import { isUnreported } from '../branch/agent.ts';
import { lastService, runningService } from '../branch/service.ts';
import type { Agent, BranchState, Counter, Service } from '../branch/state.ts';
import { learnedShare, type ServingRecords } from './serving-record.ts';
import { UNNAMED, type UnnamedServer } from './unnamed-servers.ts';

export interface Server {
  /** Seconds since it became free; `null` while it serves. */
  idleSeconds: number | null;
  /**
   * `atWork` serves or will at once. `free`: said to be ready and takes the next who comes. `away` is known only from
   * its contacts and has left people waiting, so nobody can say.
   */
  presence: 'atWork' | 'free' | 'away';
  /** How far it serves a queue, 0–1. */
  shareOf(queue: string): number;
}

/** Known only from its contacts, a server that is free this long while people wait is not there, seconds. */
const AWAY_AFTER_SECONDS = 60;

/** The servers of a branch at `now`, epoch ms; who is on a break, closed or signed out is none. */
export function serversOf(
  state: BranchState,
  profile: BranchProfile,
  records: ServingRecords,
  unnamed: readonly UnnamedServer[],
  now: number,
): Server[] {
  return placesOf(state, profile, unnamed).flatMap((place) => serverAt(place, records, now) ?? []);
}

// In a hall counters serve, on a hotline agents do; where neither is named there are still people who serve.
function placesOf(state: BranchState, profile: BranchProfile, unnamed: readonly UnnamedServer[]): Place[] {
  if (state.counters.size > 0)
    return [...state.counters.values()].map((counter) => counterPlace(counter, profile));
  if (state.agents.size > 0) return [...state.agents.values()].map(agentPlace);
  return profile.counters.length > 0 ? [] : unnamed.map(unnamedPlace);
}

interface Place {
  id: string;
  activity: AgentActivity | CounterActivity | 'signedOut';
  /** True when it is known only from its contacts. */
  unreported: boolean;
  since: number;
  services: readonly Service[];
  /** Queues it was said to serve. */
  listed: readonly string[];
}

const counterPlace = (counter: Counter, profile: BranchProfile): Place => ({
  id: counter.id,
  activity: counter.activity,
  unreported: counter.reports.length === 0 && counter.seats.length === 0,
  since: counter.since,
  services: counter.services,
  listed:
    counter.queues.length > 0
      ? counter.queues
      : (profile.counters.find(({ id }) => id === counter.id)?.queues ?? []),
});

const agentPlace = (agent: Agent): Place => ({
  id: agent.id,
  activity: agent.activity,
  unreported: isUnreported(agent),
  since: agent.since,
  services: agent.services,
  listed: agent.queues,
});

const unnamedPlace = ({ contact, queue, since }: UnnamedServer): Place => ({
  id: UNNAMED,
  activity: contact === null ? 'available' : 'serving',
  unreported: true,
  since,
  services: contact === null ? [] : [{ contact, queue, from: since, to: null }],
  listed: [],
});

function serverAt(place: Place, records: ServingRecords, now: number): Server | null {
  const running = runningService(place.services);
  const freeSince = lastService(place.services, now)?.to ?? place.since;
  const idleSeconds = running ? null : Math.max(0, now - freeSince) / 1_000;
  const presence = presenceOf(place, idleSeconds);
  if (presence === null) return null;
  const serving = running?.queue ?? null;
  const shares = new Map<string, number>();
  return {
    idleSeconds,
    presence,
    shareOf(queue) {
      let share = shares.get(queue);
      if (share === undefined) {
        share = place.listed.includes(queue) ? 1 : 0;
        if (place.listed.length === 0 || serving === queue)
          share = learnedShare(records, place.id, queue, serving, now);
        shares.set(queue, share);
      }
      return share;
    },
  };
}

function presenceOf({ activity, unreported }: Place, idleSeconds: number | null): Server['presence'] | null {
  switch (activity) {
    case 'serving':
    case 'wrapUp':
      return 'atWork';
    case 'available':
    case 'idle':
      if (!unreported) return 'free';
      return (idleSeconds ?? 0) <= AWAY_AFTER_SECONDS ? 'atWork' : 'away';
    case 'break':
    case 'backOffice':
    case 'training':
    case 'meeting':
    case 'moving':
    case 'unavailable':
    case 'paused':
    case 'closed':
    case 'faulted':
    case 'signedOut':
      return null;
    default:
      return activity satisfies never;
  }
}
