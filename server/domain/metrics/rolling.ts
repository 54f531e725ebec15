/**
 * Sums of the last 30 minutes, in slots that fall out as time goes on. A busy hall has thousands of queues, so a slot is
 * a row of numbers, and there are only as many rows as slots in which something happened.
 */

export const ROLLING_MS = 30 * 60_000;
/** The window moves in steps of this, ms: it holds the last 30:00 to 30:30. */
export const SLOT_MS = 30_000;

/** What happened this long ago can still be in the window, ms. */
export const KEPT_MS = ROLLING_MS + SLOT_MS;

/** Rows of `sums` and `counts`, both of a fixed width; a row belongs to the slot of the same index in `slots`. */
export interface Rolling {
  slots: Int32Array;
  sums: Float64Array;
  /** Small whole numbers, never below zero. */
  counts: Uint16Array;
}

const FREE = -1;
const FEWEST_ROWS = 4;

/** A window in which nothing happened. */
export const noRolling = (): Rolling => ({
  slots: new Int32Array(0),
  sums: new Float64Array(0),
  counts: new Uint16Array(0),
});

const slotOf = (at: number): number => Math.floor(at / SLOT_MS);
const oldestOf = (now: number, windowMs: number): number => slotOf(now - windowMs);

/** When the window of this length that ends at `now` begins: on a slot, epoch ms. */
export const windowStart = (now: number, windowMs: number): number => oldestOf(now, windowMs) * SLOT_MS;

/** How wide the rows of a window are. */
export interface Width {
  sums: number;
  counts: number;
}

/** The row to which something at `at` belongs; `null` when the window has already passed it. */
export function rowAt(rolling: Rolling, width: Width, at: number, now: number): number | null {
  const oldest = oldestOf(now, ROLLING_MS);
  const slot = slotOf(at);
  if (slot < oldest) return null;
  let free: number | null = null;
  for (let row = rolling.slots.length - 1; row >= 0; row--) {
    const known = rolling.slots[row] ?? FREE;
    if (known === slot) return row;
    if (known < oldest) free = row;
  }
  const row = free ?? grow(rolling, width);
  rolling.slots[row] = slot;
  rolling.sums.fill(0, row * width.sums, (row + 1) * width.sums);
  rolling.counts.fill(0, row * width.counts, (row + 1) * width.counts);
  return row;
}

/** Doubles the rows; the first one that is new. */
function grow(rolling: Rolling, width: Width): number {
  const before = rolling.slots.length;
  const rows = Math.max(FEWEST_ROWS, before * 2);
  const slots = new Int32Array(rows).fill(FREE);
  const sums = new Float64Array(rows * width.sums);
  const counts = new Uint16Array(rows * width.counts);
  slots.set(rolling.slots);
  sums.set(rolling.sums);
  counts.set(rolling.counts);
  Object.assign(rolling, { slots, sums, counts });
  return before;
}

/** When the newest slot begins, epoch ms. */
export const lastSlot = ({ slots }: Rolling): number =>
  slots.reduce((last, slot) => Math.max(last, slot), 0) * SLOT_MS;

/** The rows of the slots that begin in `from` ≤ start < `to`, epoch ms. */
export function rowsBetween({ slots }: Rolling, from: number, to: number): number[] {
  const [first, end] = [slotOf(from), slotOf(to)];
  return [...slots.keys()].filter((row) => {
    const slot = slots[row] ?? FREE;
    return slot >= first && slot < end;
  });
}

/** The rows of the window that ends at `now` and is this long, ms (at most {@link ROLLING_MS}). */
export function rowsWithin({ slots }: Rolling, now: number, windowMs: number): number[] {
  const oldest = oldestOf(now, windowMs);
  const rows: number[] = [];
  for (let row = 0; row < slots.length; row++) if ((slots[row] ?? FREE) >= oldest) rows.push(row);
  return rows;
}
