/** Who can serve at this moment: the counters of a hall, the agents of a hotline. */
import type { BranchProfile } from '#shared/network.ts';
import type { AgentActivity, CounterActivity } from '#shared/views.ts';
import { isUnreported } from '../branch/agent.ts';
import { lastService, runningService } from '../branch/service.ts';
import type { Agent, BranchState, Counter, Service } from '../branch/state.ts';
import { othersShare, servedShare, type ServingRecord, type ServingRecords } from './serving-record.ts';
import { UNNAMED, type UnnamedServer } from './unnamed-servers.ts';

export interface Server {
  /** Seconds since it became free; `null` while it serves. */
  idleSeconds: number | null;
  /**
   * `atWork` serves or will at once. `free`: said to be ready and takes the next who comes. `away` is known only from
   * its contacts and has left people waiting, so nobody can say.
   */
  presence: 'atWork' | 'free' | 'away';
  /** Queue of the contact it serves now. */
  serving: string | null;
  /** Queues it was said to serve; where that is none its own services tell. */
  listed: readonly string[];
  /** What is known of its services, and how far it serves a queue of which it has served nobody, 0–1. */
  known: ServingRecord | undefined;
  othersShare: number;
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
  const servers: Server[] = [];
  for (const place of placesOf(state, profile, unnamed)) {
    const server = serverAt(place, records, now);
    if (server !== null) servers.push(server);
  }
  return servers;
}

// In a hall counters serve, on a hotline agents do; where neither is named there are still people who serve.
function placesOf(state: BranchState, profile: BranchProfile, unnamed: readonly UnnamedServer[]): Place[] {
  if (state.counters.size > 0)
    return Array.from(state.counters.values(), (counter) => counterPlace(counter, profile));
  if (state.agents.size > 0) return Array.from(state.agents.values(), agentPlace);
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
  const freeSince = running ? now : (lastService(place.services, now)?.to ?? place.since);
  const idleSeconds = running ? null : Math.max(0, now - freeSince) / 1_000;
  const presence = presenceOf(place, idleSeconds);
  if (presence === null) return null;
  const { id, listed } = place;
  const serving = running?.queue ?? null;
  const known = listed.length === 0 ? records.get(id) : undefined;
  return {
    idleSeconds,
    presence,
    serving,
    listed,
    known,
    othersShare: othersShare(known, serving !== null, now),
  };
}

/** How far a server serves a queue at `now` (epoch ms), 0–1. */
export function shareOf({ serving, listed, known, othersShare }: Server, queue: string, now: number): number {
  if (serving === queue) return 1;
  if (listed.length > 0) return listed.includes(queue) ? 1 : 0;
  return Math.max(servedShare(known, queue, now), othersShare);
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
