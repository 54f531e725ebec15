/**
 * Alerts: the rules that raise them and the facts that tell their life (rules AL1–AL5). The facts are Muster's own and
 * stand in the log of their branch like any other, so a replay shows the alerts the screen showed.
 */
import { z } from 'zod';
import { Text } from './ids.ts';

export const ALERT_RULE_IDS = [
  'waitOverTarget',
  'breachSoon',
  'queueWithoutCounter',
  'serviceLevelUnder',
  'manyAbandons',
  'breakOver',
  'wrapUpOver',
  'caseLong',
  'sourceSilent',
  'sourceFrozen',
  'sourceClock',
  'wallSilent',
] as const;
export const AlertRuleId = z.enum(ALERT_RULE_IDS);
export type AlertRuleId = z.infer<typeof AlertRuleId>;

/** The most urgent first. */
export const ALERT_PRIORITIES = ['high', 'medium', 'low'] as const;
export const AlertPriority = z.enum(ALERT_PRIORITIES);
export type AlertPriority = z.infer<typeof AlertPriority>;

/** Longest a condition may have to hold, or a cool-down may last, s. */
const MAX_SECONDS = 3_600;
/** Values of rules: ratios, counts and seconds. */
const Level = z.number().min(0).max(100_000);
const Seconds = z.number().int().min(0).max(MAX_SECONDS);

/**
 * A rule as data (rule AL1): its figure must be at `raiseAt` or more for a while before an alert is raised, and at
 * `clearAt` or less for a while before it clears. The unit of both is the rule's own (see {@link ALERT_UNITS}).
 */
export const AlertRule = z
  .strictObject({
    id: AlertRuleId,
    enabled: z.boolean(),
    priority: AlertPriority,
    raiseAt: Level,
    clearAt: Level,
    raiseAfterSeconds: Seconds,
    clearAfterSeconds: Seconds,
    /** After clearing, nothing is raised about the same thing for this long. */
    coolDownSeconds: Seconds,
    /** Unacknowledged for this long it goes to the next role, and then to the one after that; empty: never. */
    escalateAfterSeconds: z.array(Seconds).max(2),
  })
  .refine(({ raiseAt, clearAt }) => clearAt < raiseAt, {
    message: 'is not below the value that raises',
    path: ['clearAt'],
  });
export type AlertRule = z.infer<typeof AlertRule>;

/** What the figure of a rule is: a multiple, a ratio 0–1, people, seconds, or yes (1) and no (0). */
export const ALERT_UNITS = {
  waitOverTarget: 'multiple',
  breachSoon: 'ratio',
  queueWithoutCounter: 'people',
  serviceLevelUnder: 'ratio',
  manyAbandons: 'ratio',
  breakOver: 'seconds',
  wrapUpOver: 'seconds',
  caseLong: 'seconds',
  sourceSilent: 'multiple',
  sourceFrozen: 'flag',
  sourceClock: 'seconds',
  wallSilent: 'seconds',
} as const satisfies Record<AlertRuleId, string>;

/** What an alert is about. `branch`: several of one rule in one place, as one alert (rule AL3). */
export type AlertSubjectKind = 'branch' | 'queue' | 'agent' | 'source' | 'wall';
export interface AlertSubject {
  kind: AlertSubjectKind;
  id: string;
  /** What a screen is called: the log of its branch knows it from nowhere else. */
  name?: string;
}

/**
 * Why an alert ended: its figure fell to the clear value; what was foretold `came`; another alert explains it; several
 * became one; the place closed; its rule was switched off.
 */
export type AlertEnd = 'cleared' | 'came' | 'inhibited' | 'grouped' | 'closed' | 'ruleOff';
/** What came of it, in the words of who handled it (rule AL4). */
export const AlertVerdict = z.enum(['confirmed', 'handled', 'false']);
export type AlertVerdict = z.infer<typeof AlertVerdict>;

/** What a person may ask to be done with an alert. Shelved, it comes back by itself (rule AL4). */
export const AlertCommand = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('acknowledge') }),
  z.strictObject({ do: z.literal('unacknowledge') }),
  z.strictObject({
    do: z.literal('shelve'),
    minutes: z.union([z.literal(15), z.literal(30), z.literal(60)]),
    reason: z.prefault(Text, ''),
  }),
  z.strictObject({ do: z.literal('unshelve') }),
  z.strictObject({ do: z.literal('judge'), verdict: AlertVerdict }),
  z.strictObject({ do: z.literal('comment'), text: z.pipe(z.string().min(1), Text) }),
]);
export type AlertCommand = z.infer<typeof AlertCommand>;

interface Step {
  /** `<alert>.<n>`, its n-th step: of two at once the log takes one. */
  id: string;
  at: number;
  alert: string;
}

/** What an alert is raised with; the figures are in the unit of its rule. */
export interface AlertRaised extends Step {
  type: 'alert.raised';
  rule: AlertRuleId;
  subject: AlertSubject;
  /** Ids of those it is about, when it is about several. */
  members: readonly string[];
  priority: AlertPriority;
  /** Since when the condition held, epoch ms. */
  since: number;
  value: number;
  limit: number;
  /** Of an early warning: when it is most likely to happen, epoch ms (rule AL2). */
  expectedAt: number | null;
}

/** The facts of an alert's life; `by` is the name of a person, `null` when it happened by itself. */
export type AlertStepEvent =
  | AlertRaised
  | (Step & { type: 'alert.updated'; members: readonly string[]; value: number; expectedAt: number | null })
  | (Step & { type: 'alert.cleared'; end: AlertEnd })
  | (Step & { type: 'alert.escalated'; level: number })
  | (Step & { type: 'alert.acknowledged' | 'alert.unacknowledged'; by: string })
  | (Step & { type: 'alert.shelved'; by: string; until: number; reason: string })
  | (Step & { type: 'alert.unshelved'; by: string | null })
  | (Step & { type: 'alert.judged'; by: string; verdict: AlertVerdict })
  | (Step & { type: 'alert.commented'; by: string; text: string });
/** A rule of one branch was set. */
export interface AlertRuleSet {
  type: 'alert.ruleSet';
  id: string;
  at: number;
  rule: AlertRule;
  by: string;
}
export type AlertEvent = AlertStepEvent | AlertRuleSet;

/** True of the facts about alerts. */
export const isAlertEvent = (event: { type: string }): event is AlertEvent => event.type.startsWith('alert.');

/** An alert as history keeps it; times epoch ms, `null` what did not happen. */
export interface AlertRecord {
  alert: string;
  rule: AlertRuleId;
  subjectKind: AlertSubjectKind;
  /** Its id; of a screen its name. */
  subject: string;
  members: number;
  priority: AlertPriority;
  since: number;
  raisedAt: number;
  endedAt: number | null;
  end: AlertEnd | null;
  limit: number;
  /** The highest value it reached. */
  peak: number;
  expectedAt: number | null;
  acknowledgedAt: number | null;
  acknowledgedBy: string | null;
  shelvedAt: number | null;
  shelvedBy: string | null;
  escalated: number;
  verdict: AlertVerdict | null;
  verdictBy: string | null;
}

/** One line of the log of alerts. */
export interface AlertLogEntry {
  step: string;
  at: number;
  alert: string;
  rule: AlertRuleId;
  subjectKind: AlertSubjectKind;
  /** Its id; of a screen its name. */
  subject: string;
  action: AlertStepEvent['type'];
  by: string | null;
  /** Verdict, reason, text or way of ending. */
  note: string | null;
}
