/**
 * Alerts over HTTP, in one place for server and browser; all under `/api/v1`.
 *
 * | route | body or query | answer |
 * |---|---|---|
 * | GET  /alerts | AlertsQuery | { alerts: PlacedAlert[] }: the active ones |
 * | GET  /alerts/log | AlertLogQuery | { entries: AlertLogRow[] }, or a file with `format=csv`: the latest first |
 * | POST /alerts/:id/:command | the fields of the command | { alert: PlacedAlert or null when it is over } |
 * | GET  /alert-rules | branch | AlertRulesAnswer |
 * | PUT  /alert-rules/:rule | BranchRule | AlertRulesAnswer |
 * | POST /alert-rules/back-test | BranchRule | BackTestAnswer |
 */
import { z } from 'zod';
import { type AlertLogEntry, AlertRule, AlertRuleId } from './alerts.ts';
import { Id } from './ids.ts';
import type { AlertRow } from './views.ts';

/** The words of commands in addresses. */
export const ALERT_COMMANDS = {
  ack: 'acknowledge',
  unack: 'unacknowledge',
  shelve: 'shelve',
  unshelve: 'unshelve',
  judge: 'judge',
  comment: 'comment',
} as const;
export type AlertCommandWord = keyof typeof ALERT_COMMANDS;

/** An active alert and where it is. */
export interface PlacedAlert extends AlertRow {
  branch: string;
  nameZh: string;
  nameEn: string;
}

/** One branch, or the branches of a scope (`all` or a region's id). */
export const AlertsQuery = z.strictObject({ branch: Id.optional(), scope: Id.default('all') });

/** Days the log may reach back, and entries of one answer. */
const MAX_LOG_DAYS = 31;
const MAX_LOG_ENTRIES = 1_000;
export const AlertLogQuery = z.strictObject({
  branch: Id.optional(),
  scope: Id.default('all'),
  rule: AlertRuleId.optional(),
  days: z.coerce.number().int().min(1).max(MAX_LOG_DAYS).default(1),
  limit: z.coerce.number().int().min(1).max(MAX_LOG_ENTRIES).default(200),
  format: z.enum(['json', 'csv']).optional(),
});
export interface AlertLogRow extends AlertLogEntry {
  branch: string;
}

export const AlertRulesQuery = z.strictObject({ branch: Id });
/** A rule for a branch: to be set, or tried. */
export const BranchRule = z.strictObject({ branch: Id, rule: AlertRule });

/** Days of history by which rules are judged, at most. */
export const RECORD_DAYS = 14;

/** What a rule did in the last days (rules AL2, AL4, AL5). */
export interface AlertRuleRecord {
  raised: number;
  /** Those that somebody acknowledged, shelved or judged. */
  actedOn: number;
  confirmed: number;
  handled: number;
  false: number;
}
export interface AlertRulesAnswer {
  branch: string;
  rules: { rule: AlertRule; isDefault: boolean; record: AlertRuleRecord }[];
  /** Of the early warning (rule AL2). */
  warnings: WarningScore;
  /** Days that the figures are about: at most 14, fewer where less is known, at least 1. */
  days: number;
}

/** How early warnings came true: a breach is the first moment somebody waited longer than the target (rule AL2). */
export interface WarningScore {
  warnings: number;
  /** Warnings that were followed by a breach within the 30 min they speak of. */
  cameTrue: number;
  breaches: number;
  /** Breaches that were warned of. */
  foreseen: number;
  /** Median from warning to breach, s; `null` when none came true. */
  leadSeconds: number | null;
}

/** Why history cannot say what a rule would have done. */
export type NotTestable = 'needsStates' | 'belowPresent' | 'noDays';
export interface BackTestAnswer {
  /** How often it would have raised an alert on each of the hall's days: by the rule as it is, and as proposed. */
  days: { day: string; before: number; after: number }[];
  /** Of the early warning: how it would have come true. */
  score: { before: WarningScore; after: WarningScore } | null;
  notTestable: NotTestable | null;
}
