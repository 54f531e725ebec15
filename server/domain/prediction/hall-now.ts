/** A branch as it stands, small enough to be sent to where the future is worked out. */
import type { BranchProfile } from '#shared/network.ts';
import { openingOf } from '../branch/hall-day.ts';
import { lastService, runningService } from '../branch/service.ts';
import type { Agent, BranchState, Counter, Service } from '../branch/state.ts';
import type { LiveBranch } from '../live-branch.ts';
import { judgementAt } from '../metrics/definitions.ts';
import { NO_QUEUE } from '../metrics/figures.ts';
import { sourceState } from '../metrics/measure-queue.ts';
import { SUM } from '../metrics/packed-sums.ts';
import { countsBetween, type QueueFigures, recentCounts } from '../metrics/queue-figures.ts';
import { handlingTime } from '../waits/handling-time.ts';
import type { WorkSums } from './work-sums.ts';

export interface HallNow {
  branch: string;
  /** Of the state. */
  version: number;
  /** Epoch ms. */
  at: number;
  /** The opening that runs or comes today, epoch ms. */
  opening: { opensAt: number; closesAt: number } | null;
  queues: QueueNow[];
  groups: GroupNow[];
}

export interface QueueNow {
  id: string;
  targetSeconds: number;
  /** How long those who wait have waited, longest first. */
  waitedSeconds: number[];
  /** True when its source can be believed and names who comes and goes. */
  isKnown: boolean;
  /** True when somebody has waited longer than the target since the branch was last looked at. */
  wasLate: boolean;
  /** Who came in the last 30 min, and today. */
  came: { recently: number; today: number };
  /** What was done today. */
  today: WorkSums;
  /** How its services scatter: standard deviation over mean. */
  variation: number;
  /**
   * Announcements that were agreed on, in seconds from now: of those who would come so many leave (0–1), so many come
   * besides, per second.
   */
  steered: { from: number; to: number; leave: number; come: number }[];
}

/** Those who serve the same queues. */
export interface GroupNow {
  /** Places in the list of queues, in order; all of them when nobody says. */
  queues: number[];
  /** Ids of the counters, or on a hotline of the agents, that are at work. */
  servers: string[];
  inService: { queue: number; elapsedSeconds: number }[];
  /** Ids of those on a break, with the time since it began. */
  away: { id: string; seconds: number }[];
  /** Those who were agreed on to come (1) or to go (−1), with the time until then. */
  agreed: { seconds: number; change: 1 | -1 }[];
}

const SECOND_MS = 1_000;

/** The branch at `now`; `since` is when it was last looked at, epoch ms. */
export function hallNow(live: LiveBranch, profile: BranchProfile, since: number, now: number): HallNow {
  const ids = queueIds(live.state, profile);
  const queues = ids.map((id) => queueNow(live, profile, id, since, now));
  return {
    branch: profile.id,
    version: live.version,
    at: now,
    opening: openingOf(profile, now),
    queues,
    groups: groupsOf(live.state, profile, ids, now),
  };
}

function queueIds({ queues }: BranchState, profile: BranchProfile): string[] {
  const ids = new Set(profile.queues.map(({ id }) => id));
  for (const id of queues.keys()) ids.add(id);
  ids.delete(NO_QUEUE);
  return [...ids];
}

function queueNow(
  { state, figures, waits }: LiveBranch,
  profile: BranchProfile,
  id: string,
  since: number,
  now: number,
): QueueNow {
  const { targetSeconds } = judgementAt(profile, id, now);
  const queue = state.queues.get(id);
  const counted = figures.queues.get(id);
  const source = sourceState(state, profile, queue, now);
  const waitedSeconds = [...(queue?.waiting.values() ?? [])]
    .map((queuedAt) => Math.max(0, now - queuedAt) / SECOND_MS)
    .sort((a, b) => b - a);
  const isHeard = source === 'live' || source === 'skewed';
  return {
    id,
    targetSeconds,
    waitedSeconds,
    isKnown: isHeard && (counted !== undefined || queue?.observed == null),
    wasLate: (waitedSeconds[0] ?? 0) > targetSeconds || longestEnded(counted, since, now) > targetSeconds,
    came: {
      recently: counted === undefined ? 0 : (recentCounts(counted, now)[SUM.offered] ?? 0),
      today: counted?.today[SUM.offered] ?? 0,
    },
    today: workToday(counted),
    variation: handlingTime(waits.handling, id, waits.channel).cv,
    steered: [],
  };
}

const longestEnded = (figures: QueueFigures | undefined, since: number, now: number): number =>
  figures === undefined ? 0 : (countsBetween(figures, since, now)[SUM.waitSecondsMax] ?? 0);

function workToday(figures: QueueFigures | undefined): WorkSums {
  const of = (place: number): number => figures?.today[place] ?? 0;
  return {
    handled: of(SUM.handled),
    workSeconds: of(SUM.serviceSeconds) + of(SUM.wrapUpSeconds) + of(SUM.answerSeconds),
    left: of(SUM.abandoned),
    waitedSeconds: of(SUM.waitSeconds) + of(SUM.abandonWaitSeconds),
  };
}

interface Place {
  id: string;
  activity: (Counter | Agent)['activity'];
  since: number;
  services: readonly Service[];
  queues: readonly string[];
}

// In a hall counters serve, on a hotline agents do.
function placesOf(state: BranchState, profile: BranchProfile): Place[] {
  if (state.counters.size === 0) return [...state.agents.values()];
  return [...state.counters.values()].map((counter) => {
    const configured = profile.counters.find(({ id }) => id === counter.id)?.queues ?? [];
    return { ...counter, queues: counter.queues.length > 0 ? counter.queues : configured };
  });
}

function groupsOf(
  state: BranchState,
  profile: BranchProfile,
  ids: readonly string[],
  now: number,
): GroupNow[] {
  const groups = new Map<string, GroupNow>();
  for (const place of placesOf(state, profile)) {
    const presence = presenceOf(place.activity);
    if (presence === null) continue;
    const queues = servedQueues(place.queues, ids);
    const key = queues.join();
    const group = groups.get(key) ?? { queues, servers: [], inService: [], away: [], agreed: [] };
    groups.set(key, group);
    if (presence === 'away') {
      group.away.push({ id: place.id, seconds: (now - place.since) / SECOND_MS });
      continue;
    }
    group.servers.push(place.id);
    const service = serviceOf(place, now);
    const queue = service?.queue == null ? -1 : ids.indexOf(service.queue);
    if (service !== undefined && queue >= 0) {
      const elapsedSeconds = Math.max(0, now - service.from) / SECOND_MS;
      group.inService.push({ queue, elapsedSeconds });
    }
  }
  return [...groups.values()];
}

/** Places of the queues that are served, in order; all of them when none is named. */
export function servedQueues(named: readonly string[], ids: readonly string[]): number[] {
  const places = ids.flatMap((id, place) => (named.includes(id) ? [place] : []));
  return places.length > 0 ? places : ids.map((_, place) => place);
}

// The notes after a service are part of it: its law holds both.
const serviceOf = ({ activity, services }: Place, now: number): Service | undefined =>
  runningService(services) ?? (activity === 'wrapUp' ? lastService(services, now) : undefined);

function presenceOf(activity: Place['activity']): 'atWork' | 'away' | null {
  switch (activity) {
    case 'serving':
    case 'wrapUp':
    case 'available':
    case 'idle':
      return 'atWork';
    case 'break':
    case 'paused':
      return 'away';
    case 'backOffice':
    case 'training':
    case 'meeting':
    case 'moving':
    case 'unavailable':
    case 'closed':
    case 'faulted':
    case 'signedOut':
      return null;
    default:
      return activity satisfies never;
  }
}
