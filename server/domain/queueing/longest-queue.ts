/** Where the queue of an exact chain may be cut off. */

const NEGLIGIBLE = 1e-17;
/** What fits into a packed state. */
const MOST = 8_000;

/**
 * A queue longer than this is as good as never seen, when it grows at `arrivalRate`, shrinks at `capacity` and each
 * waiting customer gives up at `abandonmentRate` (per second); RangeError when it would not end or is beyond an exact solution.
 */
export function longestQueue(arrivalRate: number, capacity: number, abandonmentRate: number): number {
  let weight = 1;
  let most = 1;
  for (let waiting = 1; waiting < MOST; waiting++) {
    weight *= arrivalRate / (capacity + waiting * abandonmentRate);
    most = Math.max(most, weight);
    if (weight < most * NEGLIGIBLE) return waiting;
  }
  throw new RangeError('this queue grows too long to be solved exactly');
}
