/** The what-if twin: a branch simulated from where it stands now, under several plans on the same paths of chance. */
import type { StaffChange, TwinBranch } from './branch.ts';
import { burdenOf } from './burden.ts';
import { difference, type Estimate, meanOf, ratioOf } from './estimates.ts';
import { layOut } from './model.ts';
import { Path } from './path.ts';
import { planFigures, type PlanFigures } from './plan-figures.ts';
import { planGain, type PlanGain } from './plan-gain.ts';
import { requireQuestion, type TwinQuestion } from './question.ts';
import { RandomBits, seedFrom } from './random-bits.ts';
import { Records } from './records.ts';
import { runFor } from './run-for.ts';
import { planStaff } from './staff-plan.ts';

/** Changes to the committed plan; none is the plan as it stands. */
export type TwinPlan = readonly StaffChange[];

export interface TwinAnswer {
  replications: number;
  /** Whether the stop rule was met, not only the most replications reached. */
  precise: boolean;
  /** By plan. */
  plans: PlanFigures[];
  /** By plan after the first, against the first. */
  gains: PlanGain[];
}

/** Replications between looks at the stop rule. */
const LOOK_EVERY = 20;

/**
 * Simulates the plans. Each replication draws who comes, how long each service takes and how long each customer stays
 * once, and lives through it with every plan, so that differences are those of the plans (common random numbers).
 * `rng` gives numbers in [0, 1); replication i is the same however many there are. RangeError when branch, plan or
 * question cannot be.
 */
export function simulate(
  branch: TwinBranch,
  plans: readonly TwinPlan[],
  question: TwinQuestion,
  rng: () => number,
): TwinAnswer {
  requireQuestion(question);
  const model = layOut(branch, question.horizonSeconds);
  const path = new Path(model);
  const tried = plans.map((changes) => ({
    run: runFor(model, planStaff(branch.groups, changes), path),
    records: new Records(model, question),
  }));
  const records = tried.map((one) => one.records);
  const seeds = [seedFrom(rng), seedFrom(rng), seedFrom(rng)] as const;
  const bits = new RandomBits();
  const { fewest, most } = question.stop;
  let replications = 0;
  let precise = false;
  while (replications < most && !precise) {
    bits.reseed(seeds[0], seeds[1], seeds[2] ^ replications);
    path.draw(bits);
    for (const one of tried) {
      one.run.run();
      one.records.add(path, one.run);
    }
    replications++;
    if (replications >= fewest && replications % LOOK_EVERY === 0) precise = isPrecise(records, question);
  }
  const [standing, ...others] = records;
  return {
    replications,
    precise,
    plans: records.map((one) => planFigures(model, question, one)),
    gains: standing === undefined ? [] : others.map((one) => planGain(model, question, standing, one)),
  };
}

function isPrecise(records: readonly Records[], question: TwinQuestion): boolean {
  const { relativeError, absoluteError } = question.stop;
  return watched(records, question).every((output) => {
    if (output === null) return true;
    const { value, standardError } = output;
    return standardError <= Math.max(relativeError * Math.abs(value), absoluteError);
  });
}

/** The output named by the stop rule. */
function watched([standing, ...others]: readonly Records[], question: TwinQuestion): (Estimate | null)[] {
  if (standing === undefined) return [];
  switch (question.stop.output) {
    case 'meanWait':
      return [ratioOf(standing.total('waitSeconds'), standing.total('arrivals'))];
    case 'late':
    case 'abandoned':
      return [meanOf(standing.total(question.stop.output))];
    case 'gain':
      return others.map((one) => meanOf(difference(burdenOf(standing, question), burdenOf(one, question))));
  }
}
