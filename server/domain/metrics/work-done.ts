/** What agents finished, in a window that moves with the clock. */
import type { Outcome } from '../branch/outcome.ts';
import type { AgentInterval } from './interval.ts';
import { type Rolling, rowAt, rowsWithin, type Width } from './rolling.ts';

/** Contacts, and seconds of service, hold and wrap-up. */
const WIDTH: Width = { sums: 4, counts: 0 };

/** Adds what an agent finished; `now` is the branch's newest time. */
export function addWork(
  work: Rolling,
  outcome: Extract<Outcome, { kind: 'handled' | 'wrappedUp' }>,
  now: number,
): void {
  const row = rowAt(work, WIDTH, outcome.at, now);
  if (row === null) return;
  const add = (column: number, value: number): void => {
    const cell = row * WIDTH.sums + column;
    work.sums[cell] = (work.sums[cell] ?? 0) + value;
  };
  if (outcome.kind === 'wrappedUp') add(3, outcome.wrapUpSeconds);
  else {
    add(0, 1);
    add(1, outcome.serviceSeconds);
    add(2, outcome.holdSeconds);
  }
}

/** Adds what was finished in the window that ends at `now`, ms long (at most 30 min), to `sums`. */
export function addWorkWithin(work: Rolling, now: number, windowMs: number, sums: AgentInterval): void {
  for (const row of rowsWithin(work, now, windowMs)) {
    const first = row * WIDTH.sums;
    sums.handled += work.sums[first] ?? 0;
    sums.serviceSeconds += work.sums[first + 1] ?? 0;
    sums.holdSeconds += work.sums[first + 2] ?? 0;
    sums.wrapUpSeconds += work.sums[first + 3] ?? 0;
  }
}
