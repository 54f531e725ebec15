import { createRng } from '../../rng.ts';
import type { TwinBranch, TwinGroup, TwinQueue } from '../../domain/queueing/twin/branch.ts';
import type { TwinQuestion } from '../../domain/queueing/twin/question.ts';
import { simulate, type TwinPlan } from '../../domain/queueing/twin/twin.ts';
import { printResult, progress } from '../result.ts';
import { rounded } from './percentiles.ts';
import { microsecondsOf } from './stopwatch.ts';

/** Time for 100 replications of one plan of a hall over four hours, ms. */
const HALL_TARGET_MS = 2;
const REPLICATIONS = 100;
/** Of a contact center fewer are timed, and less often, as each takes 100 times as long. */
const CENTRE = { replications: 5, batches: 60 };
const SEED = 1;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const QUARTER = 15 * MINUTE;

interface Scenario {
  branch: TwinBranch;
  hours: number;
  timed?: typeof CENTRE;
  /** The plan compared with that of the branch. */
  plan: TwinPlan;
}

/** Arrivals that swell and ebb by 30 % within four hours, in quarters of an hour. */
const wave = (perMinute: number): [number, number][] =>
  Array.from({ length: 16 }, (_, i) => [
    i * QUARTER,
    (perMinute / MINUTE) * (1 + 0.3 * Math.sin((2 * Math.PI * (i + 0.5)) / 16)),
  ]);

const queue = (perMinute: number, serviceMinutes: number, patienceMinutes: number): TwinQueue => ({
  arrivalRate: wave(perMinute),
  service: { law: 'lognormal', mean: serviceMinutes * MINUTE, variation: 0.8 },
  patience: { law: 'exponential', mean: patienceMinutes * MINUTE },
  priority: { points: 0, pointsPerMinute: 1 },
  targetSeconds: 10 * MINUTE,
  waitedSeconds: [],
});

const group = (serves: number[][], servers: number, busy = servers): TwinGroup => ({
  serves,
  staff: [[0, servers]],
  pace: 1,
  inService: Array.from({ length: busy }, (_, i) => ({
    queue: serves[0]?.[i % (serves[0]?.length ?? 1)] ?? 0,
    elapsedSeconds: (i % 8) * MINUTE,
  })),
});

/** 8 counters, 4 services, 3 sets of skills of which one has a second choice; load 0.85. */
const hall: TwinBranch = {
  queues: [queue(0.4, 5, 30), queue(0.28, 7, 30), queue(0.18, 9, 40), queue(0.1, 12, 40)].map((one, i) => ({
    ...one,
    waitedSeconds: [8 * MINUTE, 2 * MINUTE].slice(i % 2),
  })),
  groups: [group([[0, 1, 2, 3]], 4), group([[0, 1]], 2), group([[2, 3], [1]], 2)],
  dayFactor: { shape: 100, rate: 100 },
};

/** The same with one tier a group, so that everybody is served in order of arrival: how halls are seen in production. */
const inOrder: TwinBranch = {
  ...hall,
  groups: hall.groups.map((one) => ({ ...one, serves: [one.serves.flat()] })),
};

/** 4 counters, one service; load 0.9. */
const single: TwinBranch = {
  queues: [{ ...queue(0.6, 6, 30), waitedSeconds: [5 * MINUTE, MINUTE] }],
  groups: [group([[0]], 4)],
  dayFactor: null,
};

/** 200 agents, 4 classes, 5 sets of skills; 9,600 calls in four hours. */
const centre: TwinBranch = {
  queues: [queue(16, 5, 3), queue(12, 5, 3), queue(8, 5, 3), queue(4, 5, 3)],
  groups: [
    group([[0]], 50, 47),
    group([[1]], 40, 38),
    group([[0, 1]], 40, 38),
    group([[2, 3]], 40, 38),
    group([[0, 1, 2, 3]], 30, 28),
  ],
  dayFactor: { shape: 400, rate: 400 },
};

const oneMore: TwinPlan = [{ at: 10 * MINUTE, group: 0, change: 1 }];

const scenarios: Record<string, Scenario> = {
  hall4h: { branch: hall, hours: 4, plan: oneMore },
  inOrder4h: { branch: inOrder, hours: 4, plan: oneMore },
  hall1h: { branch: hall, hours: 1, plan: oneMore },
  single4h: { branch: single, hours: 4, plan: oneMore },
  centre200: { branch: centre, hours: 4, plan: oneMore, timed: CENTRE },
};

const questionFor = (hours: number, replications: number): TwinQuestion => ({
  horizonSeconds: hours * HOUR,
  windows: [
    { from: -Infinity, to: 0 },
    ...Array.from({ length: hours }, (_, i) => ({ from: i * HOUR, to: (i + 1) * HOUR })),
  ],
  instants: Array.from({ length: 2 * hours }, (_, i) => (i + 1) * (HOUR / 2)),
  weights: { abandonedSeconds: 0, lateSeconds: 0 },
  stop: {
    output: 'meanWait',
    relativeError: 0,
    absoluteError: 0,
    fewest: replications,
    most: replications,
  },
});

/** `muster bench twin`: what a replication costs, all statistics included, and how much is known after a hundred. */
export function benchTwin(): void {
  const onePlan: Record<string, number> = {};
  const fourPlans: Record<string, number> = {};
  const errors: Record<string, { waited: number; gain: number; varianceRatio: number }> = {};
  for (const [name, { branch, hours, plan, timed }] of Object.entries(scenarios)) {
    const question = questionFor(hours, timed?.replications ?? REPLICATIONS);
    let seed = SEED;
    const cost = (plans: readonly TwinPlan[]) => {
      const run = () => simulate(branch, plans, question, createRng(seed++));
      return rounded(microsecondsOf(run, timed?.batches) / question.stop.most / plans.length);
    };
    onePlan[name] = cost([[]]);
    fourPlans[name] = cost([[], plan, [...plan, ...plan], [...plan, ...plan, ...plan]]);
    errors[name] = errorsOf(branch, plan, questionFor(hours, REPLICATIONS));
    progress(`${name}: ${onePlan[name]} µs a replication, ${fourPlans[name]} µs a plan with four plans`);
  }
  const of100Ms = (name: string): number => rounded(((onePlan[name] ?? NaN) * REPLICATIONS) / 1_000);
  const hallOf100Ms = of100Ms('hall4h');
  printResult({
    ok: hallOf100Ms <= HALL_TARGET_MS,
    hallOf100Ms,
    hallInOrderOf100Ms: of100Ms('inOrder4h'),
    microsecondsPerReplication: onePlan,
    microsecondsPerReplicationAndPlan: fourPlans,
    after100: errors,
    dataset: 'bench twin',
    seed: SEED,
  });
}

/** Relative standard errors of the time waited and of what a plan saves, and what common paths save in variance. */
function errorsOf(branch: TwinBranch, plan: TwinPlan, question: TwinQuestion) {
  const { plans, gains } = simulate(branch, [[], plan], question, createRng(SEED));
  const gain = gains[0]?.burden ?? { value: NaN, standardError: NaN };
  const [standing] = plans;
  const apart = plans.reduce((sum, { burden }) => sum + burden.standardError ** 2, 0);
  return {
    waited: rounded((standing?.burden.standardError ?? NaN) / (standing?.burden.value ?? NaN)),
    gain: rounded(gain.standardError / gain.value),
    varianceRatio: rounded(apart / gain.standardError ** 2),
  };
}
