/** Why a branch is slow, in few words of the page's language. */
import type { Driver, DriverReportRow } from '#shared/drivers.ts';
import { meanText } from '#lib/format/words.ts';
import { m } from '../../../paraglide/messages.js';

/** More causes than this are not named in a row. */
const MOST = 2;

/** The largest causes first; "as usual" when there is none, "—" when nobody can say. */
export function causeText({ verdict, causes, facts }: DriverReportRow): string {
  if (verdict === 'unknown') return '—';
  if (facts === null || causes.length === 0) return m.cause_usual();
  return causes
    .slice(0, MOST)
    .map((cause) => one(cause, facts))
    .join(m.list_comma());
}

/** The same with what it rests on. */
export function causeDetail(row: DriverReportRow): string {
  if (row.message.startsWith('lacking.')) return m.cause_lacking();
  return m.cause_detail({
    measured: meanText(row.measuredSeconds),
    usual: meanText(row.usualSeconds),
    n: row.answered,
    days: row.days,
  });
}

function one(cause: Driver, facts: NonNullable<DriverReportRow['facts']>): string {
  const { actual, expected } = facts[cause];
  if (cause === 'counters') return m.cause_counters({ count: oneDecimal(Math.max(0, expected - actual)) });
  const percent = expected > 0 ? Math.round((actual / expected - 1) * 100) : 0;
  return cause === 'arrivals' ? m.cause_arrivals({ percent }) : m.cause_handling({ percent });
}

const oneDecimal = (n: number): string => String(Math.round(n * 10) / 10);
