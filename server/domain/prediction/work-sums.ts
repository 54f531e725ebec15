/** How long services take and how long customers are ready to wait, learned from sums that add up. */
import type { Channel } from '#shared/events.ts';

/** Of a queue over some time. */
export interface WorkSums {
  /** Services ended, and what they took of somebody's time: from the call to the end of wrap-up. */
  handled: number;
  workSeconds: number;
  /** Customers who left before service, and the time all customers waited. */
  left: number;
  waitedSeconds: number;
}

export const noWorkSums = (): WorkSums => ({ handled: 0, workSeconds: 0, left: 0, waitedSeconds: 0 });

/** Adds `more`, so many `times`, to `sum`. */
export function addWorkSums(sum: WorkSums, more: WorkSums, times = 1): void {
  sum.handled += times * more.handled;
  sum.workSeconds += times * more.workSeconds;
  sum.left += times * more.left;
  sum.waitedSeconds += times * more.waitedSeconds;
}

/** What is believed of the services and the patience of a queue. */
export interface QueueHabits {
  /** Mean time a contact keeps its server, seconds. */
  handlingSeconds: number;
  /** At which each waiting customer gives up, per second. */
  leaveRate: number;
  /** Services behind the mean; 0 when it is a guess. */
  services: number;
}

/** Before anything is known, seconds. */
const USUAL_HANDLING: Record<Channel, number> = { hall: 360, voice: 230, chat: 480, video: 420 };
const USUAL_PATIENCE: Record<Channel, number> = { hall: 3_600, voice: 480, chat: 480, video: 480 };
/** A belief weighs as much as so many services, and so many seconds of waiting. */
const SERVICES_TRUSTED = 10;
const WAITING_TRUSTED = 3_600;

/** What is usual before the first service. */
export const usualHabits = (channel: Channel): QueueHabits => ({
  handlingSeconds: USUAL_HANDLING[channel],
  leaveRate: 1 / USUAL_PATIENCE[channel],
  services: 0,
});

/**
 * The habits that sums tell, drawn to `otherwise` as far as they are thin. Who is served only says that patience lasted
 * longer, so those who left over all time waited is the likeliest constant rate of leaving (censored exponential).
 */
export function habitsFrom(sums: WorkSums, otherwise: QueueHabits): QueueHabits {
  const { handled, workSeconds, left, waitedSeconds } = sums;
  return {
    handlingSeconds:
      (workSeconds + SERVICES_TRUSTED * otherwise.handlingSeconds) / (handled + SERVICES_TRUSTED),
    leaveRate: (left + WAITING_TRUSTED * otherwise.leaveRate) / (waitedSeconds + WAITING_TRUSTED),
    services: handled,
  };
}

/** Today's services over usual ones, drawn to 1 while few have ended: how much longer handling takes today, ratio. */
export function handlingRatio({ handled, workSeconds }: WorkSums, usual: QueueHabits): number {
  const expected = (handled + SERVICES_TRUSTED) * usual.handlingSeconds;
  return (workSeconds + SERVICES_TRUSTED * usual.handlingSeconds) / expected;
}
