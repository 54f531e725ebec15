/**
 * What has to be told about the alerts of a branch now: raised, updated, cleared, back from the shelf, sent up (rules
 * AL1, AL3, AL4). Facts bear ids that follow from the state, so told twice before they are folded they count once.
 */
import {
  ALERT_RULE_IDS,
  type AlertEnd,
  type AlertRule,
  type AlertRuleId,
  type AlertStepEvent,
  type AlertSubject,
} from '#shared/alerts.ts';
import { alertId, stepId } from './alert-id.ts';
import type { Reading } from './readings.ts';
import { EXPLAINED_BY, GROUP_FROM, staysApart } from './rules.ts';
import { type Alert, activeAlerts, type BranchAlerts, ruleOf, subjectKey } from './state.ts';
import { newWatch, type Watch, watch } from './watch.ts';

/** What the rules have seen, by rule and subject: the memory of whoever evaluates, not of the branch. */
export type Watches = Map<string, Watch>;

/** Figures of an alert are told again when they grew by this share, or somebody left, at most so often, ms. */
const NOTABLE_GROWTH = 0.25;
const TELL_EVERY_MS = 60_000;

/** A thing that should have an alert now. */
interface Wanted {
  subject: AlertSubject;
  members: readonly string[];
  since: number;
  value: number;
  expectedAt: number | null;
}

/** True when the condition of a rule holds for a subject. */
type Explains = (rule: AlertRuleId, subject: AlertSubject) => boolean;

const watchKey = (rule: string, subject: AlertSubject): string => `${rule} ${subjectKey(subject)}`;
const OF_BRANCH: AlertSubject = { kind: 'branch', id: '' };

/** The facts to tell at `now`, epoch ms; `readings` is `null` when the branch is closed. Updates `watches`. */
export function evaluate(
  branch: BranchAlerts,
  watches: Watches,
  readings: readonly Reading[] | null,
  now: number,
): AlertStepEvent[] {
  const active = activeAlerts(branch);
  if (readings === null) {
    watches.clear();
    return active.map((alert) => cleared(alert, 'closed', now));
  }
  look(branch, watches, active, readings, now);
  const explains: Explains = (id, subject) =>
    ruleOf(branch, id).enabled && watches.get(watchKey(id, subject))?.on === true;
  const facts: AlertStepEvent[] = [];
  for (const id of ALERT_RULE_IDS) {
    const rule = ruleOf(branch, id);
    const ofRule = readings.filter((reading) => reading.rule === id);
    const on = ofRule.filter(({ subject }) => explains(id, subject));
    const needed = on.filter((reading) => !isExplained(reading, explains));
    const alerts = active.filter((alert) => alert.rule === id);
    const wanted = grouped(
      needed.map((reading) => wantedOf(reading, watches)),
      alerts,
      rule,
    );
    for (const each of wanted) facts.push(...told(branch, rule, each, alerts, now));
    for (const alert of alerts) {
      if (wanted.some(({ subject }) => isSame(subject, alert.subject)))
        facts.push(...waited(alert, rule, now));
      else facts.push(cleared(alert, endOf(alert, rule, ofRule, on, wanted), now));
    }
  }
  return facts;
}

/** Shows every watch its figure; a subject that is not there any more has none, which counts as 0. */
function look(
  branch: BranchAlerts,
  watches: Watches,
  active: readonly Alert[],
  readings: readonly Reading[],
  now: number,
): void {
  const seen = new Set<string>();
  for (const { rule: id, subject, value, came } of readings) {
    const key = watchKey(id, subject);
    seen.add(key);
    let known = watches.get(key);
    if (known === undefined) {
      const alert = active.find((each) => each.rule === id && isAbout(each, subject));
      known = newWatch(alert !== undefined, alert?.since ?? now);
      watches.set(key, known);
    }
    watch(known, value, ruleOf(branch, id), now);
    if (came === true) known.on = false;
  }
  for (const key of watches.keys()) if (!seen.has(key)) watches.delete(key);
}

const isSame = (a: AlertSubject, b: AlertSubject): boolean => a.kind === b.kind && a.id === b.id;
const isAbout = (alert: Alert, subject: AlertSubject): boolean =>
  isSame(alert.subject, subject) || (alert.subject.kind === 'branch' && alert.members.includes(subject.id));

/** Another alert says already why (rule AL3). */
function isExplained({ rule, subject, source }: Reading, explains: Explains): boolean {
  const bySource =
    source !== null &&
    (['sourceSilent', 'sourceFrozen'] as const).some((each) =>
      explains(each, { kind: 'source', id: source }),
    );
  return bySource || (EXPLAINED_BY[rule] ?? []).some((each) => explains(each, subject));
}

function wantedOf({ rule, subject, value, expectedAt = null }: Reading, watches: Watches): Wanted {
  const since = watches.get(watchKey(rule, subject))?.since ?? 0;
  return { subject, members: [], since, value: value ?? 0, expectedAt };
}

/** Many of one rule become one, and stay one until the last is over. */
function grouped(wanted: Wanted[], alerts: readonly Alert[], { id }: AlertRule): Wanted[] {
  const isGroup = alerts.some(({ subject }) => subject.kind === 'branch');
  const enough = isGroup ? 1 : GROUP_FROM;
  if (staysApart(id) || wanted.length < enough) return wanted;
  return [
    {
      subject: OF_BRANCH,
      members: wanted.map(({ subject }) => subject.id).sort(),
      since: Math.min(...wanted.map(({ since }) => since)),
      value: Math.max(...wanted.map(({ value }) => value)),
      expectedAt: null,
    },
  ];
}

/** Raises what is wanted, or tells what is new about it. */
function told(
  branch: BranchAlerts,
  rule: AlertRule,
  { subject, members, since, value, expectedAt }: Wanted,
  alerts: readonly Alert[],
  now: number,
): AlertStepEvent[] {
  const alert = alerts.find((each) => isSame(each.subject, subject));
  if (alert === undefined) {
    const last = lastEnd(branch, rule, subject);
    // What takes the place of others is nothing new to anybody.
    const isNews = subject.kind !== 'branch' || alerts.length === 0;
    if (isNews && now - last < rule.coolDownSeconds * 1_000) return [];
    const id = alertId(rule.id, subject, Math.max(since, last));
    const { priority, raiseAt: limit } = rule;
    const about = { rule: rule.id, subject, members, priority, since, value, limit, expectedAt };
    return [{ type: 'alert.raised', id: stepId(id, 1), at: now, alert: id, ...about }];
  }
  const hasJoined = members.some((member) => !alert.members.includes(member));
  const isNotable = value >= alert.peak * (1 + NOTABLE_GROWTH) || members.length < alert.members.length;
  if (!hasJoined && !(isNotable && now - alert.toldAt >= TELL_EVERY_MS)) return [];
  return [{ type: 'alert.updated', ...step(alert, now), members, value, expectedAt }];
}

/** When the last alert of a rule about a subject ended, or it was merged into one; far back when none was. */
function lastEnd({ alerts }: BranchAlerts, { id }: AlertRule, subject: AlertSubject): number {
  let last = -Infinity;
  for (const alert of alerts.values()) {
    if (alert.rule === id && alert.ended !== null && isAbout(alert, subject)) {
      last = Math.max(last, alert.ended.at);
    }
  }
  return last;
}

/** What became due by waiting: back from the shelf, or up to the next role (rule AL4). */
function waited(alert: Alert, { escalateAfterSeconds }: AlertRule, now: number): AlertStepEvent[] {
  if (alert.shelved !== null) {
    return now < alert.shelved.until ? [] : [{ type: 'alert.unshelved', ...step(alert, now), by: null }];
  }
  const after = escalateAfterSeconds[alert.escalated];
  if (alert.acknowledged !== null || after === undefined) return [];
  if (now - alert.unseenSince < after * 1_000) return [];
  return [{ type: 'alert.escalated', ...step(alert, now), level: alert.escalated + 1 }];
}

function endOf(
  alert: Alert,
  rule: AlertRule,
  readings: readonly Reading[],
  on: readonly Reading[],
  wanted: readonly Wanted[],
): AlertEnd {
  if (!rule.enabled) return 'ruleOff';
  if (readings.some(({ subject, came }) => came === true && isSame(subject, alert.subject))) return 'came';
  if (wanted.some(({ subject }) => subject.kind === 'branch')) return 'grouped';
  return on.some(({ subject }) => isAbout(alert, subject)) ? 'inhibited' : 'cleared';
}

const cleared = (alert: Alert, end: AlertEnd, at: number): AlertStepEvent => ({
  type: 'alert.cleared',
  ...step(alert, at),
  end,
});

const step = (alert: Alert, at: number) => ({ id: stepId(alert.id, alert.steps + 1), at, alert: alert.id });
