/** A branch as each face may see it; what a view lacks never leaves the server (rules SF1, SF2). */
import type { BranchProfile } from '#shared/network.ts';
import type { HallOutlook, QueueOutlook } from '#shared/planning.ts';
import type { BranchRow, View } from '#shared/views.ts';
import { alertCounts, alertRows } from '../domain/alerts/alert-rows.ts';
import { ruleOf } from '../domain/alerts/state.ts';
import type { LiveBranch } from '../domain/live-branch.ts';
import { measure, measureHall } from '../domain/metrics/measure.ts';
import type { ExpectedWaits } from '../domain/waits/expected-waits.ts';
import { nameOf, placeOf } from './hall-place.ts';
import { branchOutlook, outlookRow } from './outlook-rows.ts';
import { suggestionRows } from './suggestion-rows.ts';
import { projectCustomerWall, projectStaffWall } from './walls.ts';

const RATIO_STEPS = 100;

type ProjectView<V extends 'floor' | 'customerWall' | 'staffWall'> = (
  live: LiveBranch,
  profile: BranchProfile,
  now: number,
  expectedWaits: ExpectedWaits,
  outlook: HallOutlook,
) => View<V>;

/** Views of one branch by name. */
export const projections: { [V in 'floor' | 'customerWall' | 'staffWall']: ProjectView<V> } = {
  floor: projectFloor,
  customerWall: projectCustomerWall,
  staffWall: projectStaffWall,
};

const kindOf = (profile: BranchProfile) => ({
  regionZh: profile.region.name.zh,
  regionEn: profile.region.name.en,
  channel: profile.channel,
});

function projectFloor(
  live: LiveBranch,
  profile: BranchProfile,
  now: number,
  expectedWaits: ExpectedWaits,
  { queues: outlooks }: HallOutlook,
): View<'floor'> {
  const figures = measure(live, profile, now);
  const { total, staff } = figures;
  const { late: _late, ...sums } = total;
  const { activities } = staff;
  return {
    head: {
      ...sums,
      ...placeOf(profile, figures),
      ...kindOf(profile),
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
      breakLimitSeconds: ruleOf(live.alerts, 'breakOver').raiseAt,
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
  pastLevels: readonly number[] = [],
): BranchRow {
  const { queues, total, staff, status, worst, serviceLevelTarget, serviceLevel } = measureHall(
    live,
    profile,
    now,
  );
  return {
    ...nameOf(profile),
    ...kindOf(profile),
    demo: profile.demo,
    waiting: total.waiting,
    oldestAt: worst?.row.oldestAt ?? null,
    status,
    pastLevels,
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
