/** The live figures of a branch at a moment: a function of its state, its profile and the time. */
import type { BranchProfile, ServiceLevelShown } from '#shared/network.ts';
import type { WindowFigures } from '#shared/view-figures.ts';
import type { QueueRow, SourceRow, Status } from '#shared/views.ts';
import { hallDay, type Opening, openingOf } from '../branch/hall-day.ts';
import { isSkewed, skewOf } from '../branch/source-clock.ts';
import type { LiveBranch } from '../live-branch.ts';
import { judgementAt } from './definitions.ts';
import { NO_QUEUE } from './figures.ts';
import { isOpen } from './interval.ts';
import { isSilent, measureQueue, type QueueMeasure, type ServedBy } from './measure-queue.ts';
import { countStaff, measureStaff, type StaffCounts, type StaffMeasure } from './measure-staff.ts';
import { share } from './service-level.ts';
import { statusOf, worstStatus } from './status.ts';

/** What a branch's queues say, and how many are there to serve them. */
export interface HallMeasure {
  queues: QueueRow[];
  /** Sums over the queues whose sources speak (rule SL4). */
  total: WindowFigures & { waiting: number | null; oldestAt: number | null; late: number };
  queuesLeftOut: number;
  staff: StaffCounts;
  sources: SourceRow[];
  opening: Opening | null;
  status: Status;
  serviceLevelTarget: number;
  serviceLevel: ServiceLevelShown;
  /** The queue whose longest wait is worst against its target. */
  worst: { row: QueueRow; ratio: number } | null;
}

/** The same with everybody who serves, one by one. */
export interface BranchMeasure extends HallMeasure {
  staff: StaffMeasure;
}

/** Measures a branch at `now`, epoch ms; whoever shows nobody by name asks for {@link measureHall}, which costs less. */
export function measure(branch: LiveBranch, profile: BranchProfile, now: number): BranchMeasure {
  const hall = measureHall(branch, profile, now);
  return { ...hall, staff: measureStaff(branch, profile, hall.staff, now) };
}

/** Measures the queues of a branch at `now`, epoch ms. */
export function measureHall(branch: LiveBranch, profile: BranchProfile, now: number): HallMeasure {
  const staff = countStaff(branch, profile);
  const measures = measureQueues(branch, profile, staff, now);
  const heard = measures.filter(({ row }) => row.source !== 'silent');
  const opening = openingOf(profile, now);
  const total = sumRows(heard.map(({ row }) => row));
  const rows = measures.map(({ row }) => row);
  const target = serviceLevelTargetOf(profile, rows, now);
  const worst = worstOf(heard);
  return {
    queues: rows,
    total,
    queuesLeftOut: measures.length - heard.length,
    staff,
    sources: sourceRows(branch, profile, now),
    opening,
    status: branchStatus(heard, total, target, opening, now, measures.length),
    serviceLevelTarget: target,
    serviceLevel: formulaOf(rows),
    worst,
  };
}

// A branch must reach what the strictest of its configured queues must.
function serviceLevelTargetOf(profile: BranchProfile, rows: readonly QueueRow[], now: number): number {
  if (profile.queues.length === 0) return judgementAt(profile, NO_QUEUE, now).serviceLevelTarget;
  const configured = rows.slice(0, profile.queues.length);
  return configured.reduce((most, row) => Math.max(most, row.serviceLevelTarget), 0);
}

function formulaOf(rows: readonly QueueRow[]): ServiceLevelShown {
  const [first] = rows;
  if (first === undefined) return 'headline';
  return rows.every(({ serviceLevel }) => serviceLevel === first.serviceLevel) ? first.serviceLevel : 'mixed';
}

function measureQueues(
  branch: LiveBranch,
  profile: BranchProfile,
  staff: StaffCounts,
  now: number,
): QueueMeasure[] {
  const { state, figures } = branch;
  const ids = new Set(profile.queues.map(({ id }) => id));
  for (const id of state.queues.keys()) ids.add(id);
  ids.delete(NO_QUEUE);
  const isToday = figures.day === hallDay(profile, now);
  const served = servedQueues(branch, profile, staff);
  return [...ids].map((id) =>
    measureQueue(state, profile, id, figures.queues.get(id), served(id), now, isToday),
  );
}

// In a hall counters serve queues; on a hotline agents do. Who lists no queues serves all.
function servedQueues(
  branch: LiveBranch,
  profile: BranchProfile,
  staff: StaffCounts,
): (queue: string) => ServedBy {
  const every: ServedBy = { open: 0, serving: 0 };
  const byQueue = new Map<string, ServedBy>();
  const add = (queues: readonly string[], serving: boolean): void => {
    const served = queues.length === 0 ? [every] : queues.map((queue) => entryOf(byQueue, queue));
    for (const each of served) {
      each.open += 1;
      if (serving) each.serving += 1;
    }
  };
  if (staff.countersConfigured > 0) {
    for (const counter of branch.state.counters.values()) {
      if (!isOpen(counter.activity)) continue;
      const configured = profile.counters.find(({ id }) => id === counter.id)?.queues ?? [];
      add(counter.queues.length > 0 ? counter.queues : configured, counter.activity === 'serving');
    }
  } else {
    for (const agent of branch.state.agents.values()) {
      const on =
        agent.activity === 'serving' || agent.activity === 'wrapUp' || agent.activity === 'available';
      if (on) add(agent.queues, agent.activity === 'serving');
    }
  }
  return (queue) => {
    const own = byQueue.get(queue);
    return { open: every.open + (own?.open ?? 0), serving: every.serving + (own?.serving ?? 0) };
  };
}

function entryOf(byQueue: Map<string, ServedBy>, queue: string): ServedBy {
  const known = byQueue.get(queue);
  if (known) return known;
  const made = { open: 0, serving: 0 };
  byQueue.set(queue, made);
  return made;
}

function sumRows(rows: readonly QueueRow[]): HallMeasure['total'] {
  const sum = {
    waiting: 0,
    oldestAt: null as number | null,
    late: 0,
    offeredToday: 0,
    answeredToday: 0,
    abandonedToday: 0,
    slNumeratorToday: 0,
    slDenominatorToday: 0,
    slNumerator30: 0,
    slDenominator30: 0,
    answered30: 0,
    abandoned30: 0,
    waitSeconds30: 0,
    handled30: 0,
    handleSeconds30: 0,
  };
  for (const row of rows) {
    sum.waiting += row.waiting ?? 0;
    if (row.oldestAt !== null) sum.oldestAt = Math.min(sum.oldestAt ?? Infinity, row.oldestAt);
    sum.late += row.late;
    sum.offeredToday += row.offeredToday;
    sum.answeredToday += row.answeredToday;
    sum.abandonedToday += row.abandonedToday;
    sum.slNumeratorToday += row.slNumeratorToday;
    sum.slDenominatorToday += row.slDenominatorToday;
    sum.slNumerator30 += row.slNumerator30;
    sum.slDenominator30 += row.slDenominator30;
    sum.answered30 += row.answered30;
    sum.abandoned30 += row.abandoned30;
    sum.waitSeconds30 += row.waitSeconds30;
    sum.handled30 += row.handled30;
    sum.handleSeconds30 += row.handleSeconds30;
  }
  return rows.length === 0 ? { ...sum, waiting: null } : sum;
}

function worstOf(measures: readonly QueueMeasure[]): HallMeasure['worst'] {
  let worst: HallMeasure['worst'] = null;
  for (const { row, longestOverTarget } of measures) {
    if (worst === null || longestOverTarget > worst.ratio) worst = { row, ratio: longestOverTarget };
  }
  return worst;
}

function branchStatus(
  heard: readonly QueueMeasure[],
  total: HallMeasure['total'],
  target: number,
  opening: HallMeasure['opening'],
  now: number,
  queues: number,
): Status {
  const isOpenNow = opening !== null && now >= opening.opensAt && now < opening.closesAt;
  if (!isOpenNow && (total.waiting ?? 0) === 0) return 'closed';
  if (heard.length === 0 && queues > 0) return 'stale';
  const serviceLevel = share(total.slNumerator30, total.slDenominator30);
  return worstStatus([statusOf(0, serviceLevel, target), ...heard.map(({ row }) => row.status)]);
}

/** The sources of a branch, and how far each can be trusted now (rules LV3, DQ1). */
export function sourceRows(branch: LiveBranch, profile: BranchProfile, now: number): SourceRow[] {
  return [...branch.state.sources.values()].map((source) => ({
    id: source.id,
    state: isSilent(source, profile, now) ? 'silent' : isSkewed(source.clock) ? 'skewed' : 'live',
    skewSeconds: Math.round(skewOf(source.clock) / 1_000),
    expectedSeconds: profile.expectedSeconds,
  }));
}
