/** How a queue or branch stands against its targets; thresholds are the defaults of the screens' specification. */
import type { Status } from '#shared/views.ts';
import type { Share } from './service-level.ts';

/** At risk from this share of the promised wait. */
const RISK_RATIO = 0.8;
/** In breach when the service level is this far under its target, ratio. */
const BREACH_UNDER = 0.1;
/** A service level of fewer contacts says nothing (rule SL3). */
const ENOUGH = 20;

/** Order of urgency, worst first. */
const URGENCY = ['breach', 'risk', 'normal'] as const satisfies readonly Status[];

/** Status from the longest wait against the promise and the service level against its target. */
export function statusOf(longestOverTarget: number, serviceLevel: Share, target: number): Status {
  const known =
    serviceLevel.ratio !== null && serviceLevel.denominator >= ENOUGH ? serviceLevel.ratio : target;
  if (longestOverTarget > 1 || known < target - BREACH_UNDER) return 'breach';
  if (longestOverTarget >= RISK_RATIO || known < target) return 'risk';
  return 'normal';
}

/** The worst of some; stale and closed ones neither raise nor lower it. */
export function worstStatus(statuses: readonly Status[]): Status {
  return URGENCY.find((status) => statuses.includes(status)) ?? 'normal';
}
