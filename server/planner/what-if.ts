/** What a plan would do: the twin lives through the next hours with and without it, at the giver's hall too. */
import type { BranchProfile } from '#shared/network.ts';
import type {
  Simulated,
  WhatIfAnswer,
  WhatIfBody,
  WhatIfBranch,
  WhatIfGain,
  WhatIfQueue,
  WhatIfWindow,
} from '#shared/planning.ts';
import { changesOf, giversOf, type HallChanges } from '../domain/prediction/plan-changes.ts';
import type { HallNow } from '../domain/prediction/hall-now.ts';
import type { TwinBranch } from '../domain/queueing/twin/branch.ts';
import type { Estimate } from '../domain/queueing/twin/estimates.ts';
import type { PlanFigures, WindowFigures } from '../domain/queueing/twin/plan-figures.ts';
import type { Gain } from '../domain/queueing/twin/plan-gain.ts';
import { DEFAULT_STOP, type TwinQuestion } from '../domain/queueing/twin/question.ts';
import { seedOf } from '../rng.ts';
import type { Foresight } from './foresight.ts';
import type { TwinPool, TwinResult } from './twin-pool.ts';

export interface WhatIfHall {
  now: HallNow;
  profile: BranchProfile;
}

export interface WhatIfParts {
  /** The hall as it stands; throws RangeError when there is none. */
  hallFor: (branch: string) => WhatIfHall;
  foresight: Foresight;
  twins: TwinPool;
  projectedTo: number;
  now: () => number;
}

const WINDOW_SECONDS = 900;
const MINUTE_SECONDS = 60;
/** Who leaves, and who waits too long, counts as so many seconds of waiting. */
const WEIGHTS = { abandonedSeconds: 600, lateSeconds: 300 };
/** The gain is told to 5 % or a minute of waiting, by so many replications at most. */
const STOP = {
  ...DEFAULT_STOP,
  output: 'gain',
  absoluteError: MINUTE_SECONDS,
  fewest: 100,
  most: 600,
} as const;

let asked = 0;

/** Answers one question. Throws PlanImpossible when a step of the plan cannot be done, RangeError for unknown branches. */
export async function whatIf(
  { branch, plan, minutes }: WhatIfBody,
  parts: WhatIfParts,
): Promise<WhatIfAnswer> {
  const halls = [branch, ...giversOf(plan)].map((id) => ({ id, ...parts.hallFor(id) }));
  const horizonSeconds = minutes * MINUTE_SECONDS;
  const { projectedTo, twins, foresight, now } = parts;
  const tried = halls.map((hall) => ({
    hall,
    changes: changesOf(plan, hall.now, hall.profile, hall.id === branch),
  }));
  const laid = await foresight.twins({ halls: halls.map((hall) => hall.now), projectedTo, horizonSeconds });
  const question = questionFor(horizonSeconds);
  // Each question is a subject of its own: two people may ask about one hall at once.
  const subject = `what-if ${++asked}`;
  const answers = await Promise.all(
    tried.map(({ hall, changes }, i) =>
      simulateHall(hall.now, laid[i], changes, question, twins, subject, now),
    ),
  );
  const [receiver, ...givers] = answers;
  if (receiver === undefined) throw new RangeError(`there is no branch ${branch}`);
  return { receiver, givers };
}

const questionFor = (horizonSeconds: number): TwinQuestion => ({
  horizonSeconds,
  windows: [
    { from: -Infinity, to: 0 },
    ...Array.from({ length: horizonSeconds / WINDOW_SECONDS }, (_, i) => ({
      from: i * WINDOW_SECONDS,
      to: (i + 1) * WINDOW_SECONDS,
    })),
  ],
  instants: [],
  weights: WEIGHTS,
  stop: STOP,
});

async function simulateHall(
  hall: HallNow,
  twin: TwinBranch | undefined,
  { changes, newGroups }: HallChanges,
  question: TwinQuestion,
  twins: TwinPool,
  subject: string,
  now: () => number,
): Promise<WhatIfBranch> {
  if (twin === undefined) throw new RangeError(`there is no branch ${hall.branch}`);
  const result = await twins.run({
    subject: `${subject} ${hall.branch}`,
    version: hall.version,
    stateAt: hall.at,
    branch: withGroups(twin, newGroups),
    plans: [[], changes],
    question,
    seed: seedOf(hall.branch, hall.version),
  });
  return branchAnswer(hall, result, question, now());
}

/** The hall with the groups that the plan makes. */
const withGroups = (twin: TwinBranch, newGroups: readonly number[][]): TwinBranch => ({
  ...twin,
  groups: [
    ...twin.groups,
    ...newGroups.map((queues) => ({ serves: [queues], staff: [[0, 0]] as const, pace: 1, inService: [] })),
  ],
});

function branchAnswer(
  { branch, version, at, queues }: HallNow,
  { answer }: TwinResult,
  question: TwinQuestion,
  now: number,
): WhatIfBranch {
  const [without, tried] = answer.plans;
  const [gain] = answer.gains;
  if (without === undefined || tried === undefined || gain === undefined)
    throw new RangeError('the simulation has no answer');
  return {
    branch,
    asOfVersion: version,
    stateAt: at,
    ageMs: Math.max(0, now - at),
    replications: answer.replications,
    queues: queues.map(({ id }, i): WhatIfQueue => ({
      queue: id,
      without: windowsOf(without, i, question, at),
      with: windowsOf(tried, i, question, at),
      savedSeconds: simulated(gain.waitSecondsByQueue[i] ?? { value: 0, standardError: 0 }),
    })),
    waitSeconds: gainOf(gain.waitSeconds),
    late: gainOf(gain.late),
    abandoned: gainOf(gain.abandoned),
  };
}

function windowsOf(plan: PlanFigures, queue: number, { windows }: TwinQuestion, at: number): WhatIfWindow[] {
  return windows.flatMap(({ from, to }, i) => {
    const figures = plan.windows[queue]?.[i];
    // Those who wait now are in the sums; the course is of those who come.
    if (figures === undefined || from < 0) return [];
    return [{ from: at + from * 1_000, to: at + to * 1_000, ...waitsOf(figures) }];
  });
}

function waitsOf({
  meanWaitSeconds,
  waitSeconds,
  lateShare,
}: WindowFigures): Omit<WhatIfWindow, 'from' | 'to'> {
  const whole = (estimate: Estimate | undefined): number | null =>
    estimate === undefined ? null : Math.round(estimate.value);
  return {
    mean: meanWaitSeconds === null ? null : simulated(meanWaitSeconds),
    p50: whole(waitSeconds?.p50),
    p80: whole(waitSeconds?.p80),
    p95: whole(waitSeconds?.p95),
    late: lateShare === null ? null : simulated(lateShare),
  };
}

const digits = (value: number): number => Number(value.toPrecision(4));
const simulated = ({ value, standardError }: Estimate): Simulated => ({
  value: digits(value),
  error: digits(standardError),
});

const gainOf = ({ value, standardError, p10, p90, helps }: Gain): WhatIfGain => ({
  mean: digits(value),
  error: digits(standardError),
  p10: digits(p10),
  p90: digits(p90),
  helps,
});
