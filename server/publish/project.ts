/** A branch as each face may see it; what a view lacks never leaves the server (rules SF1, SF2). */
import type { BranchProfile } from '#shared/network.ts';
import type { QueueOutlook } from '#shared/planning.ts';
import type { CallRow, ServiceRow } from '#shared/customer-wall.ts';
import type { BranchRow, QueueRow, StaffQueueRow, View } from '#shared/views.ts';
import { alertCounts, alertRows } from '../domain/alerts/alert-rows.ts';
import type { LiveBranch } from '../domain/live-branch.ts';
import { type BranchMeasure, measure } from '../domain/metrics/measure.ts';
import type { ExpectedWait, ExpectedWaits } from '../domain/waits/expected-waits.ts';
import { branchOutlook, outlookRow } from './outlook-rows.ts';
import { suggestionRows } from './suggestion-rows.ts';

/** Calls shown on a customer wall: the newest and four before it. */
const CALLS_SHOWN = 5;
const RATIO_STEPS = 100;

type ProjectView<V extends 'floor' | 'customerWall' | 'staffWall'> = (
  live: LiveBranch,
  profile: BranchProfile,
  now: number,
  expectedWaits: ExpectedWaits,
  outlooks?: readonly QueueOutlook[],
) => View<V>;

/** Views of one branch by name. */
export const projections: { [V in 'floor' | 'customerWall' | 'staffWall']: ProjectView<V> } = {
  floor: projectFloor,
  customerWall: projectCustomerWall,
  staffWall: projectStaffWall,
};

const nameOf = (profile: BranchProfile) => ({
  id: profile.id,
  nameZh: profile.name.zh,
  nameEn: profile.name.en,
});

const placeOf = (profile: BranchProfile) => ({
  regionZh: profile.region.name.zh,
  regionEn: profile.region.name.en,
  channel: profile.channel,
  demo: profile.demo,
});

const hoursOf = (figures: BranchMeasure) => ({
  opensAt: figures.opening?.opensAt ?? null,
  closesAt: figures.opening?.closesAt ?? null,
});

function projectFloor(
  live: LiveBranch,
  profile: BranchProfile,
  now: number,
  expectedWaits: ExpectedWaits,
  outlooks: readonly QueueOutlook[] = [],
): View<'floor'> {
  const figures = measure(live, profile, now);
  const { total, staff } = figures;
  const { late: _late, ...sums } = total;
  const { activities } = staff;
  return {
    head: {
      ...sums,
      ...nameOf(profile),
      ...placeOf(profile),
      ...hoursOf(figures),
      zone: profile.zone,
      status: figures.status,
      serviceLevelTarget: figures.serviceLevelTarget,
      serviceLevel: figures.serviceLevel,
      occupancy30: staff.occupancy30,
      counterUse30: staff.counterUse30,
      openingRateToday: staff.openingRateToday,
      countersOpen: staff.countersOpen,
      countersConfigured: staff.countersConfigured,
      agentsServing: activities.serving,
      agentsWrapUp: activities.wrapUp,
      agentsAvailable: activities.available,
      agentsBreak: activities.break,
      agentsOther:
        activities.backOffice +
        activities.training +
        activities.meeting +
        activities.moving +
        activities.unavailable,
      queuesLeftOut: figures.queuesLeftOut,
      ...alertCounts(live, now),
    },
    tables: {
      queues: figures.queues,
      counters: staff.counters,
      agents: staff.agents,
      sources: figures.sources,
      waits: expectedWaits.of(live, profile, figures.queues, now).map(({ row }) => row),
      alerts: alertRows(live, profile),
      outlooks: outlooks.map(outlookRow),
      suggestions: suggestionRows(live.moves),
    },
  };
}

/** A branch's row in the network table. */
export function projectRow(
  live: LiveBranch,
  profile: BranchProfile,
  now: number,
  outlooks: readonly QueueOutlook[] = [],
): BranchRow {
  const { queues, total, staff, status, worst, serviceLevelTarget, serviceLevel } = measure(
    live,
    profile,
    now,
  );
  return {
    ...nameOf(profile),
    ...placeOf(profile),
    waiting: total.waiting,
    oldestAt: worst?.row.oldestAt ?? null,
    status,
    late: total.late,
    worstRatio: Math.round((worst?.ratio ?? 0) * RATIO_STEPS) / RATIO_STEPS,
    slNumerator30: total.slNumerator30,
    slDenominator30: total.slDenominator30,
    offeredToday: total.offeredToday,
    answeredToday: total.answeredToday,
    abandonedToday: total.abandonedToday,
    countersOpen: staff.countersOpen,
    countersConfigured: staff.countersConfigured,
    agentsOn: staff.activities.serving + staff.activities.wrapUp + staff.activities.available,
    alertsUnseen: alertCounts(live, now).alertsUnseen,
    ...branchOutlook(outlooks, queues),
    worstQueueZh: worst?.row.nameZh ?? '',
    worstQueueEn: worst?.row.nameEn ?? '',
    worstTargetSeconds: worst?.row.targetSeconds ?? 0,
    serviceLevelTarget,
    serviceLevel,
  };
}

function projectCustomerWall(
  live: LiveBranch,
  profile: BranchProfile,
  now: number,
  expectedWaits: ExpectedWaits,
): View<'customerWall'> {
  const figures = measure(live, profile, now);
  const label = (counter: string): string =>
    profile.counters.find(({ id }) => id === counter)?.label ?? counter;
  const calls: CallRow[] = live.state.calls
    .slice(-CALLS_SHOWN)
    .map(({ ticket, counter, at }) => ({ ticket, counter: label(counter), calledAt: at }));
  const waits = expectedWaits.of(live, profile, figures.queues, now);
  const services = figures.queues.map((queue, i) => serviceRow(queue, waits[i]));
  return {
    head: { ...nameOf(profile), ...hoursOf(figures), zone: profile.zone, demo: profile.demo },
    tables: { calls, services },
  };
}

// The estimate may see somebody who could serve a queue that no open counter serves; a wall does not promise that.
function serviceRow(queue: QueueRow, expected: ExpectedWait | undefined): ServiceRow {
  const text = expected?.wall ?? { kind: 'unknown' };
  const isPaused = queue.countersOpen === 0 && !queue.observed && text.kind !== 'unknown';
  const range = text.kind === 'range' && !isPaused ? text : null;
  return {
    id: queue.id,
    waiting: queue.waiting,
    wait: isPaused ? 'paused' : text.kind,
    lowMinutes: range?.low ?? null,
    highMinutes: range?.high ?? null,
    letter: queue.letter,
    nameZh: queue.nameZh,
    nameEn: queue.nameEn,
  };
}

function projectStaffWall(
  live: LiveBranch,
  profile: BranchProfile,
  now: number,
  expectedWaits: ExpectedWaits,
): View<'staffWall'> {
  const figures = measure(live, profile, now);
  const { total, staff } = figures;
  const queues: StaffQueueRow[] = figures.queues.map((queue) => ({
    id: queue.id,
    waiting: queue.waiting,
    oldestAt: queue.oldestAt,
    slNumerator30: queue.slNumerator30,
    slDenominator30: queue.slDenominator30,
    countersOpen: queue.countersOpen,
    status: queue.status,
    letter: queue.letter,
    nameZh: queue.nameZh,
    nameEn: queue.nameEn,
    targetSeconds: queue.targetSeconds,
  }));
  return {
    head: {
      ...nameOf(profile),
      ...hoursOf(figures),
      zone: profile.zone,
      demo: profile.demo,
      waiting: total.waiting,
      oldestAt: total.oldestAt,
      slNumerator30: total.slNumerator30,
      slDenominator30: total.slDenominator30,
      countersOpen: staff.countersOpen,
      countersConfigured: staff.countersConfigured,
      status: figures.status,
      serviceLevelTarget: figures.serviceLevelTarget,
      serviceLevel: figures.serviceLevel,
    },
    tables: { queues, waits: expectedWaits.of(live, profile, figures.queues, now).map(({ row }) => row) },
  };
}
