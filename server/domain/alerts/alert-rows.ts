/** The active alerts of a branch as a screen shows them. */
import type { AlertSubject } from '#shared/alerts.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { AlertRow } from '#shared/views.ts';
import type { LiveBranch } from '../live-branch.ts';
import { queueProfile } from '../metrics/definitions.ts';
import { type Alert, activeAlerts } from './state.ts';

/** Window of the number beside the list, ms. */
const LATELY_MS = 3_600_000;

/** Active alerts, the shelved ones too. */
export const alertRows = (live: LiveBranch, profile: BranchProfile): AlertRow[] =>
  activeAlerts(live.alerts).map((alert) => alertRow(alert, live, profile));

/** How many were raised within the last hour, and how many of the active ones nobody has seen yet. */
export function alertCounts(
  { alerts: { alerts } }: LiveBranch,
  now: number,
): { alertsLastHour: number; alertsUnseen: number } {
  let alertsLastHour = 0;
  let alertsUnseen = 0;
  for (const { raisedAt, ended, acknowledged, shelved } of alerts.values()) {
    if (now - raisedAt < LATELY_MS) alertsLastHour += 1;
    if (ended === null && acknowledged === null && shelved === null) alertsUnseen += 1;
  }
  return { alertsLastHour, alertsUnseen };
}

function alertRow(alert: Alert, { state }: LiveBranch, profile: BranchProfile): AlertRow {
  const nameOf = ({ kind, id, name: given }: AlertSubject): { zh: string; en: string } => {
    const same = { zh: given ?? id, en: given ?? id };
    if (kind === 'branch') return { zh: '', en: '' };
    if (kind === 'queue') return queueProfile(profile, id)?.name ?? same;
    const name = kind === 'agent' ? state.agents.get(id)?.name : undefined;
    return name === undefined || name === '' ? same : { zh: name, en: name };
  };
  const { zh, en } = nameOf(alert.subject);
  const { acknowledged, shelved } = alert;
  return {
    id: alert.id,
    rule: alert.rule,
    priority: alert.priority,
    subjectKind: alert.subject.kind,
    subject: alert.subject.id,
    subjectZh: zh,
    subjectEn: en,
    members: alert.members.length,
    since: alert.since,
    raisedAt: alert.raisedAt,
    value: alert.value,
    peak: alert.peak,
    limit: alert.limit,
    expectedAt: alert.expectedAt,
    escalated: alert.escalated,
    acknowledgedBy: acknowledged?.by ?? null,
    acknowledgedAt: acknowledged?.at ?? null,
    shelvedBy: shelved?.by ?? null,
    shelvedUntil: shelved?.until ?? null,
  };
}
