/** Figures in the words of the page's language. */
import type { ExpectedText } from '#lib/selectors/expected-wait.ts';
import { m } from '../../paraglide/messages.js';
import { age, duration, target } from './duration.ts';

/** `2 秒`, `1 分 15 秒`, `2 小时 5 分`. */
export function ageText(seconds: number): string {
  const parts = age(seconds);
  switch (parts.unit) {
    case 'seconds':
      return m.age_seconds({ seconds: parts.seconds });
    case 'minutes':
      return m.age_minutes({ minutes: parts.minutes, seconds: parts.seconds });
    case 'hours':
      return m.age_hours({ hours: parts.hours, minutes: parts.minutes });
    case 'days':
      return m.age_days({ days: parts.days });
  }
}

/** A promise: `15 分`, or `0:20` when it is no whole number of minutes. */
export function targetText(seconds: number): string {
  const promise = target(seconds);
  return 'minutes' in promise ? m.minutes({ minutes: promise.minutes }) : promise.clock;
}

/** A mean in seconds as `m:ss`; "—" for no value. */
export const meanText = (seconds: number | null): string =>
  duration(seconds === null ? null : Math.round(seconds));

/** Why an agent is away: the console's word where it knows the reason, else what was reported. */
export const reasonText = (reason: string): string => (reason === 'lunch' ? m.reason_lunch() : reason);

/** An expected wait: a range, no wait, or why nobody can say; "—" for what is not known. */
export function expectedWords(expected: ExpectedText): string {
  switch (expected.kind) {
    case 'range':
      return expected.inMinutes ? m.minutes({ minutes: expected.text }) : expected.text;
    case 'noWait':
      return m.expected_no_wait();
    case 'none':
      return m.expected_none({ reason: expected.reason });
    case 'unknown':
      return '—';
  }
}
