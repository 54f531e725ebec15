/** A branch as the walls in its hall may see it: no word of anybody (rule SF2). */
import { announcedBy } from '#shared/announcements.ts';
import type { AnnouncementRow, CallRow, ServiceRow, WallPlace } from '#shared/customer-wall.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { HallOutlook } from '#shared/planning.ts';
import type { StaffQueueRow } from '#shared/staff-wall.ts';
import type { QueueRow, View } from '#shared/views.ts';
import { nextOpening } from '../domain/branch/hall-day.ts';
import type { LiveBranch } from '../domain/live-branch.ts';
import { type HallMeasure, measureHall } from '../domain/metrics/measure.ts';
import { type BranchMoves, chosenOption } from '../domain/staffing/fold-moves.ts';
import type { ExpectedWait, ExpectedWaits } from '../domain/waits/expected-waits.ts';
import { placeOf } from './hall-place.ts';
import { chanceShown } from './outlook-rows.ts';

/** Calls shown on a customer wall: the newest and four before it. */
const CALLS_SHOWN = 5;

const wallPlace = (profile: BranchProfile, figures: HallMeasure, now: number): WallPlace => ({
  ...placeOf(profile, figures),
  nextOpensAt: nextOpening(profile, now),
});

/** The screen for those who wait. */
export function projectCustomerWall(
  live: LiveBranch,
  profile: BranchProfile,
  now: number,
  expectedWaits: ExpectedWaits,
): View<'customerWall'> {
  const figures = measureHall(live, profile, now);
  const label = (counter: string): string =>
    profile.counters.find(({ id }) => id === counter)?.label ?? counter;
  const calls: CallRow[] = live.state.calls
    .slice(-CALLS_SHOWN)
    .map(({ ticket, counter, at }) => ({ ticket, counter: label(counter), calledAt: at }));
  const waits = expectedWaits.of(live, profile, figures.queues, now);
  const services = figures.queues.map((queue, i) => serviceRow(queue, waits[i]));
  return {
    head: wallPlace(profile, figures, now),
    tables: { calls, services, announcements: announcementRows(live.moves) },
  };
}

/** Nobody is told before accepting can be undone no more, nor after it was ended (rule GD5). */
const announcementRows = (moves: BranchMoves): AnnouncementRow[] =>
  [...moves.values()].flatMap(({ suggestion }) => {
    const option = suggestion.status === 'arrived' ? chosenOption(suggestion) : undefined;
    const announced = option && announcedBy(suggestion, option);
    return announced ? [{ id: suggestion.id, ...announced }] : [];
  });

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

/** The screen for those who serve. */
export function projectStaffWall(
  live: LiveBranch,
  profile: BranchProfile,
  now: number,
  expectedWaits: ExpectedWaits,
  outlook: HallOutlook,
): View<'staffWall'> {
  const figures = measureHall(live, profile, now);
  const { total, staff } = figures;
  const { activities } = staff;
  const queues = figures.queues.map((queue): StaffQueueRow => {
    const { id, waiting, oldestAt, status, letter, nameZh, nameEn, targetSeconds } = queue;
    const breachProbability = chanceShown(outlook.queues.find((each) => each.queue === id));
    return { id, waiting, oldestAt, status, breachProbability, letter, nameZh, nameEn, targetSeconds };
  });
  return {
    head: {
      ...wallPlace(profile, figures, now),
      waiting: total.waiting,
      oldestAt: total.oldestAt,
      late: total.late,
      slNumerator30: total.slNumerator30,
      slDenominator30: total.slDenominator30,
      open:
        staff.countersConfigured > 0
          ? staff.countersOpen
          : activities.serving + activities.wrapUp + activities.available,
      countersConfigured: staff.countersConfigured,
      answeredToday: total.answeredToday,
      abandonedToday: total.abandonedToday,
      channel: profile.channel,
      status: figures.status,
      serviceLevelTarget: figures.serviceLevelTarget,
      serviceLevel: figures.serviceLevel,
    },
    tables: {
      queues,
      waits: expectedWaits.of(live, profile, figures.queues, now).map(({ row }) => row),
      ahead: outlook.staff.map((step) => ({ id: String(step.from), ...step })),
    },
  };
}
