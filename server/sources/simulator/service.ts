import type { DayScript } from './day-script.ts';
import type { Visit } from './visits.ts';

const WALK_SECONDS = [8, 35] as const;
const MISSED_AFTER_SECONDS = [45, 80] as const;
const HELD_FROM = 0.4;
const HELD_SECONDS = [40, 150] as const;

/** Calls a customer to a place, and tells what comes of it: served, or not there; until when that takes, epoch ms. */
export function callCustomer(
  script: DayScript,
  visit: Visit,
  place: { counter: string; agent: string },
  { served, missed }: { served: () => void; missed: () => void },
): number {
  const { contact, missesCall, leavesAt, serviceMs, isHeld } = visit;
  script.tell({ type: 'contact.called', contact, ...place });
  if (missesCall || leavesAt <= script.now) return script.after(MISSED_AFTER_SECONDS, missed);
  const startsAt = script.after(WALK_SECONDS, () => {
    script.tell({ type: 'contact.started', contact, ...place });
    if (isHeld) holdUp(script, visit);
    script.at(script.now + serviceMs, served);
  });
  return startsAt + serviceMs;
}

function holdUp(script: DayScript, { contact, serviceMs }: Visit): void {
  script.at(script.now + Math.round(serviceMs * HELD_FROM), () => {
    script.tell({ type: 'contact.held', contact });
    script.after(HELD_SECONDS, () => script.tell({ type: 'contact.resumed', contact }));
  });
}
