/** Values that change at known times, as in a plan: rates by quarter of an hour, staff by shift. */

/** `[from, value]` in order of time, in seconds from now; the value holds until the next one begins. The first begins at 0 or before. */
export type StepFunction = readonly (readonly [from: number, value: number])[];

/** RangeError when the steps are out of order, have no value at 0 or a negative one. */
export function requireSteps(name: string, steps: StepFunction): void {
  const [first] = steps;
  if (first === undefined || first[0] > 0) throw new RangeError(`${name} has no value at time 0`);
  steps.forEach(([from, value], i) => {
    const before = steps[i - 1];
    if (!Number.isFinite(from) || (before !== undefined && before[0] >= from))
      throw new RangeError(`${name} must be in order of time`);
    if (!(value >= 0) || !Number.isFinite(value)) throw new RangeError(`${name} must not be below 0`);
  });
}

/** The value at a time. */
export function valueAt(steps: StepFunction, at: number): number {
  return (steps.findLast(([from]) => from <= at) ?? steps[0])?.[1] ?? 0;
}

/** Times strictly between `from` and `to` at which any of the functions steps, rising, each once. */
export function stepsBetween(functions: readonly StepFunction[], from: number, to: number): number[] {
  const times = functions.flatMap((steps) => steps.map(([at]) => at)).filter((at) => at > from && at < to);
  return [...new Set(times)].sort((a, b) => a - b);
}

/** The function with each value it has between two times changed, from now on. */
export function changedBetween(
  steps: StepFunction,
  from: number,
  to: number,
  change: (value: number) => number,
): StepFunction {
  const cuts = [0, ...stepsBetween([steps, [[from, 0]], [[to, 0]]], 0, Infinity)];
  return cuts.map((at) => {
    const value = valueAt(steps, at);
    return [at, at >= from && at < to ? change(value) : value];
  });
}

/** ∫ of the function between two times. */
export function integral(steps: StepFunction, from: number, to: number): number {
  const cuts = [from, ...stepsBetween([steps], from, to), to];
  return cuts.slice(1).reduce((sum, cut, i) => {
    const start = cuts[i] ?? from;
    return sum + valueAt(steps, start) * (cut - start);
  }, 0);
}
