import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StaffChange, TwinBranch } from '#server/domain/queueing/twin/branch.ts';
import type { Column } from '#server/domain/queueing/twin/estimates.ts';
import type { PatienceLaw } from '#server/domain/queueing/twin/laws.ts';
import { EventRun } from '#server/domain/queueing/twin/event-run.ts';
import { FirstComeRun } from '#server/domain/queueing/twin/first-come-run.ts';
import { layOut } from '#server/domain/queueing/twin/model.ts';
import { Path } from '#server/domain/queueing/twin/path.ts';
import { Records } from '#server/domain/queueing/twin/records.ts';
import { RandomBits } from '#server/domain/queueing/twin/random-bits.ts';
import { planStaff } from '#server/domain/queueing/twin/staff-plan.ts';
import { liveThrough } from '../../support/naive-branch.ts';
import { branch, group, question, queue } from '../../support/twin-branches.ts';

const HORIZON = 60;

const patience: fc.Arbitrary<PatienceLaw> = fc.oneof(
  fc.constant<PatienceLaw>({ law: 'never' }),
  fc.constant<PatienceLaw>({ law: 'exponential', mean: 5 }),
  fc.constant<PatienceLaw>({ law: 'balking', balk: 0.3, others: { law: 'fixed', seconds: 4 } }),
);

const queues = fc.array(
  fc.record({
    rate: fc.double({ min: 0.02, max: 0.5, noNaN: true }),
    rateLater: fc.double({ min: 0, max: 0.5, noNaN: true }),
    patience,
    points: fc.integer({ min: 0, max: 2 }),
    pointsPerMinute: fc.constantFrom(0, 1, 30),
    waited: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 4 },
);

const groups = fc.array(
  fc.record({
    tiers: fc.array(fc.array(fc.nat(3), { maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    staff: fc.integer({ min: 0, max: 4 }),
    staffLater: fc.integer({ min: 0, max: 4 }),
    busy: fc.integer({ min: 0, max: 5 }),
    pace: fc.constantFrom(0.8, 1, 1.5),
    moves: fc.array(fc.integer({ min: -5, max: 50 }), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/**
 * Branches of all kinds with a plan that takes nobody away who is not there. No two customers wait equally long, and no
 * servers of two groups come free at the same moment while somebody waits: who is first then is left open.
 */
const anyCase = fc.record({ queues, groups, seed: fc.nat() }).map(({ queues, groups, seed }) => {
  const served = (tiers: number[][]) => {
    const seen = new Set<number>();
    return tiers.map((tier) => tier.filter((one) => one < queues.length && !seen.has(one) && seen.add(one)));
  };
  const free = groups.filter(
    ({ staff, busy, moves }) => staff + moves.filter((at) => at <= 0).length > busy,
  ).length;
  const made: TwinBranch = branch(
    queues.map(({ rate, rateLater, patience, points, pointsPerMinute, waited }, i) =>
      queue({
        arrivalRate: [
          [0, rate],
          [20, rateLater],
        ],
        service: { law: 'lognormal', mean: 4, variation: 0.8 },
        patience,
        priority: { points, pointsPerMinute },
        waitedSeconds: free > 1 ? [] : waited.map((seconds, k) => seconds + (i + 1) / 8 + k / 32),
      }),
    ),
    groups.map(({ tiers, staff, staffLater, busy, pace }, i) =>
      group(staff, {
        serves: served(tiers),
        staff: [
          [0, staff],
          [30 + i / 8, staffLater],
        ],
        pace,
        inService: Array.from({ length: busy }, (_, k) => ({ queue: k % queues.length, elapsedSeconds: k })),
      }),
    ),
  );
  // Comes and goes again: never fewer than none.
  const changes = groups.flatMap(({ moves }, i) =>
    moves.flatMap((at): StaffChange[] => [
      { at: at + i / 16, group: i, change: 1 },
      { at: at + 12, group: i, change: -1 },
    ]),
  );
  return { made, changes, seed };
});

interface Case {
  made: TwinBranch;
  changes: StaffChange[];
  seed: number;
}

/** Each group takes whoever came first of all its queues. */
const anyFirstCome = anyCase.map((one): Case => {
  const { queues, groups, dayFactor } = one.made;
  const made = branch(
    queues.map((each) => ({ ...each, priority: { points: 0, pointsPerMinute: 1 } })),
    groups.map((each) => ({ ...each, serves: [each.serves.flat()] })),
    dayFactor,
  );
  return { ...one, made };
});

function lived({ made, changes, seed }: Case, Run: typeof EventRun | typeof FirstComeRun = EventRun) {
  const model = layOut(made, HORIZON);
  const path = new Path(model);
  const run = new Run(model, planStaff(made.groups, changes), path);
  const bits = new RandomBits();
  bits.reseed(seed, 1, 2);
  // The second path shows what the first one left behind.
  for (let i = 0; i < 2; i++) {
    path.draw(bits);
    run.run();
  }
  const begins = [...run.begins.subarray(0, path.count)];
  return { model, path, run, begins };
}

describe('EventRun', () => {
  it('serves each customer when the rules, followed plainly, say so', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { path, begins } = lived(one);
        expect(begins).toEqual(liveThrough(one.made, one.changes, path).map((customer) => customer.begins));
      }),
      { numRuns: 400 },
    );
  });

  it('counts servers at work and without a customer as they were', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { run } = lived(one);
        run.staffed.forEach((staffed, i) => {
          const unused = run.unused[i] ?? NaN;
          expect(unused).toBeGreaterThanOrEqual(-1e-9);
          expect(unused).toBeLessThanOrEqual(staffed + 1e-9);
        });
      }),
    );
  });
});

describe('FirstComeRun', () => {
  it('serves each customer when the rules, followed plainly, say so', () => {
    fc.assert(
      fc.property(anyFirstCome, (one) => {
        const { path, begins } = lived(one, FirstComeRun);
        expect(begins).toEqual(liveThrough(one.made, one.changes, path).map((customer) => customer.begins));
      }),
      { numRuns: 400 },
    );
  });

  it('is the same as going from event to event', () => {
    fc.assert(
      fc.property(anyFirstCome, (one) => {
        const customers = lived(one, FirstComeRun);
        const events = lived(one, EventRun);
        expect(customers.model.isFirstCome).toBe(true);
        expect(customers.begins).toEqual(events.begins);
        for (const figure of ['staffed', 'unused'] as const) {
          customers.run[figure].forEach((seconds, group) => {
            expect(seconds).toBeCloseTo(events.run[figure][group] ?? NaN, 6);
          });
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('Records', () => {
  const TARGET = 3;
  const windows = [
    { from: -Infinity, to: 0 },
    { from: 5, to: 40 },
    { from: 40, to: 55 },
  ];
  const instants = [0, 7, 30, 31, 60];

  it('count what became of each customer, by queue and window of arrival', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const made = { ...one.made, queues: one.made.queues.map((q) => ({ ...q, targetSeconds: TARGET })) };
        const { model, path, run } = lived({ ...one, made });
        const records = new Records(model, question(HORIZON, 2, { windows, instants }));
        records.add(path, run);
        const first = (column: Column) => column[0] ?? NaN;
        const customers = liveThrough(made, one.changes, path).map((customer) => {
          const over = Math.min(customer.begins, customer.deadline);
          const wait = (over === Infinity ? HORIZON : over) - customer.arrival;
          return { ...customer, over, wait };
        });
        made.queues.forEach((_, queue) => {
          windows.forEach(({ from, to }, window) => {
            const some = customers.filter(
              (one) => one.queue === queue && one.arrival >= from && one.arrival < to,
            );
            const count = (holds: (one: (typeof some)[number]) => boolean) => some.filter(holds).length;
            const column = (field: Parameters<typeof records.cellColumn>[1]) =>
              first(records.cellColumn(queue * windows.length + window, field));
            expect({
              arrivals: column('arrivals'),
              late: column('late'),
              abandoned: column('abandoned'),
              answeredWithin: column('answeredWithin'),
              unserved: column('unserved'),
            }).toEqual({
              arrivals: some.length,
              late: count(({ wait, over }) => wait > TARGET || over === Infinity),
              abandoned: count(({ begins, over }) => begins === Infinity && over < Infinity),
              answeredWithin: count(({ begins, wait }) => begins < Infinity && wait <= TARGET),
              unserved: count(({ over }) => over === Infinity),
            });
            const waited = some.reduce((sum, { wait }) => sum + wait, 0);
            expect(column('waitSeconds')).toBeCloseTo(waited, 6);
          });
          instants.forEach((at, i) => {
            const there = customers.filter(
              (one) => one.queue === queue && one.arrival <= at && one.over > at,
            );
            expect(first(records.lengthColumn(queue, i))).toBe(there.length);
          });
        });
      }),
      { numRuns: 200 },
    );
  });
});
