/** The fold of facts about alerts; what a fact says of an alert that is not known, or has gone, changes nothing. */
import type { AlertEvent, AlertLogEntry, AlertRecord, AlertStepEvent } from '#shared/alerts.ts';
import type { Alert, BranchAlerts } from './state.ts';

/** Ended alerts are kept this long, so that they can be judged and cool down, ms. */
const KEEP_ENDED_MS = 3_600_000;

/** What history keeps of a step: the alert as it stands after it, and the line of the log. */
export interface AlertChange {
  record: AlertRecord;
  entry: AlertLogEntry;
}

/** Folds one fact; what it changed, or `null`. */
export function foldAlert(branch: BranchAlerts, event: AlertEvent): AlertChange | null {
  if (event.type === 'alert.ruleSet') {
    branch.rules.set(event.rule.id, event.rule);
    return null;
  }
  forgetEnded(branch, event.at);
  const alert = event.type === 'alert.raised' ? raised(branch, event) : branch.alerts.get(event.alert);
  if (!alert) return null;
  if (event.type !== 'alert.raised') {
    alert.steps += 1;
    apply(alert, event);
  }
  return { record: recordOf(alert), entry: entryOf(alert, event) };
}

function raised({ alerts }: BranchAlerts, event: Extract<AlertStepEvent, { type: 'alert.raised' }>) {
  if (alerts.has(event.alert)) return undefined;
  const { rule, subject, members, priority, since, value, limit, expectedAt, at } = event;
  const alert: Alert = {
    id: event.alert,
    ...{ rule, subject, members, priority, since, value, limit, expectedAt },
    raisedAt: at,
    peak: value,
    steps: 1,
    toldAt: at,
    acknowledged: null,
    shelved: null,
    unseenSince: at,
    escalated: 0,
    ended: null,
    verdict: null,
  };
  alerts.set(alert.id, alert);
  return alert;
}

function apply(alert: Alert, event: Exclude<AlertStepEvent, { type: 'alert.raised' }>): void {
  switch (event.type) {
    case 'alert.updated':
      alert.members = event.members;
      alert.value = event.value;
      alert.peak = Math.max(alert.peak, event.value);
      alert.expectedAt = event.expectedAt;
      alert.toldAt = event.at;
      return;
    case 'alert.cleared':
      alert.ended = { at: event.at, end: event.end };
      alert.shelved = null;
      return;
    case 'alert.escalated':
      alert.escalated = event.level;
      return;
    case 'alert.acknowledged':
      alert.acknowledged = { by: event.by, at: event.at };
      return;
    case 'alert.unacknowledged':
      alert.acknowledged = null;
      return;
    case 'alert.shelved':
      alert.shelved = { by: event.by, at: event.at, until: event.until, reason: event.reason };
      return;
    case 'alert.unshelved':
      alert.shelved = null;
      alert.unseenSince = event.at;
      return;
    case 'alert.judged':
      alert.verdict = { by: event.by, verdict: event.verdict };
      return;
    case 'alert.commented':
      return;
    default:
      event satisfies never;
  }
}

function forgetEnded({ alerts }: BranchAlerts, now: number): void {
  for (const { id, ended } of alerts.values()) {
    if (ended !== null && now - ended.at > KEEP_ENDED_MS) alerts.delete(id);
  }
}

const recordOf = (alert: Alert): AlertRecord => ({
  alert: alert.id,
  rule: alert.rule,
  subjectKind: alert.subject.kind,
  subject: alert.subject.name ?? alert.subject.id,
  members: alert.members.length,
  priority: alert.priority,
  since: alert.since,
  raisedAt: alert.raisedAt,
  endedAt: alert.ended?.at ?? null,
  end: alert.ended?.end ?? null,
  limit: alert.limit,
  peak: alert.peak,
  expectedAt: alert.expectedAt,
  acknowledgedAt: alert.acknowledged?.at ?? null,
  acknowledgedBy: alert.acknowledged?.by ?? null,
  shelvedAt: alert.shelved?.at ?? null,
  shelvedBy: alert.shelved?.by ?? null,
  escalated: alert.escalated,
  verdict: alert.verdict?.verdict ?? null,
  verdictBy: alert.verdict?.by ?? null,
});

const entryOf = (alert: Alert, event: AlertStepEvent): AlertLogEntry => ({
  step: event.id,
  at: event.at,
  alert: alert.id,
  rule: alert.rule,
  subjectKind: alert.subject.kind,
  subject: alert.subject.name ?? alert.subject.id,
  action: event.type,
  by: 'by' in event ? event.by : null,
  note: noteOf(event),
});

function noteOf(event: AlertStepEvent): string | null {
  if (event.type === 'alert.commented') return event.text;
  if (event.type === 'alert.judged') return event.verdict;
  if (event.type === 'alert.shelved') return event.reason === '' ? null : event.reason;
  return event.type === 'alert.cleared' ? event.end : null;
}
