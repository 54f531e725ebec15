/** Whether the condition of a rule holds, with its duration before raising and before clearing (rule AL1). */
import type { AlertRule } from '#shared/alerts.ts';

/** What one rule has seen of one subject. */
export interface Watch {
  on: boolean;
  /** Since when the condition holds, epoch ms; of no meaning while it does not. */
  since: number;
  /** Since when the figure says otherwise than `on`. */
  turningSince: number | null;
}

export const newWatch = (on: boolean, since: number): Watch => ({ on, since, turningSince: null });

/** Takes the next figure; one that nobody can know (`null`) changes nothing. */
export function watch(seen: Watch, value: number | null, rule: AlertRule, now: number): void {
  if (value === null) return;
  const turns = seen.on ? value <= rule.clearAt : value >= rule.raiseAt;
  if (!turns) {
    seen.turningSince = null;
    return;
  }
  seen.turningSince ??= now;
  const afterMs = (seen.on ? rule.clearAfterSeconds : rule.raiseAfterSeconds) * 1_000;
  if (now - seen.turningSince < afterMs) return;
  if (!seen.on) seen.since = seen.turningSince;
  seen.on = !seen.on;
  seen.turningSince = null;
}
