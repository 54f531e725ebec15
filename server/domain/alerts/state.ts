/** The alerts of one branch as their facts tell them. */
import type {
  AlertEnd,
  AlertPriority,
  AlertRule,
  AlertRuleId,
  AlertSubject,
  AlertVerdict,
} from '#shared/alerts.ts';
import { DEFAULT_RULES } from './rules.ts';

export interface Alert {
  id: string;
  rule: AlertRuleId;
  subject: AlertSubject;
  members: readonly string[];
  priority: AlertPriority;
  since: number;
  raisedAt: number;
  limit: number;
  /** As last told, and the highest so far. */
  value: number;
  peak: number;
  expectedAt: number | null;
  /** Facts of its life so far; the next one bears the next number. */
  steps: number;
  /** When its figures were told last. */
  toldAt: number;
  acknowledged: { by: string; at: number } | null;
  shelved: { by: string; at: number; until: number; reason: string } | null;
  /** Since when it waits for somebody to see it: raised, or back from the shelf. */
  unseenSince: number;
  /** How many roles up it went. */
  escalated: number;
  ended: { at: number; end: AlertEnd } | null;
  verdict: { by: string; verdict: AlertVerdict } | null;
}

export interface BranchAlerts {
  /** Those that are active, and those that ended lately, in the order they were raised. */
  alerts: Map<string, Alert>;
  /** Rules somebody set for this branch. */
  rules: Map<AlertRuleId, AlertRule>;
}

export const noAlerts = (): BranchAlerts => ({ alerts: new Map(), rules: new Map() });

/** The rule that holds in a branch. */
export const ruleOf = ({ rules }: BranchAlerts, id: AlertRuleId): AlertRule =>
  rules.get(id) ?? DEFAULT_RULES[id];

/** Those that have not ended. */
export const activeAlerts = ({ alerts }: BranchAlerts): Alert[] =>
  [...alerts.values()].filter(({ ended }) => ended === null);

/** Names a subject among those of one rule. */
export const subjectKey = ({ kind, id }: AlertSubject): string => `${kind}:${id}`;
