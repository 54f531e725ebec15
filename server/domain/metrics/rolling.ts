/** Counts of the last 30 minutes, in slots that fall out as time goes on. */
import { addCounts, type Counts, noCounts } from './counts.ts';

export const ROLLING_MS = 30 * 60_000;
/** The window moves in steps of this, ms: it holds the last 30:00 to 30:30. */
const SLOT_MS = 30_000;

export interface Slot {
  start: number;
  counts: Counts;
}
/** Slots in order of time, only those in which something happened. */
export type Rolling = Slot[];

const slotStart = (at: number): number => at - (at % SLOT_MS);

/** The counts in which something at `at` belongs; `null` when the window has already passed it. */
export function slotAt(rolling: Rolling, at: number, now: number): Counts | null {
  const oldest = slotStart(now - ROLLING_MS);
  while (rolling[0] !== undefined && rolling[0].start < oldest) rolling.shift();
  const start = slotStart(at);
  if (start < oldest) return null;
  let i = rolling.length - 1;
  while (i >= 0 && (rolling[i]?.start ?? 0) > start) i--;
  const found = rolling[i];
  if (found?.start === start) return found.counts;
  const slot = { start, counts: noCounts() };
  rolling.splice(i + 1, 0, slot);
  return slot.counts;
}

/** The sums of the window that ends at `now`. */
export function sumRolling(rolling: Rolling, now: number): Counts {
  const oldest = slotStart(now - ROLLING_MS);
  const sum = noCounts();
  for (const slot of rolling) if (slot.start >= oldest) addCounts(sum, slot.counts);
  return sum;
}
