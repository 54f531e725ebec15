/** How often a rule would have raised an alert in the past: the very rules and hygiene that run live (rule AL5). */
import type { AlertRule } from '#shared/alerts.ts';
import { evaluate, type Watches } from './evaluate.ts';
import { foldAlert } from './fold.ts';
import type { PastCourse } from './past-waits.ts';
import { type BranchAlerts, noAlerts } from './state.ts';

/** The past is looked at this often, ms: finer than any duration before raising. */
const STEP_MS = 30_000;

/** One rule going through the past. */
export interface BackTest {
  /** Goes on from `from` to `to`, epoch ms; when alerts were raised. */
  run(course: PastCourse, from: number, to: number): number[];
}

/** Tests a rule beside the other rules of its branch. */
export function createBackTest(others: BranchAlerts['rules'], rule: AlertRule): BackTest {
  const branch: BranchAlerts = { ...noAlerts(), rules: new Map(others).set(rule.id, rule) };
  const watches: Watches = new Map();
  const tell = (course: PastCourse | null, now: number): number[] => {
    const facts = evaluate(branch, watches, course?.readingsAt(now) ?? null, now);
    for (const fact of facts) foldAlert(branch, fact);
    return facts.flatMap((fact) => (fact.type === 'alert.raised' && fact.rule === rule.id ? [fact.at] : []));
  };
  return {
    run(course, from, to) {
      const raised: number[] = [];
      for (let now = from; now < to; now += STEP_MS) raised.push(...tell(course, now));
      // The place closes.
      tell(null, to);
      return raised;
    },
  };
}
