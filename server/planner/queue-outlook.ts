/** What the twin foretells of a queue, as it crosses the wire. */
import type { QueueOutlook, WaitStep } from '#shared/planning.ts';
import type { HallNow, QueueNow } from '../domain/prediction/hall-now.ts';
import { type CourseStep, STEP_SECONDS } from '../domain/prediction/wait-course.ts';

const rounded = (seconds: number): number => Math.round(seconds);

/** What is told of a queue: the chance of a breach (ratio), when it begins, and the course of its waits, seconds. */
export function outlookOf(
  { branch, version, at }: HallNow,
  { id }: QueueNow,
  breachProbability: number,
  breachSeconds: number | null,
  course: readonly (CourseStep | null)[],
): QueueOutlook {
  const steps = course.flatMap((step, i): WaitStep[] => {
    if (step === null) return [];
    return [
      {
        at: at + (i + 1) * STEP_SECONDS * 1_000,
        p5: rounded(step.p5),
        p10: rounded(step.p10),
        p25: rounded(step.p25),
        p50: rounded(step.p50),
        p75: rounded(step.p75),
        p90: rounded(step.p90),
        p95: rounded(step.p95),
      },
    ];
  });
  return {
    branch,
    queue: id,
    breachProbability: Math.round(breachProbability * 1_000) / 1_000,
    breachAt: breachSeconds === null ? null : at + rounded(breachSeconds) * 1_000,
    course: steps,
    asOfVersion: version,
    madeAt: at,
  };
}
