/** What the rules look at: the figure of each rule for each queue, agent and source of a branch. */
import type { AlertRuleId, AlertSubject } from '#shared/alerts.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { QueueRow } from '#shared/views.ts';
import { openingOf } from '../branch/hall-day.ts';
import { isContradictory } from '../branch/queue.ts';
import { skewOf } from '../branch/source-clock.ts';
import type { LiveBranch } from '../live-branch.ts';
import { measureHall } from '../metrics/measure.ts';
import { nobodyWaits } from '../metrics/standstill.ts';

/** A share of fewer contacts says nothing (rule SL3). */
export const ENOUGH = 20;
/** Fewer abandons are not many. */
export const ENOUGH_ABANDONS = 5;

export interface Reading {
  rule: AlertRuleId;
  subject: AlertSubject;
  /** In the unit of the rule; `null` when nobody can know it now. */
  value: number | null;
  /** How fast it grows while nothing is told; without it time alone does not move it steadily. */
  perSecond?: number;
  /** The source it rests on: one that is silent or has stopped explains whatever follows from it (rule AL3). */
  source: string | null;
  /** Of an early warning: when it is most likely to happen, epoch ms; and whether it has. */
  expectedAt?: number | null;
  came?: boolean;
}

/** What is foretold of a queue: the chance of a breach within 30 min, 0–1, and when it is likeliest, epoch ms. */
export type Foretold = (
  branch: string,
  queue: string,
) => { breachProbability: number; breachAt: number | null; madeAt: number } | undefined;

/** The screens of a branch, and for how long each has not said how it is, seconds. */
export type SilentWalls = (branch: string) => readonly { id: string; name: string; silentSeconds: number }[];

/** A prediction older than this says nothing any more, ms. */
const PREDICTION_LIFE_MS = 15 * 60_000;

/** The readings of a branch at `now`; `null` when it is closed and nobody waits: then nothing needs anybody. */
export function readingsOf(
  live: LiveBranch,
  profile: BranchProfile,
  now: number,
  foretold: Foretold,
  walls: SilentWalls,
): Reading[] | null {
  if (isAsleep(live, profile, now)) return null;
  const figures = measureHall(live, profile, now);
  if (figures.status === 'closed') return null;
  return [
    ...figures.queues.flatMap((row) => queueReadings(live, profile, row, now, foretold)),
    ...agentReadings(live, now),
    ...sourceReadings(live, profile, now),
    ...walls(profile.id).map(wallReading),
  ];
}

// Saves measuring halls at night.
function isAsleep({ state }: LiveBranch, profile: BranchProfile, now: number): boolean {
  const opening = openingOf(profile, now);
  if (opening !== null && now >= opening.opensAt && now < opening.closesAt) return false;
  return nobodyWaits(state);
}

function queueReadings(
  { state }: LiveBranch,
  profile: BranchProfile,
  row: QueueRow,
  now: number,
  foretold: Foretold,
): Reading[] {
  const source = state.queues.get(row.id)?.source ?? null;
  const isKnown = row.source === 'live' || row.source === 'skewed';
  const read = (rule: AlertRuleId, value: number, rest: Partial<Reading> = {}): Reading => ({
    rule,
    subject: { kind: 'queue', id: row.id },
    value: isKnown ? value : null,
    source,
    ...rest,
  });
  const ratio = row.oldestAt === null ? 0 : Math.max(0, now - row.oldestAt) / 1_000 / row.targetSeconds;
  return [
    read('waitOverTarget', ratio, { perSecond: row.oldestAt === null ? 0 : 1 / row.targetSeconds }),
    {
      ...read('queueWithoutCounter', row.countersOpen > 0 ? 0 : (row.waiting ?? 0)),
      ...(areCountersKnown(state, row) ? {} : { value: null }),
    },
    read('serviceLevelUnder', underTarget(row)),
    read('manyAbandons', abandonShare(row)),
    ...warning(profile.id, row, ratio, now, foretold).map(({ value, ...rest }) =>
      read('breachSoon', value, rest),
    ),
  ];
}

/** Whether anybody told who serves: where nobody did, nobody can say that a queue lacks a counter. */
function areCountersKnown({ agents, counters, queues }: LiveBranch['state'], row: QueueRow): boolean {
  if (row.observed) return queues.get(row.id)?.observed?.countersOpen != null;
  return counters.size > 0 || agents.size > 0;
}

/** How far the service level of the last 30 min is under its target, ratio. */
function underTarget({ slNumerator30, slDenominator30, serviceLevelTarget }: QueueRow): number {
  if (slDenominator30 < ENOUGH) return 0;
  return Math.max(0, serviceLevelTarget - slNumerator30 / slDenominator30);
}

/** Of those whose wait ended in the last 30 min, the share that left. */
function abandonShare({ answered30, abandoned30 }: QueueRow): number {
  const ended = answered30 + abandoned30;
  return ended < ENOUGH || abandoned30 < ENOUGH_ABANDONS ? 0 : abandoned30 / ended;
}

function warning(
  branch: string,
  row: QueueRow,
  ratio: number,
  now: number,
  foretold: Foretold,
): { value: number; expectedAt: number | null; came: boolean }[] {
  if (ratio > 1) return [{ value: 0, expectedAt: null, came: true }];
  const prediction = foretold(branch, row.id);
  if (prediction === undefined || now - prediction.madeAt > PREDICTION_LIFE_MS) return [];
  return [{ value: prediction.breachProbability, expectedAt: prediction.breachAt, came: false }];
}

const LIMITED = { break: 'breakOver', wrapUp: 'wrapUpOver', serving: 'caseLong' } as const;

function agentReadings({ state }: LiveBranch, now: number): Reading[] {
  return [...state.agents.values()].flatMap(({ id, activity, since, source }) => {
    if (activity !== 'break' && activity !== 'wrapUp' && activity !== 'serving') return [];
    const value = Math.max(0, now - since) / 1_000;
    const subject = { kind: 'agent' as const, id };
    return [{ rule: LIMITED[activity], subject, value, perSecond: 1, source }];
  });
}

const wallReading = ({ id, name, silentSeconds }: ReturnType<SilentWalls>[number]): Reading => ({
  rule: 'wallSilent',
  subject: { kind: 'wall', id, name },
  value: silentSeconds,
  perSecond: 1,
  source: null,
});

function sourceReadings({ state }: LiveBranch, profile: BranchProfile, now: number): Reading[] {
  const stopped = new Set<string>();
  for (const { observed, source } of state.queues.values()) {
    if (observed !== null && (observed.isFrozen || isContradictory(observed))) stopped.add(source);
  }
  return [...state.sources.values()].flatMap(({ id, lastHeardAt, clock }) => {
    const read = (rule: AlertRuleId, value: number, perSecond = 0): Reading => ({
      rule,
      subject: { kind: 'source', id },
      value,
      perSecond,
      source: null,
    });
    return [
      read(
        'sourceSilent',
        (now - lastHeardAt) / 1_000 / profile.expectedSeconds,
        1 / profile.expectedSeconds,
      ),
      read('sourceFrozen', stopped.has(id) ? 1 : 0),
      read('sourceClock', Math.abs(skewOf(clock)) / 1_000),
    ];
  });
}
