/** What an outcome adds to the sums of its queue, and at which times; whoever keeps sums says where they go. */
import type { Outcome } from '../branch/outcome.ts';
import type { Judgement } from './definitions.ts';
import { waitBucket } from './interval.ts';
import { SUM } from './packed-sums.ts';
import { SERVICE_LEVELS, type Share } from './service-level.ts';

/** Keeps sums of one queue, by their place (see {@link SUM}); `at` is the time an addend counts at, epoch ms. */
export interface Tally {
  add(place: number, at: number, value: number): void;
  /** A candidate for a maximum. */
  most(place: number, at: number, value: number): void;
  /** The wait of one who was answered, as its bucket of the histogram. */
  wait(bucket: number, at: number): void;
}

/** An outcome that belongs to a queue. */
export type QueueOutcome = Extract<
  Outcome,
  { kind: 'offered' | 'answered' | 'abandoned' | 'rerouted' | 'missed' | 'handled' | 'wrappedUp' | 'rated' }
>;

/** Counts one outcome (rules SL1, WT1–WT4, AB1, HT1, WN1); `judgeAt` says how the queue is judged at a time (AS3). */
export function countOutcome(tally: Tally, outcome: QueueOutcome, judgeAt: (at: number) => Judgement): void {
  const { at } = outcome;
  switch (outcome.kind) {
    case 'offered':
      tally.add(SUM.offered, at, 1);
      return;
    case 'answered':
    case 'abandoned':
      countWaited(tally, outcome, judgeAt(at), judgeAt(outcome.queuedAt));
      return;
    case 'rerouted':
      tally.add(SUM.rerouted, at, 1);
      return;
    case 'missed':
      tally.add(SUM.missed, at, 1);
      return;
    case 'handled':
      tally.add(SUM.handled, at, 1);
      tally.add(SUM.serviceSeconds, at, outcome.serviceSeconds);
      tally.add(SUM.holdSeconds, at, outcome.holdSeconds);
      return;
    case 'wrappedUp':
      tally.add(SUM.wrapUpSeconds, at, outcome.wrapUpSeconds);
      return;
    case 'rated':
      tally.add(SUM.rated, at, 1);
      tally.add(SUM.ratingSum, at, outcome.score);
      return;
    default:
      outcome satisfies never;
  }
}

type WaitOutcome = Extract<Outcome, { kind: 'answered' | 'abandoned' }>;

/** In both series; days on which it is judged otherwise may lie between arrival and end. */
function countWaited(tally: Tally, outcome: WaitOutcome, atEnd: Judgement, atArrival: Judgement): void {
  const byEnd = judged(outcome, atEnd);
  countWait(tally, outcome, byEnd);
  countArrival(tally, outcome, atArrival === atEnd ? byEnd : judged(outcome, atArrival));
}

/** By the end of the wait. */
function countWait(tally: Tally, outcome: WaitOutcome, { within, short, level }: Judged): void {
  const { at, waitSeconds } = outcome;
  tally.most(SUM.waitSecondsMax, at, waitSeconds);
  tally.add(SUM.slNumerator, at, level.numerator);
  tally.add(SUM.slDenominator, at, level.denominator);
  if (outcome.kind === 'answered') {
    tally.add(SUM.answered, at, 1);
    tally.add(SUM.answeredWithin, at, within);
    tally.add(SUM.waitSeconds, at, waitSeconds);
    tally.add(SUM.totalWaitSeconds, at, outcome.totalWaitSeconds);
    tally.wait(waitBucket(waitSeconds), at);
    if (outcome.answerSeconds === null) return;
    tally.add(SUM.answerTimes, at, 1);
    tally.add(SUM.answerSeconds, at, outcome.answerSeconds);
  } else {
    tally.add(SUM.abandoned, at, 1);
    tally.add(SUM.abandonedWithin, at, within);
    tally.add(SUM.shortAbandoned, at, short);
    tally.add(SUM.abandonWaitSeconds, at, waitSeconds);
  }
}

/** By arrival. */
function countArrival(tally: Tally, outcome: WaitOutcome, { within, short, level }: Judged): void {
  const { queuedAt: at, waitSeconds } = outcome;
  tally.add(SUM.arrivedSlNumerator, at, level.numerator);
  tally.add(SUM.arrivedSlDenominator, at, level.denominator);
  if (outcome.kind === 'answered') {
    tally.add(SUM.arrivedAnswered, at, 1);
    tally.add(SUM.arrivedAnsweredWithin, at, within);
    tally.add(SUM.arrivedWaitSeconds, at, waitSeconds);
  } else {
    tally.add(SUM.arrivedAbandoned, at, 1);
    tally.add(SUM.arrivedAbandonedWithin, at, within);
    tally.add(SUM.arrivedShortAbandoned, at, short);
    tally.add(SUM.arrivedAbandonWaitSeconds, at, waitSeconds);
  }
}

/** One contact by the limits and the formula of its queue; each number is 0 or 1. */
interface Judged {
  within: number;
  short: number;
  level: Share;
}

function judged({ kind, waitSeconds }: WaitOutcome, judgement: Judgement): Judged {
  const answered = kind === 'answered' ? 1 : 0;
  const within = waitSeconds <= judgement.thresholdSeconds ? 1 : 0;
  const short = answered === 0 && waitSeconds <= judgement.shortAbandonSeconds ? 1 : 0;
  const level = SERVICE_LEVELS[judgement.serviceLevel]({
    answered,
    answeredWithin: answered * within,
    abandoned: 1 - answered,
    abandonedWithin: (1 - answered) * within,
    shortAbandoned: short,
  });
  return { within, short, level };
}

type Observed = Extract<Outcome, { kind: 'observed' }>;

/**
 * Counts how long a level feed stood by its word, cut into pieces of `stepMs`. Longer than `expectedMs` after it was
 * said it is worth nothing: silence is not knowledge (rule LV3).
 */
export function countObserved(tally: Tally, outcome: Observed, expectedMs: number, stepMs: number): void {
  const { at, waiting, countersOpen, tickets } = outcome;
  const worthUntil = at + expectedMs;
  for (const piece of pieces(Math.min(outcome.from, worthUntil), Math.min(outcome.to, worthUntil), stepMs)) {
    const seconds = piece.ms / 1_000;
    tally.add(SUM.observedSeconds, piece.at, seconds);
    tally.add(SUM.observedWaitingSeconds, piece.at, seconds * waiting);
    if (seconds > 0) tally.most(SUM.observedWaitingMax, piece.at, waiting);
    if (countersOpen === null) continue;
    tally.add(SUM.observedCountersKnownSeconds, piece.at, seconds);
    tally.add(SUM.observedCountersSeconds, piece.at, seconds * countersOpen);
  }
  if (tickets === null || outcome.to > worthUntil) return;
  tally.add(SUM.observedTickets, outcome.to, tickets);
  tally.add(SUM.observedTicketsKnownSeconds, outcome.to, (outcome.to - at) / 1_000);
}

/** A stretch of time within one step: where it begins, and how long it is; below zero when it takes time away. */
export interface Piece {
  at: number;
  ms: number;
}

/** Cuts a stretch at the multiples of `stepMs`; one that runs backwards gives pieces below zero. */
export function pieces(from: number, to: number, stepMs: number): Piece[] {
  const sign = to < from ? -1 : 1;
  const end = Math.max(from, to);
  const all: Piece[] = [];
  for (let at = Math.min(from, to); at < end;) {
    const next = Math.min(end, at - (at % stepMs) + stepMs);
    all.push({ at, ms: sign * (next - at) });
    at = next;
  }
  return all;
}
