/** What lies ahead of the queues of a hall: the twin run from the state of now, and what is read off its runs. */
import type { TwinBranch } from '../queueing/twin/branch.ts';
import { layOut } from '../queueing/twin/model.ts';
import { Path } from '../queueing/twin/path.ts';
import { RandomBits, seedFrom } from '../queueing/twin/random-bits.ts';
import { runFor } from '../queueing/twin/run-for.ts';
import { planStaff } from '../queueing/twin/staff-plan.ts';
import { AROUND_SECONDS, type CourseStep, STEP_SECONDS, STEPS, WaitCourse } from './wait-course.ts';

/** Warnings look this far ahead, seconds. */
export const WARNING_SECONDS = 1_800;
/** How far arrivals matter, seconds. */
export const HORIZON_SECONDS = STEPS * STEP_SECONDS + AROUND_SECONDS;

/** What is foretold of one queue. */
export interface QueueAhead {
  /** Chance that somebody waits longer than the target within {@link WARNING_SECONDS}, 0–1. */
  breachChance: number;
  /** When that begins in half of all cases, seconds from now; `null` when it does in fewer within the horizon. */
  breachSeconds: number | null;
  /** The wait of one who comes at the end of each step; `null` where nobody comes. */
  course: (CourseStep | null)[];
}

/** How many runs: a few show a calm hall, more are needed to tell chances. */
interface Runs {
  fewest: number;
  most: number;
}
/** 200 runs tell a chance of one half to ±3.5 % (one standard error). */
const USUAL_RUNS: Runs = { fewest: 60, most: 200 };

/** In so few of the first runs a breach is too rare to be looked at closer, and in all but so many too common. */
const RARE_SHARE = 0.02;

/** Foretells every queue of a branch; RangeError when the branch cannot be. */
export function foretell(branch: TwinBranch, rng: () => number, runs: Runs = USUAL_RUNS): QueueAhead[] {
  const model = layOut(branch, HORIZON_SECONDS);
  const path = new Path(model);
  const run = runFor(model, planStaff(branch.groups, []), path);
  const bits = new RandomBits();
  const seeds = [seedFrom(rng), seedFrom(rng), seedFrom(rng)] as const;
  const courses = branch.queues.map(({ targetSeconds }) => new WaitCourse(targetSeconds, runs.most));
  for (let i = 0; i < runs.most; i++) {
    if (i === runs.fewest && courses.every((course) => isClear(course))) break;
    bits.reseed(seeds[0], seeds[1], seeds[2] ^ i);
    path.draw(bits);
    run.run();
    courses.forEach((course, queue) => {
      course.add(path, run.begins, queue);
    });
  }
  return courses.map((course) => ({
    breachChance: course.breachChance(WARNING_SECONDS),
    breachSeconds: course.medianBreach(),
    course: course.steps(),
  }));
}

function isClear(course: WaitCourse): boolean {
  const chance = course.breachChance(HORIZON_SECONDS);
  return chance <= RARE_SHARE || course.breachChance(0) >= 1 - RARE_SHARE;
}
