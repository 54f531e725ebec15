/** A rule as a form shows it: percents, minutes and people, and back. Pure. */
import { ALERT_UNITS, type AlertRule, type AlertRuleId } from '#shared/alerts.ts';

const MINUTE = 60;

/** What a level of a rule is typed in. */
export type LevelUnit = 'percent' | 'minutes' | 'people' | 'none';

export function levelUnit(rule: AlertRuleId): LevelUnit {
  switch (ALERT_UNITS[rule]) {
    case 'multiple':
    case 'ratio':
      return 'percent';
    case 'seconds':
      return 'minutes';
    case 'people':
      return 'people';
    case 'flag':
      return 'none';
  }
}

const FACTOR: Record<LevelUnit, number> = { percent: 0.01, minutes: MINUTE, people: 1, none: 1 };

/** A level as it is typed. */
export const shownLevel = (rule: AlertRuleId, level: number): number =>
  Math.round((level / FACTOR[levelUnit(rule)]) * 10) / 10;

/** A typed level as the rule has it. */
export const typedLevel = (rule: AlertRuleId, shown: number): number => {
  const level = shown * FACTOR[levelUnit(rule)];
  return Math.round(level * 10_000) / 10_000;
};

/** Durations are typed in minutes. */
export const shownMinutes = (seconds: number): number => Math.round((seconds / MINUTE) * 10) / 10;
export const typedSeconds = (minutes: number): number => Math.round(minutes * MINUTE);

/** True when it would clear before it is raised, so that it can be tried and saved. */
export const isSound = (rule: AlertRule): boolean =>
  [rule.raiseAt, rule.clearAt, rule.raiseAfterSeconds, rule.clearAfterSeconds, rule.coolDownSeconds].every(
    (value) => Number.isFinite(value) && value >= 0,
  ) && rule.clearAt < rule.raiseAt;
