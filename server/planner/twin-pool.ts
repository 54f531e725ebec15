/** What-if simulations on threads of their own, so that the loop that serves screens never waits for one. */
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import type { TwinAnswer } from '../domain/queueing/twin/twin.ts';
import type { CrossedError } from '../threads/answering.ts';
import { startThread as startScript } from '../threads/asked-thread.ts';
import type { TwinReply, TwinRequest } from './twin-thread.ts';

export interface TwinJob extends TwinRequest {
  /** What the answer is for; a newer job on the same subject makes this one pointless. */
  subject: string;
  /** Version of the branch's state, and the moment it shows, epoch ms. */
  version: number;
  stateAt: number;
}

export interface TwinResult {
  version: number;
  stateAt: number;
  /** How old the state was when the answer came, ms. */
  ageMs: number;
  answer: TwinAnswer;
}

/** The job was given up before its answer came; nothing went wrong. */
export class TwinJobDropped extends Error {
  override name = 'TwinJobDropped';
  readonly reason: 'superseded' | 'cancelled' | 'closed';

  constructor(subject: string, reason: TwinJobDropped['reason']) {
    super(`the simulation of ${subject} was ${reason}`);
    this.reason = reason;
  }
}

/** The thread ended while it ran the job; another one takes its place. */
export class TwinThreadDied extends Error {
  override name = 'TwinThreadDied';
}

export interface TwinPool {
  /**
   * Runs a job as soon as a thread is free. Rejects with TwinJobDropped when given up, TwinThreadDied when its thread
   * ended, RangeError when branch, plans or question cannot be.
   */
  run(job: TwinJob): Promise<TwinResult>;
  /** Gives up the job on a subject, if there is one. */
  cancel(subject: string): void;
  /** Gives up all jobs and ends the threads. */
  close(): Promise<void>;
}

export interface TwinPoolOptions {
  clock: Clock;
  /** One less than the processors, at least one, unless told otherwise. */
  threads?: number;
  startThread?: () => Worker;
}

interface Job extends TwinJob {
  resolve: (result: TwinResult) => void;
  reject: (error: Error) => void;
}

interface Thread {
  worker: Worker;
  /** The job it runs; it runs on even when that was given up. */
  running: Job | null;
}

const twinThread = (): Worker => startScript(new URL('./twin-thread.ts', import.meta.url));

export function createTwinPool({
  clock,
  threads: most = Math.max(1, availableParallelism() - 1),
  startThread = twinThread,
}: TwinPoolOptions): TwinPool {
  const threads = new Set<Thread>();
  /** Jobs whose answer somebody waits for, by subject; those without a thread in order of arrival. */
  const wanted = new Map<string, Job>();
  const queued = new Set<Job>();
  let closed = false;

  const settle = (job: Job, settling: () => void): void => {
    if (wanted.get(job.subject) !== job) return;
    wanted.delete(job.subject);
    settling();
  };
  const drop = (subject: string, reason: TwinJobDropped['reason']): void => {
    const job = wanted.get(subject);
    if (job === undefined) return;
    queued.delete(job);
    settle(job, () => {
      job.reject(new TwinJobDropped(subject, reason));
    });
  };

  const start = (): Thread => {
    const thread: Thread = { worker: startThread(), running: null };
    threads.add(thread);
    thread.worker.on('message', (reply: TwinReply) => {
      const job = thread.running;
      thread.running = null;
      // A process that waits for no answer may end.
      thread.worker.unref();
      if (job !== null) settle(job, () => answer(job, reply));
      assign();
    });
    const died = (cause?: unknown): void => {
      if (!threads.delete(thread)) return;
      const job = thread.running;
      if (job !== null) {
        settle(job, () => {
          job.reject(new TwinThreadDied(`the thread of ${job.subject} died`, { cause }));
        });
      }
      assign();
    };
    thread.worker.on('error', died);
    thread.worker.on('exit', () => {
      died();
    });
    return thread;
  };

  const answer = ({ version, stateAt, resolve, reject }: Job, reply: TwinReply): void => {
    if ('error' in reply) reject(revived(reply.error));
    else resolve({ version, stateAt, ageMs: clock.now() - stateAt, answer: reply.answer });
  };

  const assign = (): void => {
    for (const job of queued) {
      const idle = [...threads].find(({ running }) => running === null);
      if (idle === undefined && threads.size >= most) return;
      const thread = idle ?? start();
      queued.delete(job);
      thread.running = job;
      const { branch, plans, question, seed } = job;
      thread.worker.ref();
      thread.worker.postMessage({ branch, plans, question, seed } satisfies TwinRequest);
    }
  };

  return {
    run(job) {
      if (closed) return Promise.reject(new TwinJobDropped(job.subject, 'closed'));
      drop(job.subject, 'superseded');
      return new Promise((resolve, reject) => {
        const one: Job = { ...job, resolve, reject };
        wanted.set(job.subject, one);
        queued.add(one);
        assign();
      });
    },
    cancel(subject) {
      drop(subject, 'cancelled');
    },
    async close() {
      closed = true;
      for (const subject of [...wanted.keys()]) drop(subject, 'closed');
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

function revived({ name, message }: CrossedError): Error {
  return name === 'RangeError' ? new RangeError(message) : new Error(`${name}: ${message}`);
}
