import { createRng, seedOf } from '#server/rng.ts';
import type { CounterGroup, HallQueue, HallSpec } from '../simulator/hall-spec.ts';
import type { RecordedGroup, RecordedHall } from './recorded.ts';
import type { ServiceKind } from './service-names.ts';

const HOUR_MS = 3_600_000;
const SLOT_MS = HOUR_MS / 2;
const SLOT_SECONDS = SLOT_MS / 1_000;
const OPENS_AFTER_MS = 8 * HOUR_MS;
const CLOSES_AFTER_MS = 18 * HOUR_MS;

/** What a service of each kind takes when counters are neither idle nor hurried, seconds. */
const TYPICAL_SECONDS: Record<ServiceKind, number> = { quick: 240, standard: 520, long: 720 };
/** Recorded volumes are fitted to counters by stretching services no further than this. */
const STRETCH = [0.2, 1.4] as const;
/** Call, walk and wrap-up around each service, seconds. */
const AROUND_SERVICE_SECONDS = 45;
/** Share of the open time an agent is at the counter and not on a break. */
const PRESENCE = 0.93;
/** Fewer counters than this would be busy with a group: it shares those of another one. */
const SMALLEST_LOAD = 0.7;
const PLANNED_OCCUPANCY = 0.85;
/** How busy a hall is on a day: drawn between these, so that some halls are late and most are not. */
const OCCUPANCY = [0.82, 0.98] as const;

/** Counters of a recorded hall as they are re-enacted, the same on every day. */
export interface HallPlan {
  groups: PlannedGroup[];
  counters: { id: string; queues: string[] }[];
}

interface PlannedGroup extends CounterGroup {
  recorded: RecordedGroup;
}

/**
 * Fits counters to a recorded day. Ticket machines list a counter under every service it may call, so the sum over
 * services has more counters than the hall: each group gets as many as its volume needs, at most those recorded,
 * and groups too small for a counter of their own are served together.
 */
export function planHall(hall: RecordedHall): HallPlan {
  const merged = mergeSmall(hall.groups.map((group) => ({ ...group })));
  let counter = 0;
  const sized = merged.map((recorded) => {
    const peak = Math.max(1, ...recorded.open);
    const needed = Math.max(1, Math.ceil(loadOf(recorded) / (PLANNED_OCCUPANCY * PRESENCE)));
    const staffed = Math.min(peak, needed);
    const spare = recorded.counters > peak ? 1 : 0;
    const counters = Array.from({ length: staffed + spare }, () => String(++counter));
    const open = recorded.open.map((count, slot) =>
      Math.max(Math.round((count / peak) * staffed), arrivalsIn(recorded, slot) > 0 ? 1 : 0),
    );
    return { recorded, counters, open, queues: recorded.queues.map((queue) => queue.id) };
  });
  const groups = sized.map((group, i) => {
    const neighbour = sized[(i + 1) % sized.length];
    return { ...group, helps: neighbour === undefined || neighbour === group ? [] : neighbour.queues };
  });
  return {
    groups,
    counters: groups.flatMap(({ counters, queues, helps }) =>
      counters.map((id) => ({ id, queues: [...queues, ...helps] })),
    ),
  };
}

/** The hall on one day: `key` begins its ids, `midnight` is the local one in epoch milliseconds. */
export function hallSpecOf(
  plan: HallPlan,
  letter: string,
  key: string,
  midnight: number,
  seed: number,
): HallSpec {
  const rng = createRng(seedOf(seed, 'pressure'));
  const occupancy = OCCUPANCY[0] + rng() * (OCCUPANCY[1] - OCCUPANCY[0]);
  return {
    day: key,
    opensAt: midnight + OPENS_AFTER_MS,
    closesAt: midnight + CLOSES_AFTER_MS,
    slotMs: SLOT_MS,
    agentLetter: letter,
    queues: plan.groups.flatMap((group) => queuesOf(group, occupancy)),
    groups: plan.groups,
  };
}

/** Services stretched so that the group's counters, as they were open, are as busy as they should be. */
function queuesOf({ recorded, open }: PlannedGroup, occupancy: number): HallQueue[] {
  const lastSlot = open.findLastIndex((_, slot) => arrivalsIn(recorded, slot) > 0);
  const openSeconds = sum(open.slice(0, lastSlot + 1)) * SLOT_SECONDS * PRESENCE;
  const around = AROUND_SERVICE_SECONDS * sum(recorded.queues.flatMap((queue) => queue.arrivals));
  const fitting = (openSeconds * occupancy - around) / workSeconds(recorded);
  const stretch = Math.min(STRETCH[1], Math.max(STRETCH[0], fitting));
  return recorded.queues.map(({ id, letter, kind, arrivals }) => ({
    id,
    letter,
    arrivals,
    serviceSeconds: TYPICAL_SECONDS[kind] * stretch,
  }));
}

function mergeSmall(groups: RecordedGroup[]): RecordedGroup[] {
  const sorted = groups.sort((a, b) => loadOf(b) - loadOf(a));
  const merged: RecordedGroup[] = [];
  for (const group of sorted) {
    const last = merged.at(-1);
    if (last === undefined || loadOf(last) >= SMALLEST_LOAD) {
      merged.push(group);
      continue;
    }
    last.counters = Math.max(last.counters, group.counters);
    last.open = last.open.map((open, slot) => Math.max(open, group.open[slot] ?? 0));
    last.queues = [...last.queues, ...group.queues];
  }
  return merged;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const arrivalsIn = (group: RecordedGroup, slot: number): number =>
  sum(group.queues.map((queue) => queue.arrivals[slot] ?? 0));

const workSeconds = (group: RecordedGroup): number =>
  sum(group.queues.map((queue) => sum(queue.arrivals) * TYPICAL_SECONDS[queue.kind]));

/** Counters kept busy by the group's volume at typical service times, on average over the day. */
const loadOf = (group: RecordedGroup): number => workSeconds(group) / (group.open.length * SLOT_SECONDS);
