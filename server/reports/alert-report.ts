/** What alerts did, and what a rule would have done, from history (rules AL2, AL5). */
import { setImmediate as breathe } from 'node:timers/promises';
import {
  type AlertLogRow,
  type AlertRuleRecord,
  type AlertRulesAnswer,
  type BackTestAnswer,
  RECORD_DAYS,
} from '#shared/alert-requests.ts';
import { ALERT_RULE_IDS, type AlertRule, type AlertRuleId } from '#shared/alerts.ts';
import type { BranchProfile } from '#shared/network.ts';
import { createBackTest } from '../domain/alerts/back-test.ts';
import { type Breach, breachesOf, pastCourse, type PastVisit } from '../domain/alerts/past-waits.ts';
import { DEFAULT_RULES } from '../domain/alerts/rules.ts';
import { scoreWarnings, WARNING_HORIZON_MS } from '../domain/alerts/score.ts';
import { type BranchAlerts, noAlerts, ruleOf } from '../domain/alerts/state.ts';
import { dayText, hallDay } from '../domain/branch/hall-day.ts';
import { openStretches } from '../domain/branch/opening-hours.ts';
import type { AlertRow, HistoryReader } from '../history/store.ts';
import type { LiveBranches } from '../live-branches.ts';
import { dayOf } from './calendar.ts';

type AlertHistory = Pick<HistoryReader, 'alerts' | 'alertSteps' | 'visits'>;

/** Every question throws HistoryUnavailable when history is away. */
export interface AlertReport {
  log(
    branches: readonly string[],
    query: { rule?: AlertRuleId | undefined; days: number; limit: number },
  ): Promise<AlertLogRow[]>;
  /** The rules of a branch and what they did. */
  rules(profile: BranchProfile): Promise<AlertRulesAnswer>;
  /** What a rule would have done beside what it does. */
  backTest(profile: BranchProfile, rule: AlertRule): Promise<BackTestAnswer>;
}

/** Rules whose figures follow from visits; the others need states that history does not keep moment by moment. */
const FROM_VISITS: readonly AlertRuleId[] = ['waitOverTarget', 'serviceLevelUnder', 'manyAbandons'];
const DAY_MS = 86_400_000;
/** Other work of the loop comes in between after this long, ms. */
const SLICE_MS = 8;
/** Most rows read at once. */
const MANY = 100_000;
/** People go on waiting after closing, ms. */
const AFTER_CLOSING_MS = 2 * 3_600_000;

/** Reports from this history; rules as they are set in these branches. */
export function createAlertReport(parts: {
  history: AlertHistory;
  branches: LiveBranches;
  now: () => number;
}): AlertReport {
  const { history, branches, now } = parts;
  const alertsOf = (profile: BranchProfile): BranchAlerts | undefined =>
    branches.get(profile.id)?.live.alerts;

  const raisedSince = (profile: BranchProfile, from: number): Promise<AlertRow[]> =>
    history.alerts({ branches: [profile.id], from, to: now() + 1, limit: MANY });

  /** When the first customer of the last days was told of, epoch ms; now when nobody was. */
  const toldSince = async (profile: BranchProfile): Promise<number> => {
    const from = dayOf(profile, hallDay(profile, now()) - RECORD_DAYS).from;
    const [first] = await history.visits({ branch: profile.id, from, to: now(), limit: 1 });
    return first?.at ?? now();
  };

  /** The last days that are over, from the first on which anything was told. */
  const pastDays = async (profile: BranchProfile): Promise<number[]> => {
    const first = hallDay(profile, await toldSince(profile));
    return Array.from({ length: hallDay(profile, now()) - first }, (_, i) => first + i);
  };

  const visitsOf = (profile: BranchProfile, from: number, to: number): Promise<PastVisit[]> =>
    history.visits({ branch: profile.id, from, to: to + AFTER_CLOSING_MS, limit: MANY });

  const breachesSince = async (profile: BranchProfile, from: number): Promise<Breach[]> => {
    const visits = await visitsOf(profile, from, now());
    return breachesOf(profile, visits, WARNING_HORIZON_MS);
  };

  return {
    log: (ids, { rule, days, limit }) =>
      history.alertSteps({
        branches: ids,
        from: now() - days * DAY_MS,
        to: now() + 1,
        limit,
        ...(rule !== undefined && { rule }),
      }),
    async rules(profile) {
      const own = alertsOf(profile);
      const from = now() - RECORD_DAYS * DAY_MS;
      const [raised, breaches, since] = await Promise.all([
        raisedSince(profile, from),
        breachesSince(profile, from),
        toldSince(profile),
      ]);
      const first = Math.min(since, ...raised.map(({ raisedAt }) => raisedAt));
      const rules = ALERT_RULE_IDS.map((id) => ({
        rule: own ? ruleOf(own, id) : DEFAULT_RULES[id],
        isDefault: own?.rules.has(id) !== true,
        record: recordOf(raised.filter((alert) => alert.rule === id)),
      }));
      return {
        branch: profile.id,
        rules,
        warnings: scoreWarnings(warningsOf(raised, 0), sinceFirst(breaches, raised)),
        days: Math.min(RECORD_DAYS, Math.max(1, Math.ceil((now() - first) / DAY_MS))),
      };
    },
    async backTest(profile, rule) {
      const own = alertsOf(profile);
      const present = own ? ruleOf(own, rule.id) : DEFAULT_RULES[rule.id];
      if (rule.id !== 'breachSoon' && !FROM_VISITS.includes(rule.id))
        return { days: [], score: null, notTestable: 'needsStates' };
      const past = await pastDays(profile);
      const [firstDay] = past;
      if (firstDay === undefined) return { days: [], score: null, notTestable: 'noDays' };
      if (rule.id === 'breachSoon') {
        const { from } = dayOf(profile, firstDay);
        const [raised, breaches] = await Promise.all([
          raisedSince(profile, from),
          breachesSince(profile, from),
        ]);
        return testWarnings(profile, past, present, rule, raised, sinceFirst(breaches, raised));
      }
      const others = (own ?? noAlerts()).rules;
      const [before, after] = [createBackTest(others, present), createBackTest(others, rule)];
      const stretches = past.flatMap((day) => {
        const { from, to } = dayOf(profile, day);
        return openStretches(profile, from, to).map((open) => ({ ...open, day }));
      });
      const pasts = await Promise.all(stretches.map(({ from, to }) => visitsOf(profile, from, to)));
      const counts = new Map(past.map((day) => [day, { before: 0, after: 0 }]));
      let sliceAt = performance.now();
      for (const [i, { day, from, to }] of stretches.entries()) {
        const count = counts.get(day);
        const visits = pasts[i];
        if (count === undefined || visits === undefined) continue;
        count.before += before.run(pastCourse(profile, visits), from, to).length;
        count.after += after.run(pastCourse(profile, visits), from, to).length;
        if (performance.now() - sliceAt < SLICE_MS) continue;
        await breathe();
        sliceAt = performance.now();
      }
      const days = [...counts].map(([day, count]) => ({ day: dayText(day), ...count }));
      return { days, score: null, notTestable: null };
    },
  };
}

const recordOf = (alerts: readonly AlertRow[]): AlertRuleRecord => {
  const judged = (verdict: AlertRow['verdict']): number =>
    alerts.filter((alert) => alert.verdict === verdict).length;
  return {
    raised: alerts.length,
    actedOn: alerts.filter(
      ({ acknowledgedAt, shelvedAt, verdict }) =>
        acknowledgedAt !== null || shelvedAt !== null || verdict !== null,
    ).length,
    confirmed: judged('confirmed'),
    handled: judged('handled'),
    false: judged('false'),
  };
};

/** Early warnings whose chance reached `limit` at some time. */
const warningsOf = (raised: readonly AlertRow[], limit: number) =>
  raised
    .filter(({ rule, peak }) => rule === 'breachSoon' && peak >= limit)
    .map(({ subject, raisedAt }) => ({ queue: subject, raisedAt }));

/** Breaches from the first alert on: before it nobody watched, so none was missed. */
function sinceFirst(breaches: readonly Breach[], raised: readonly AlertRow[]): Breach[] {
  const first = Math.min(...raised.map(({ raisedAt }) => raisedAt));
  return breaches.filter(({ at }) => at >= first);
}

/** Of warnings history has those that were raised: it can say what a higher limit had left, not what a lower one had added. */
function testWarnings(
  profile: BranchProfile,
  days: readonly number[],
  present: AlertRule,
  rule: AlertRule,
  raised: readonly AlertRow[],
  breaches: readonly Breach[],
): BackTestAnswer {
  if (rule.raiseAt < present.raiseAt) return { days: [], score: null, notTestable: 'belowPresent' };
  const before = warningsOf(raised, 0);
  const after = warningsOf(raised, rule.raiseAt);
  const on = (warnings: typeof before, day: number): number =>
    warnings.filter(({ raisedAt }) => hallDay(profile, raisedAt) === day).length;
  return {
    days: days.map((day) => ({ day: dayText(day), before: on(before, day), after: on(after, day) })),
    score: { before: scoreWarnings(before, breaches), after: scoreWarnings(after, breaches) },
    notTestable: null,
  };
}
