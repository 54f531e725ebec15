/** The expected wait of a newcomer, or of one who waits → what a table says of it. Pure. */
import type { NoExpectedWait, WaitRow } from '#shared/expected-waits.ts';
import { duration } from '#lib/format/duration.ts';

/** `range` carries minutes in a hall (unit to be added), else `m:ss`; `none` why nobody can say. */
export type ExpectedText =
  | { kind: 'range'; text: string; inMinutes: boolean }
  | { kind: 'noWait' }
  | { kind: 'none'; reason: NoExpectedWait }
  | { kind: 'unknown' };

const MINUTE_SECONDS = 60;

/** P50–P80, both rounded up; one number where both round to the same. `unknown` without a row. */
export function expectedText(
  wait: Pick<WaitRow, 'p50Seconds' | 'p80Seconds' | 'none'> | undefined,
  channel: string,
): ExpectedText {
  if (wait === undefined) return { kind: 'unknown' };
  const { p50Seconds, p80Seconds, none } = wait;
  if (none !== null) return { kind: 'none', reason: none };
  if (p50Seconds === null || p80Seconds === null) return { kind: 'unknown' };
  if (p80Seconds === 0) return { kind: 'noWait' };
  const inMinutes = channel === 'hall';
  const print = (seconds: number): string =>
    inMinutes ? String(Math.ceil(seconds / MINUTE_SECONDS)) : duration(seconds);
  const ends = [print(p50Seconds), print(p80Seconds)];
  return { kind: 'range', text: [...new Set(ends)].join('–'), inMinutes };
}
