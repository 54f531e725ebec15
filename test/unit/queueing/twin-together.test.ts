import { expect, it } from 'vitest';
import { simulate } from '#server/domain/queueing/twin/twin.ts';
import { createRng } from '#server/rng.ts';
import { branch, group, must, question, queue } from '../../support/twin-branches.ts';

const HOUR = 3_600;
const service = { law: 'lognormal', mean: 360, variation: 0.8 } as const;

/** Two services at the same counters, the first of them with a line. */
const hall = branch(
  [
    queue({ arrivalRate: [[0, 1 / 150]], service, waitedSeconds: [400, 90] }),
    queue({ arrivalRate: [[0, 1 / 300]], service }),
  ],
  [group(3, { serves: [[0, 1]] }), group(1, { serves: [[1]] })],
);
const windows = [
  { from: 0, to: HOUR },
  { from: HOUR, to: 2 * HOUR },
];

it('tells of several queues together, of one alone as of itself', () => {
  const asked = { ...question(2 * HOUR, 200, { windows }), together: [[0], [0, 1]] };
  const { together, windows: told } = must(simulate(hall, [[]], asked, createRng(1)).plans[0]);
  const ranges = told.map((row) => row.map(({ meanWaitRange }) => meanWaitRange));
  expect(together[0]).toEqual(ranges[0]);
  const [one, both, other] = [together[0], together[1], ranges[1]].map((each) => must(each?.[1]).middle);
  expect(both).toBeGreaterThan(Math.min(one ?? 0, other ?? 0));
  expect(both).toBeLessThan(Math.max(one ?? 0, other ?? 0));
});
