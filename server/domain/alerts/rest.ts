/** Until when nothing can become due in a branch by time alone, so that nobody need look at it unless something is told. */
import { SLOT_MS } from '../metrics/rolling.ts';
import type { Watches } from './evaluate.ts';
import type { Reading } from './readings.ts';
import { activeAlerts, type BranchAlerts, ruleOf } from './state.ts';

/** Windows move on, halls open and predictions grow old: nothing rests for longer, ms. */
const LONGEST_MS = SLOT_MS;

/** When to look again, epoch ms, after a look at `now` with these readings; `now` itself where something is under way. */
export function restsUntil(
  branch: BranchAlerts,
  watches: Watches,
  readings: readonly Reading[] | null,
  now: number,
): number {
  if (activeAlerts(branch).length > 0) return now;
  for (const { on, turningSince } of watches.values()) if (on || turningSince !== null) return now;
  let until = now + LONGEST_MS;
  for (const { rule, value, perSecond = 0 } of readings ?? []) {
    if (value === null || perSecond === 0) continue;
    until = Math.min(until, now + ((ruleOf(branch, rule).raiseAt - value) / perSecond) * 1_000);
  }
  return until;
}
