/** Everything a branch has learned about its waits, and the estimates whose waits are not over yet. */
import type { Channel } from '#shared/events.ts';
import type { Outcome } from '../branch/outcome.ts';
import type { Accuracies } from './accuracy.ts';
import { type Bias, noBias } from './bias.ts';
import { type Blend, newBlend } from './blend.ts';
import { type Correction, newCorrection } from './correction.ts';
import { EVIDENCE_SIZE } from './evidence.ts';
import { type HandlingRecords, learnService, learnWrapUp } from './handling-time.ts';
import { learnWait, type PatienceRecords } from './patience-record.ts';
import { learnServed, type ServingRecords } from './serving-record.ts';
import { newSpread, type Spread } from './spread.ts';
import { UNNAMED, type UnnamedServer } from './unnamed-servers.ts';
import { learnStart, type Trends } from './trend.ts';

/** An estimate as it was made, with what it was made from. */
export interface Basis {
  queue: string;
  priority: number;
  /** Start of the wait, epoch ms. */
  queuedAt: number;
  /** Mean wait as estimated, and a middling one of the queue, seconds. */
  mean: number;
  usual: number;
  /** By the theory alone, and bent by the correction, seconds. */
  theory: number;
  bent: number;
  ahead: number;
  evidence: readonly number[];
  /** In the order of LEVELS, seconds. */
  quantiles: readonly number[];
}

/** What was said to one who waits: at the beginning, and once more at a later moment (epoch ms). */
export interface OpenEstimates {
  first: Basis;
  later: { at: number; said: Basis } | null;
}

/** Plain data that belongs to the fold of the branch, as its figures do. */
export interface WaitRecord {
  channel: Channel;
  handling: HandlingRecords;
  patience: PatienceRecords;
  serving: ServingRecords;
  unnamed: UnnamedServer[];
  trends: Trends;
  correction: Correction;
  blend: Blend;
  /** How far waits lie from the estimate when they begin, and how further waits do later on, and are off on the whole. */
  spread: Spread;
  laterSpread: Spread;
  laterBias: Bias;
  accuracies: Accuracies;
  /** Estimates of those who still wait, by contact. */
  open: Map<string, OpenEstimates>;
  /** Waits estimated so far: whose turn it is to be estimated again, so that the record tells of all. */
  turn: number;
  /** Waits that begin before this are not estimated, epoch ms. */
  restUntil: number;
  /** When records of what is gone were last looked for, epoch ms. */
  sweptAt: number;
}

export const newWaitRecord = (channel: Channel): WaitRecord => ({
  channel,
  handling: new Map(),
  patience: new Map(),
  serving: new Map(),
  unnamed: [],
  trends: new Map(),
  correction: newCorrection(EVIDENCE_SIZE),
  blend: newBlend(),
  spread: newSpread(),
  laterSpread: newSpread(),
  laterBias: noBias(),
  accuracies: new Map(),
  open: new Map(),
  turn: 0,
  restUntil: 0,
  sweptAt: 0,
});

/** Who is answered within this did not wait, seconds. */
const AT_ONCE_SECONDS = 1;

export const isWait = (seconds: number): boolean => seconds >= AT_ONCE_SECONDS;

/** Takes in one thing that became countable. */
export function learnOutcome(record: WaitRecord, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'answered':
      learnStart(record.trends, outcome.queue, !isWait(outcome.waitSeconds), outcome.at);
      if (isWait(outcome.waitSeconds)) learnWait(record.patience, outcome.queue, outcome.waitSeconds, false);
      return;
    case 'abandoned':
      learnWait(record.patience, outcome.queue, outcome.waitSeconds, true);
      return;
    case 'handled': {
      const { queue, serviceSeconds, at } = outcome;
      learnService(record.handling, queue, serviceSeconds);
      if (queue !== null) learnServed(record.serving, outcome.counter ?? outcome.agent ?? UNNAMED, queue, at);
      return;
    }
    case 'wrappedUp':
      learnWrapUp(record.handling, outcome.queue, outcome.wrapUpSeconds);
      return;
    case 'offered':
    case 'rerouted':
    case 'missed':
    case 'rated':
    case 'agentSpent':
    case 'counterSpent':
    case 'observed':
    case 'visit':
    case 'heard':
    case 'implied':
    case 'unfinished':
    case 'refused':
    case 'alert':
    case 'move':
      return;
    default:
      outcome satisfies never;
  }
}
