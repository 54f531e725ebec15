import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from '#server/clock.ts';
import { simulate } from '#server/domain/queueing/twin/twin.ts';
import {
  createTwinPool,
  type TwinJob,
  TwinJobDropped,
  type TwinPool,
  TwinThreadDied,
} from '#server/planner/twin-pool.ts';
import { createRng } from '#server/rng.ts';
import { branch, group, must, question, queue } from '../../support/twin-branches.ts';

const NOW = 1_000_000;
const HOUR = 3_600;

const hall = branch(
  [queue({ arrivalRate: [[0, 0.02]], service: { law: 'exponential', mean: 180 }, waitedSeconds: [30] })],
  [group(3)],
);

const job = (told: Partial<TwinJob> = {}): TwinJob => ({
  subject: 'hall',
  version: 7,
  stateAt: NOW - 400,
  branch: hall,
  plans: [[], [{ at: 60, group: 0, change: 1 }]],
  question: question(HOUR, 20),
  seed: 11,
  ...told,
});
/** Takes longer than any test. */
const endless = (told: Partial<TwinJob> = {}): TwinJob => job({ ...told, question: question(HOUR, 1e9) });

let pool: TwinPool | undefined;
afterEach(() => pool?.close());

/** A pool whose threads can be seen. */
function poolOf(threads: number, startThread = productionThread) {
  const started: Worker[] = [];
  const clock = manualClock(NOW);
  pool = createTwinPool({
    clock,
    threads,
    startThread: () => {
      const thread = startThread();
      started.push(thread);
      return thread;
    },
  });
  return { pool, started, clock };
}

const productionThread = (): Worker =>
  new Worker(new URL('../../../server/planner/twin-thread.ts', import.meta.url));

/** A thread that runs this when it gets a job. */
const threadThat = (does: string) => (): Worker =>
  new Worker(`require('node:worker_threads').parentPort.on('message', () => { ${does} })`, { eval: true });

describe('createTwinPool', () => {
  it('answers as the simulation does, with the version and age of the state', async () => {
    const { pool, clock } = poolOf(1);
    const asked = job();
    const answer = pool.run(asked);
    clock.advanceTo(NOW + 100);
    expect(await answer).toEqual({
      version: 7,
      stateAt: NOW - 400,
      ageMs: 500,
      answer: simulate(asked.branch, asked.plans, asked.question, createRng(asked.seed)),
    });
  });

  it('starts no more threads than told, and only when there is something to do', async () => {
    const { pool, started } = poolOf(2);
    expect(started).toHaveLength(0);
    const versions = [1, 2, 3, 4, 5];
    const answers = await Promise.all(
      versions.map((version) => pool.run(job({ subject: `hall ${version}`, version }))),
    );
    expect(answers.map(({ version }) => version)).toEqual(versions);
    expect(started).toHaveLength(2);
  });

  it('drops a job for a newer one on the same subject, be it waiting or under way', async () => {
    const { pool } = poolOf(1);
    const answers = Promise.allSettled(
      [
        job({ version: 1 }),
        job({ subject: 'other', version: 2 }),
        job({ version: 3 }),
        job({ version: 4 }),
      ].map((one) => pool.run(one)),
    );
    const [underWay, other, waiting, last] = await answers;
    for (const dropped of [underWay, waiting]) {
      expect(dropped).toMatchObject({
        status: 'rejected',
        reason: { name: 'TwinJobDropped', reason: 'superseded' },
      });
    }
    expect(other).toMatchObject({ value: { version: 2 } });
    expect(last).toMatchObject({ value: { version: 4 } });
  });

  it('gives up a job that is cancelled and nothing else', async () => {
    const { pool } = poolOf(1);
    const first = pool.run(job());
    const second = pool.run(job({ subject: 'other' }));
    pool.cancel('other');
    pool.cancel('unknown');
    await expect(second).rejects.toThrow(new TwinJobDropped('other', 'cancelled'));
    await expect(first).resolves.toMatchObject({ version: 7 });
  });

  it('refuses what cannot be and goes on', async () => {
    const { pool, started } = poolOf(1);
    const impossible = pool.run(job({ branch: branch([queue()], [group(-1)]) }));
    await expect(impossible).rejects.toThrow(RangeError);
    await expect(impossible).rejects.toThrow(/staff/);
    await expect(pool.run(job())).resolves.toMatchObject({ version: 7 });
    expect(started).toHaveLength(1);
  });

  it('replaces a thread that is killed and fails its job alone', async () => {
    const { pool, started } = poolOf(1);
    const lost = pool.run(endless());
    const next = pool.run(job({ subject: 'other' }));
    const thread = must(started[0]);
    await once(thread, 'online');
    void thread.terminate();
    await expect(lost).rejects.toThrow(TwinThreadDied);
    await expect(next).resolves.toMatchObject({ version: 7 });
    expect(started).toHaveLength(2);
  });

  it.each([
    ['throws', 'throw new Error("broken")'],
    ['exits', 'process.exit(3)'],
  ])('fails the job of a thread that %s', async (_, does) => {
    const { pool, started } = poolOf(1, threadThat(does));
    await expect(pool.run(job())).rejects.toThrow(TwinThreadDied);
    await expect(pool.run(job())).rejects.toThrow(/hall/);
    expect(started).toHaveLength(2);
  });

  it('gives everything up when it is closed', async () => {
    const { pool, started } = poolOf(1);
    const answers = Promise.allSettled([pool.run(endless()), pool.run(job({ subject: 'other' }))]);
    const ended = once(must(started[0]), 'exit');
    await pool.close();
    await ended;
    for (const answer of await answers) expect(answer).toMatchObject({ reason: { reason: 'closed' } });
    await expect(pool.run(job())).rejects.toThrow(TwinJobDropped);
  });
});
