/** Courses of waits in words: on the chart, and as a table. */
import type { CurvePoint } from '#shared/suggestions.ts';
import type { CourseWords } from '#lib/selectors/course-chart.ts';
import { m } from '../../paraglide/messages.js';
import { hourMinute } from './clock-time.ts';
import { minutesRange, waitText } from './move-words.ts';
import { targetText } from './words.ts';

export const courseWords = (zone: string): CourseWords => ({
  now: (time) => m.now_at({ time }),
  without: (wait) => m.no_action_wait({ wait }),
  with: (wait) => m.option_wait({ wait }),
  target: (wait) => m.target_of({ target: wait }),
  time: (epochMs) => hourMinute(epochMs, zone),
  wait: targetText,
});

/** The same points as rows of texts; `heads` names the two courses. */
export const courseTable = (
  points: readonly CurvePoint[],
  timeText: (epochMs: number) => string,
  [without, withPlan]: readonly [string, string],
): { heads: string[]; rows: string[][] } => ({
  heads: [m.time(), without, withPlan],
  rows: points.map((point) => [
    timeText(point.at),
    `${waitText(point.without.middle)} (${minutesRange(point.without)})`,
    `${waitText(point.with.middle)} (${minutesRange(point.with)})`,
  ]),
});
