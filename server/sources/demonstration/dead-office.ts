import { replay, type DayRun, type TimedFact } from './day-run.ts';
import type { RecordedHall } from './recorded.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The level feed is asked this often, between these local times. */
export const POLL_MS = 5 * MINUTE_MS;
const FIRST_POLL_MS = 8 * HOUR_MS;
const LAST_POLL_MS = 19 * HOUR_MS;

/** True for the office that reported nothing but the same zeros all day. */
export const isDead = (hall: RecordedHall): boolean =>
  hall.groups.every((group) => group.queues.every((queue) => queue.arrivals.every((count) => count === 0)));

/**
 * Re-enacts it: a level feed that never changes. Its clock, eight years behind then, is right today: a recorded day is
 * laid over this one by the time at which it was observed.
 */
export function runDeadOffice(branch: string, hall: RecordedHall, key: string, midnight: number): DayRun {
  const facts: TimedFact[] = [];
  for (let time = FIRST_POLL_MS; time < LAST_POLL_MS; time += POLL_MS) {
    const at = midnight + time;
    for (const { open, queues } of hall.groups) {
      for (const { id } of queues) {
        const countersOpen = open[0] ?? 0;
        const event = { id: `${key}-${id}-${time / MINUTE_MS}`, at, queue: id, waiting: 0, countersOpen };
        facts.push({ ...event, type: 'queue.observed' });
      }
    }
  }
  return replay(branch, facts);
}
