/** Alerts as lists show them: which, in what order, and several with one cause as one line. Pure. */
import type { PlacedAlert } from '#shared/alert-requests.ts';
import {
  ALERT_PRIORITIES,
  ALERT_RULE_IDS,
  ALERT_UNITS,
  type AlertPriority,
  type AlertRuleId,
} from '#shared/alerts.ts';
import type { AlertRow } from '#shared/views.ts';
import type { Standing } from './order.ts';

export const ALERT_TABS = ['active', 'shelved', 'log', 'rules'] as const;
export type AlertTab = (typeof ALERT_TABS)[number];

export interface AlertFilter {
  tab: AlertTab;
  rule: AlertRuleId | null;
  priority: AlertPriority | null;
}

/** The filter an address asks for. */
export function alertFilterFrom(parameters: Pick<URLSearchParams, 'get'>): AlertFilter {
  const tab = parameters.get('tab');
  return {
    tab: ALERT_TABS.find((each) => each === tab) ?? 'active',
    rule: ALERT_RULE_IDS.find((known) => known === parameters.get('rule')) ?? null,
    priority: ALERT_PRIORITIES.find((known) => known === parameters.get('priority')) ?? null,
  };
}

/** Nobody acknowledged or shelved it. */
export const isUnseen = (alert: AlertRow): boolean =>
  alert.acknowledgedAt === null && alert.shelvedUntil === null;

const RANK = { high: 0, medium: 1, low: 2 } as const;

/** Unseen ones first, then by priority, the newest first. */
export const byUrgency = (a: AlertRow, b: AlertRow): number =>
  Number(isUnseen(b)) - Number(isUnseen(a)) ||
  RANK[a.priority] - RANK[b.priority] ||
  b.raisedAt - a.raisedAt ||
  (a.id < b.id ? -1 : 1);

/** One line: an alert, or those of several branches that have one cause outside of them. */
export interface AlertLine<A extends AlertRow = PlacedAlert> {
  id: string;
  first: A;
  all: readonly A[];
}

/** From this many branches on, one source that fails is one line. */
const UPSTREAM_FROM = 3;

/** The lines of a tab in their order. */
export function alertLines(alerts: readonly PlacedAlert[], filter: AlertFilter): AlertLine[] {
  const wanted = alerts
    .filter((alert) => (alert.shelvedUntil !== null) === (filter.tab === 'shelved'))
    .filter(({ rule }) => filter.rule === null || rule === filter.rule)
    .filter(({ priority }) => filter.priority === null || priority === filter.priority)
    .sort(byUrgency);
  const byCause = new Map<string, PlacedAlert[]>();
  for (const alert of wanted) {
    const isSource = alert.subjectKind === 'source';
    const cause = isSource ? `${alert.rule} ${alert.subject}` : `${alert.branch} ${alert.id}`;
    byCause.set(cause, [...(byCause.get(cause) ?? []), alert]);
  }
  return [...byCause.values()].flatMap((all) =>
    all.length >= UPSTREAM_FROM ? lineOf(all) : all.flatMap((alert) => lineOf([alert])),
  );
}

function lineOf(all: readonly PlacedAlert[]): AlertLine[] {
  const [first] = all;
  return first === undefined ? [] : [{ id: `${first.branch} ${first.id}`, first, all }];
}

/** The shape that stands before an alert: what is past its target, what is foretold, what is old data. */
export function standingOf({ rule, priority }: Pick<AlertRow, 'rule' | 'priority'>): Standing {
  if (rule === 'breachSoon') return 'breachAhead';
  if (rule === 'sourceSilent' || rule === 'sourceFrozen' || rule === 'wallSilent') return 'stale';
  return priority === 'high' ? 'breach' : 'risk';
}

/** A figure of a rule in what people read it in. */
export type RuleFigure = { percent: number } | { seconds: number } | { count: number } | null;

/** The figure of a rule; `null` where yes and no is all there is. */
export function ruleFigure(rule: AlertRuleId, value: number): RuleFigure {
  switch (ALERT_UNITS[rule]) {
    case 'multiple':
    case 'ratio':
      return { percent: Math.round(value * 100) };
    case 'seconds':
      return { seconds: Math.round(value) };
    case 'people':
      return { count: value };
    case 'flag':
      return null;
  }
}
