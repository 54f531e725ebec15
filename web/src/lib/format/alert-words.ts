/** Alerts in words. */
import type { AlertRuleId } from '#shared/alerts.ts';
import type { AlertRow } from '#shared/views.ts';
import { ruleFigure } from '#lib/selectors/alerts.ts';
import { preferences } from '#lib/stores/preferences.svelte.ts';
import { m } from '../../paraglide/messages.js';
import { hourMinute } from './clock-time.ts';
import { duration } from './duration.ts';

const DAY_SECONDS = 86_400;

/** What is the matter, in one sentence: with what it is about. */
export function alertTitle(alert: AlertRow): string {
  const { rule, members } = alert;
  if (members > 0) return m.alert_many({ rule, count: members });
  const subject = preferences.name(alert.subjectZh, alert.subjectEn);
  return m.alert_one({ rule, subject });
}

/** What is known of the future: `70% · from 14:55`; empty of what is so already. */
export function expectedText({ rule, peak, expectedAt }: AlertRow, zone: string): string {
  if (rule !== 'breachSoon') return '';
  const chance = figureText(rule, peak);
  return expectedAt === null ? chance : m.chance_from({ chance, time: hourMinute(expectedAt, zone) });
}

/** A figure of a rule: `120%`, `21:30`, `4`; empty where there is none. */
export function figureText(rule: AlertRuleId, value: number): string {
  const figure = ruleFigure(rule, value);
  if (figure === null) return '';
  if ('percent' in figure) return `${figure.percent}%`;
  if ('count' in figure) return String(figure.count);
  return figure.seconds > DAY_SECONDS ? m.over_a_day() : duration(figure.seconds);
}
