/** The rules as they come, and what makes one needless (rules AL1, AL3). */
import type { AlertRule, AlertRuleId } from '#shared/alerts.ts';

const MINUTE = 60;

const rule = (
  id: AlertRuleId,
  [raiseAt, clearAt]: [number, number],
  rest: Partial<AlertRule> = {},
): AlertRule => ({
  id,
  enabled: true,
  priority: 'medium',
  raiseAt,
  clearAt,
  raiseAfterSeconds: 2 * MINUTE,
  clearAfterSeconds: 2 * MINUTE,
  coolDownSeconds: 5 * MINUTE,
  escalateAfterSeconds: [],
  ...rest,
});

const urgent: Partial<AlertRule> = { priority: 'high', escalateAfterSeconds: [3 * MINUTE, 10 * MINUTE] };

/** What holds where nobody set another one; thresholds by the screens' specification. */
export const DEFAULT_RULES: Readonly<Record<AlertRuleId, AlertRule>> = {
  waitOverTarget: rule('waitOverTarget', [1, 0.9], urgent),
  breachSoon: rule('breachSoon', [0.6, 0.45], {
    raiseAfterSeconds: 3 * MINUTE,
    coolDownSeconds: 15 * MINUTE,
  }),
  queueWithoutCounter: rule('queueWithoutCounter', [1, 0], {
    ...urgent,
    raiseAfterSeconds: MINUTE,
    clearAfterSeconds: 30,
  }),
  serviceLevelUnder: rule('serviceLevelUnder', [0.1, 0.05], { coolDownSeconds: 30 * MINUTE }),
  manyAbandons: rule('manyAbandons', [0.15, 0.08], { coolDownSeconds: 30 * MINUTE }),
  // A state that goes on only grows: what falls has begun anew.
  breakOver: rule('breakOver', [15 * MINUTE, 14 * MINUTE], {
    raiseAfterSeconds: 3 * MINUTE,
    clearAfterSeconds: 0,
  }),
  wrapUpOver: rule('wrapUpOver', [5 * MINUTE, 4 * MINUTE], {
    priority: 'low',
    raiseAfterSeconds: MINUTE,
    clearAfterSeconds: 0,
  }),
  caseLong: rule('caseLong', [45 * MINUTE, 40 * MINUTE], {
    priority: 'low',
    raiseAfterSeconds: 0,
    clearAfterSeconds: 0,
  }),
  sourceSilent: rule('sourceSilent', [1, 0.5], { raiseAfterSeconds: 30, clearAfterSeconds: 0 }),
  sourceFrozen: rule('sourceFrozen', [1, 0], { raiseAfterSeconds: 0, clearAfterSeconds: 0 }),
  sourceClock: rule('sourceClock', [2 * MINUTE, MINUTE], { priority: 'low', coolDownSeconds: 30 * MINUTE }),
  wallSilent: rule('wallSilent', [3 * MINUTE, 2 * MINUTE], {
    priority: 'low',
    raiseAfterSeconds: 0,
    clearAfterSeconds: 0,
  }),
};

/** About the same queue, these explain that one: it is not raised beside them (rule AL3). */
export const EXPLAINED_BY: Readonly<Partial<Record<AlertRuleId, readonly AlertRuleId[]>>> = {
  waitOverTarget: ['queueWithoutCounter'],
  breachSoon: ['waitOverTarget', 'queueWithoutCounter'],
  serviceLevelUnder: ['waitOverTarget', 'queueWithoutCounter'],
  manyAbandons: ['waitOverTarget', 'queueWithoutCounter'],
};

/** This many of one rule in one place are one alert; warnings stay apart, for each is scored by itself (rule AL2). */
export const GROUP_FROM = 3;
export const staysApart = (id: AlertRuleId): boolean => id === 'breachSoon';
