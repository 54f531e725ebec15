/** Live figures of one queue. */
import { isContradictory } from '../branch/queue.ts';
import { isSkewed } from '../branch/source-clock.ts';
import type { BranchState, Queue, Source } from '../branch/state.ts';
import type { WindowFigures } from '#shared/view-figures.ts';
import type { QueueRow, SourceState } from '#shared/views.ts';
import type { BranchProfile } from '#shared/network.ts';
import { judgementAt, queueProfile } from './definitions.ts';
import { noSums, SUM } from './packed-sums.ts';
import { type QueueFigures, recentCounts } from './queue-figures.ts';
import { share } from './service-level.ts';
import { statusOf } from './status.ts';

const NONE = noSums();

/** Counters as a queue sees them. */
export interface ServedBy {
  open: number;
  serving: number;
}

/** A queue's row, and its longest wait over its target (ratio) for ranking. */
export interface QueueMeasure {
  row: QueueRow;
  longestOverTarget: number;
}

/** Measures one queue at `now`; `isToday` is false when nothing was folded since the hall's day began. */
export function measureQueue(
  state: BranchState,
  profile: BranchProfile,
  id: string,
  figures: QueueFigures | undefined,
  servedBy: ServedBy,
  now: number,
  isToday: boolean,
): QueueMeasure {
  const configured = queueProfile(profile, id);
  const queue = state.queues.get(id);
  const { targetSeconds, thresholdSeconds, serviceLevelTarget, serviceLevel } = judgementAt(profile, id, now);
  const source = sourceState(state, profile, queue, now);
  const onlyObserved = queue?.observed != null && figures === undefined;
  const waits = waitsOf(queue, source, onlyObserved, targetSeconds, now);
  const rolling = figures ? recentCounts(figures, now) : NONE;
  const today = figures && isToday ? figures.today : NONE;
  const longestSeconds = waits.oldestAt === null ? 0 : Math.max(0, now - waits.oldestAt) / 1_000;
  const longestOverTarget = longestSeconds / targetSeconds;
  const level = share(rolling[SUM.slNumerator] ?? 0, rolling[SUM.slDenominator] ?? 0);
  const status = statusOf(longestOverTarget, level, serviceLevelTarget);
  return {
    longestOverTarget,
    row: {
      id,
      ...waits,
      ...windowFigures(rolling, today),
      status: source === 'silent' ? 'stale' : status,
      countersOpen: onlyObserved ? (queue.observed?.countersOpen ?? servedBy.open) : servedBy.open,
      countersServing: servedBy.serving,
      source,
      letter: configured?.letter ?? '',
      nameZh: configured?.name.zh ?? id,
      nameEn: configured?.name.en ?? id,
      targetSeconds,
      thresholdSeconds,
      serviceLevelTarget,
      serviceLevel,
      observed: onlyObserved,
    },
  };
}

/** Sums of the two live windows as the wire names them. */
function windowFigures(rolling: Float64Array, today: Float64Array): WindowFigures {
  const recent = (place: number): number => rolling[place] ?? 0;
  const ofToday = (place: number): number => today[place] ?? 0;
  return {
    offeredToday: ofToday(SUM.offered),
    answeredToday: ofToday(SUM.answered),
    abandonedToday: ofToday(SUM.abandoned),
    slNumeratorToday: ofToday(SUM.slNumerator),
    slDenominatorToday: ofToday(SUM.slDenominator),
    slNumerator30: recent(SUM.slNumerator),
    slDenominator30: recent(SUM.slDenominator),
    answered30: recent(SUM.answered),
    abandoned30: recent(SUM.abandoned),
    waitSeconds30: Math.round(recent(SUM.waitSeconds)),
    handled30: recent(SUM.handled),
    handleSeconds30: Math.round(recent(SUM.serviceSeconds) + recent(SUM.wrapUpSeconds)),
  };
}

type Waits = Pick<QueueRow, 'waiting' | 'oldestAt' | 'late'>;

// Of a silent source nobody knows who waits now.
function waitsOf(
  queue: Queue | undefined,
  source: SourceState,
  onlyObserved: boolean,
  targetSeconds: number,
  now: number,
): Waits {
  if (source === 'silent') return { waiting: null, oldestAt: null, late: 0 };
  return onlyObserved && queue ? observedWaits(queue) : countedWaits(queue, targetSeconds, now);
}

function countedWaits(queue: Queue | undefined, targetSeconds: number, now: number): Waits {
  let oldestAt: number | null = null;
  let late = 0;
  for (const queuedAt of queue?.waiting.values() ?? []) {
    if (oldestAt === null || queuedAt < oldestAt) oldestAt = queuedAt;
    if (now - queuedAt > targetSeconds * 1_000) late += 1;
  }
  return { waiting: queue?.waiting.size ?? 0, oldestAt, late };
}

// A level feed counts people but names no arrivals: how many are late nobody can say.
function observedWaits({ observed }: Queue): Waits {
  if (observed === null) return { waiting: null, oldestAt: null, late: 0 };
  const longest = observed.longestWaitSeconds;
  return {
    waiting: observed.waiting,
    oldestAt: longest === null || observed.waiting === 0 ? null : observed.at - longest * 1_000,
    late: 0,
  };
}

/** How far what is said of a queue can be trusted now (rules LV3, DQ1). */
export function sourceState(
  state: BranchState,
  profile: BranchProfile,
  queue: Queue | undefined,
  now: number,
): SourceState {
  const source = queue && state.sources.get(queue.source);
  // Nobody ever spoke of it, so it is empty: as long as somebody is there to speak.
  if (!queue || !source) return allSilent(state, profile, now) ? 'silent' : 'live';
  if (isSilent(source, profile, now)) return 'silent';
  if (queue.observed?.isFrozen === true) return 'frozen';
  if (queue.observed !== null && isContradictory(queue.observed)) return 'contradictory';
  return isSkewed(source.clock) ? 'skewed' : 'live';
}

function allSilent({ sources }: BranchState, profile: BranchProfile, now: number): boolean {
  return sources.size > 0 && [...sources.values()].every((source) => isSilent(source, profile, now));
}

/** True when a source missed its own expected interval (rule LV3). */
export const isSilent = (source: Source, profile: BranchProfile, now: number): boolean =>
  now - source.lastHeardAt > profile.expectedSeconds * 1_000;
