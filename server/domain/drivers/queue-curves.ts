/** Waits from the curves of all who came to a queue and all who left it by a time. */

/** People waiting in a slot. */
export interface SlotWaiting {
  /** Right after its servers have come or gone. */
  atStart: number;
  mean: number;
  atEnd: number;
}

export const NOBODY_WAITING: SlotWaiting = { atStart: 0, mean: 0, atEnd: 0 };

/**
 * First come, first served, the n-th to leave a queue is the n-th that came: waits lie between the two curves, and the
 * time waited in all is the area between them (Newell 1982).
 */
export interface QueueCurves {
  /** The next slot. */
  add(arrivals: number, waiting: SlotWaiting): void;
  /** Those who leave the queue in the slots `from` ≤ slot < `to`: how many, and how long they waited together, seconds. */
  leaving(from: number, to: number): Leaving;
  /** How long the first in the queue has waited at the end of a slot, seconds. */
  headWait(slot: number): number;
  /** People waiting at the end of a slot. */
  waitingAfter(slot: number): number;
}

export interface Leaving {
  people: number;
  waitedSeconds: number;
}

/** Curves that begin at 0, over slots of equal length. */
export function createQueueCurves(slotSeconds: number): QueueCurves {
  /** At each border between slots: who came, and Σ of the times at which they came. */
  const came = [0];
  const cameTimes = [0];
  /** Who left, how long they had waited together, and when the one came who left last. */
  const left = [0];
  const waited = [0];
  const lastCameAt = [0];
  let leftTimes = 0;
  /** Slot in which the one came who left last. */
  let behind = 0;

  const at = (curve: readonly number[], border: number): number => curve[border] ?? 0;

  /** Σ of the times at which the first `number` came, and the last of these times. */
  const arrivalsUpTo = (number: number): { sum: number; last: number } => {
    while (behind < came.length - 2 && at(came, behind + 1) <= number) behind += 1;
    const start = behind * slotSeconds;
    const part = number - at(came, behind);
    const all = at(came, behind + 1) - at(came, behind);
    const last = all > 0 ? start + (part / all) * slotSeconds : start;
    return { sum: at(cameTimes, behind) + (part * (start + last)) / 2, last };
  };

  return {
    add(arrivals, waiting) {
      const slot = came.length - 1;
      const start = slot * slotSeconds;
      const before = at(came, slot);
      const end = start + slotSeconds;
      came.push(before + arrivals);
      cameTimes.push(at(cameTimes, slot) + arrivals * (start + slotSeconds / 2));
      // Straight lines from start over the middle to the end, with the mean that is given.
      const inMiddle = Math.max(0, 2 * waiting.mean - (waiting.atStart + waiting.atEnd) / 2);
      const middle = start + slotSeconds / 2;
      const points: [time: number, left: number][] = [
        [start, before - waiting.atStart],
        [middle, before + arrivals / 2 - inMiddle],
        [end, before + arrivals - waiting.atEnd],
      ];
      let number = at(left, slot);
      let since = start;
      for (const [time, reached] of points) {
        // Servers who go do not send anybody back.
        const next = Math.max(number, reached);
        leftTimes += ((next - number) * (since + time)) / 2;
        number = next;
        since = time;
      }
      const { sum, last } = arrivalsUpTo(number);
      left.push(number);
      waited.push(leftTimes - sum);
      lastCameAt.push(last);
    },
    leaving: (from, to) => ({
      people: at(left, to) - at(left, from),
      waitedSeconds: at(waited, to) - at(waited, from),
    }),
    headWait: (slot) => Math.max(0, (slot + 1) * slotSeconds - at(lastCameAt, slot + 1)),
    waitingAfter: (slot) => at(came, slot + 1) - at(left, slot + 1),
  };
}
