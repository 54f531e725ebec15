/** Customers of days gone by, told now: what reports of the past are about. */
import type { SourceEvent } from '#shared/events.ts';

const DAY_MS = 86_400_000;
const WAIT_MS = 300_000;

/** So many visits of five minutes' wait on each of the days before the one of `now` (epoch ms), the first day first. */
export function pastVisits(past: { now: number; days: number; aDay: number; queue: string }): SourceEvent[] {
  const { now, days, aDay, queue } = past;
  return Array.from({ length: days * aDay }, (_, i): SourceEvent[] => {
    const contact = `past-${i}`;
    const at = now - (days - Math.floor(i / aDay)) * DAY_MS + (i % aDay) * 1_000;
    return [
      { id: `${contact}-queued`, at, type: 'contact.queued', contact, queue },
      { id: `${contact}-left`, at: at + WAIT_MS, type: 'contact.abandoned', contact },
    ];
  }).flat();
}
