import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type OracleFile, readOracles } from '#server/cli/oracle/read-oracles.ts';
import type { TwinBranch } from '#server/domain/queueing/twin/branch.ts';
import type { Estimate } from '#server/domain/queueing/twin/estimates.ts';
import type { TwinQuestion } from '#server/domain/queueing/twin/question.ts';
import { simulate } from '#server/domain/queueing/twin/twin.ts';
import { createRng, seedOf } from '#server/rng.ts';
import { branch, group, must, question, queue } from '../../support/twin-branches.ts';

const FIXTURE = join(import.meta.dirname, '../../fixtures/oracles.json');
const WHOLE = join(import.meta.dirname, '../../../../shared/oracles/oracles.json');
const MINUTE = 60;

const Steps = z.array(z.tuple([z.number(), z.number()]));
const OneQueue = z.object({
  mu: z.number(),
  theta: z.number(),
  horizon: z.number(),
  initial: z.object({ busy: z.number(), queue: z.number() }),
  arrivalRate: Steps,
  servers: Steps,
  T: z.number(),
});
const QueueExpected = z.object({
  grid: z.array(z.object({ t: z.number(), eQueue: z.number() })),
  windows: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      arrivals: z.number(),
      eWait: z.number(),
      pWaitGtT: z.number(),
      pAbandon: z.number(),
      slOffered: z.number(),
    }),
  ),
});
const TwoQueues = z.object({
  servers: z.number(),
  mu: z.number(),
  thetas: z.tuple([z.number(), z.number()]),
  arrivalRates: z.array(z.tuple([z.number(), z.number(), z.number()])),
  initial: z.object({ busy: z.number(), q1: z.number(), q2: z.number() }),
  horizon: z.number(),
});
const TwoExpected = z.object({
  grid: z.array(z.object({ t: z.number(), eQueue1: z.number(), eQueue2: z.number() })),
});

/** Rarer things than this share or number are not normal enough to judge. */
const LEAST = 0.02;

/** How many standard errors each figure is off; what is certain must be exact. */
function errorsOf(pairs: [Estimate | null | undefined, exact: number][]): number[] {
  return pairs
    .filter(([, exact]) => exact >= LEAST)
    .map(([estimate, exact]) => {
      const { value, standardError } = must(estimate);
      if (standardError > 0) return (value - exact) / standardError;
      return value === exact ? 0 : Infinity;
    });
}

const minutes = (steps: [number, number][], scale = 1): [number, number][] =>
  steps.map(([at, value]) => [at * MINUTE, value * scale]);
const patience = (theta: number) =>
  theta > 0 ? ({ law: 'exponential', mean: MINUTE / theta } as const) : ({ law: 'never' } as const);
const inService = (busy: number) => Array.from({ length: busy }, () => ({ queue: 0, elapsedSeconds: 30 }));
const waited = (waiting: number) => Array.from({ length: waiting }, () => 1);

function oneQueue({ input, expected, id }: OracleFile['cases'][number], replications: number): number[] {
  const told = OneQueue.parse(input);
  const { grid, windows } = QueueExpected.parse(expected);
  const made = branch(
    [
      queue({
        arrivalRate: minutes(told.arrivalRate, 1 / MINUTE),
        service: { law: 'exponential', mean: MINUTE / told.mu },
        patience: patience(told.theta),
        targetSeconds: told.T * MINUTE,
        waitedSeconds: waited(told.initial.queue),
      }),
    ],
    [group(0, { staff: minutes(told.servers), inService: inService(told.initial.busy) })],
  );
  const horizon = told.horizon * MINUTE;
  const ask = (told: Partial<TwinQuestion>) => run(made, question(horizon, replications, told), id);
  const lengths = ask({ instants: grid.map(({ t }) => t * MINUTE) }).queueLengths[0] ?? [];
  return [
    ...errorsOf(grid.map(({ eQueue }, i) => [lengths[i]?.mean, eQueue])),
    // The windows of a case overlap, those of a question do not.
    ...windows.flatMap(({ from, to, arrivals, ...exact }) => {
      const window = { from: from * MINUTE, to: to * MINUTE };
      const got = must(ask({ windows: [window] }).windows[0]?.[0]);
      return errorsOf([
        [got.arrivals, arrivals],
        [got.meanWaitSeconds, exact.eWait * MINUTE],
        [got.lateShare, exact.pWaitGtT],
        [got.abandoned, exact.pAbandon * arrivals],
        [got.answeredWithin, exact.slOffered * arrivals],
      ]);
    }),
  ];
}

function twoQueues({ input, expected, id }: OracleFile['cases'][number], replications: number): number[] {
  const { servers, mu, thetas, arrivalRates, initial, horizon } = TwoQueues.parse(input);
  const { grid } = TwoExpected.parse(expected);
  const queues = ([1, 2] as const).map((of) =>
    queue({
      arrivalRate: arrivalRates.map((step) => [step[0] * MINUTE, step[of] / MINUTE]),
      service: { law: 'exponential', mean: MINUTE / mu },
      patience: patience(thetas[of - 1] ?? 0),
      priority: { points: -of, pointsPerMinute: 0 },
      waitedSeconds: waited(of === 1 ? initial.q1 : initial.q2),
    }),
  );
  const made = branch(queues, [group(servers, { serves: [[0, 1]], inService: inService(initial.busy) })]);
  const asked = question(horizon * MINUTE, replications, { instants: grid.map(({ t }) => t * MINUTE) });
  const { queueLengths } = run(made, asked, id);
  return grid.flatMap(({ eQueue1, eQueue2 }, i) =>
    errorsOf([
      [queueLengths[0]?.[i]?.mean, eQueue1],
      [queueLengths[1]?.[i]?.mean, eQueue2],
    ]),
  );
}

const run = (made: TwinBranch, asked: TwinQuestion, id: string) =>
  must(simulate(made, [[]], asked, createRng(seedOf(id))).plans[0]);

/** Errors of all cases the twin can tell: it lets servers finish, so cases that take customers away from them are left out. */
async function errorsIn(file: string, replications: number): Promise<number[]> {
  const { cases } = await readOracles(file);
  return cases.flatMap((one) => {
    if (one.kind === 'transient' && one.input.release === 'exhaustive') return oneQueue(one, replications);
    return one.kind === 'priorityTransient' ? twoQueues(one, replications) : [];
  });
}

const meanSquare = (errors: number[]): number =>
  errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;

describe('the twin from a given state, with rates and staff that change', () => {
  it('agrees with the extract of oracle cases', async () => {
    const errors = await errorsIn(FIXTURE, 1_500);
    expect(errors.length).toBeGreaterThan(50);
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(3.5);
    expect(meanSquare(errors)).toBeLessThan(1.5);
  });

  it.skipIf(!existsSync(WHOLE))(
    'agrees with every oracle case',
    async () => {
      const errors = await errorsIn(WHOLE, 300);
      expect(errors.length).toBeGreaterThan(500);
      expect(Math.max(...errors.map(Math.abs))).toBeLessThan(4.5);
      expect(meanSquare(errors)).toBeLessThan(1.2);
    },
    120_000,
  );
});
