/** A thread that runs what-if simulations, one after the other as they are sent. */
import { parentPort } from 'node:worker_threads';
import type { TwinBranch } from '../domain/queueing/twin/branch.ts';
import type { TwinQuestion } from '../domain/queueing/twin/question.ts';
import { simulate, type TwinAnswer, type TwinPlan } from '../domain/queueing/twin/twin.ts';
import { createRng } from '../rng.ts';
import { type CrossedError, crossed } from '../threads/answering.ts';
import { giveWay } from '../threads/give-way.ts';

/** What the thread is told. */
export interface TwinRequest {
  branch: TwinBranch;
  /** The first is the one the others are compared with. */
  plans: readonly TwinPlan[];
  question: TwinQuestion;
  seed: number;
}

/** And what it answers, in the order in which it was told. */
export type TwinReply = { answer: TwinAnswer } | { error: CrossedError };

giveWay();

parentPort?.on('message', ({ branch, plans, question, seed }: TwinRequest) => {
  try {
    const answer = simulate(branch, plans, question, createRng(seed));
    const samples = answer.gains.map(({ burdenSamples }) => burdenSamples.buffer as ArrayBuffer);
    parentPort?.postMessage({ answer } satisfies TwinReply, samples);
  } catch (error) {
    parentPort?.postMessage({ error: crossed(error) } satisfies TwinReply);
  }
});
