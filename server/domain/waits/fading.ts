/** Numbers that forget: by time, or by how much came after. Plain records, so that a checkpoint can hold them. */

/** A sum in which an entry counts e times less for each `memory` that has passed since. */
export interface Fading {
  value: number;
  /** Epoch ms. */
  at: number;
}

export const noFading = (): Fading => ({ value: 0, at: 0 });

/** What is left of the sum at an instant; `memoryMs` is the time in which it falls to 1/e. */
export const fadedTo = ({ value, at }: Fading, now: number, memoryMs: number): number =>
  value === 0 ? 0 : value * Math.exp(-Math.max(0, now - at) / memoryMs);

/** Adds an entry at an instant. */
export function addFading(sum: Fading, now: number, memoryMs: number, amount = 1): void {
  sum.value = fadedTo(sum, now, memoryMs) + amount;
  sum.at = Math.max(sum.at, now);
}

/** A mean in which an entry counts e times less for each `memory` entries after it. */
export interface RunningMean {
  weight: number;
  sum: number;
}

export const noMean = (): RunningMean => ({ weight: 0, sum: 0 });

export function addToMean(mean: RunningMean, value: number, memory: number): void {
  const keep = 1 - 1 / memory;
  mean.weight = mean.weight * keep + 1;
  mean.sum = mean.sum * keep + value;
}

/** The mean, drawn towards `otherwise` as if that had been seen `strength` times more. */
export const drawnMean = ({ weight, sum }: RunningMean, otherwise: number, strength: number): number =>
  (sum + strength * otherwise) / (weight + strength);
