/** Compares what was reported with what is expected, field by field. */
import type { Reported } from './kind.ts';

export interface Tolerance {
  relative: number;
  absolute: number;
}

export interface Comparison {
  /** Path of the field, as `grid[2].eQueue`. */
  field: string;
  expected: number;
  /** Null when there is nothing to divide by, undefined when the field is not reported at all. */
  got: number | null | undefined;
  passed: boolean;
  /** The difference as a share of what was expected, or of the value below which the absolute tolerance rules. */
  relativeError: number;
}

/** Every numeric field of `expected`; `toleranceOf` may differ by field. */
export function compare(
  expected: unknown,
  got: Reported | undefined,
  toleranceOf: (field: string) => Tolerance,
  field = '',
): Comparison[] {
  if (typeof expected === 'number') return [compareNumber(field, expected, got, toleranceOf(field))];
  if (Array.isArray(expected)) {
    const list: readonly Reported[] = Array.isArray(got) ? (got as readonly Reported[]) : [];
    return expected.flatMap((value, i) => compare(value, list[i], toleranceOf, `${field}[${i}]`));
  }
  if (typeof expected !== 'object' || expected === null) return [];
  const fields = typeof got === 'object' && got !== null ? (got as Record<string, Reported>) : {};
  return Object.entries(expected).flatMap(([name, value]) =>
    compare(value, fields[name], toleranceOf, field === '' ? name : `${field}.${name}`),
  );
}

function compareNumber(
  field: string,
  expected: number,
  got: Reported | undefined,
  { relative, absolute }: Tolerance,
): Comparison {
  if (typeof got !== 'number')
    return { field, expected, got: got === null ? null : undefined, passed: false, relativeError: Infinity };
  const difference = Math.abs(got - expected);
  const scale = Math.max(Math.abs(expected), relative > 0 ? absolute / relative : absolute);
  return {
    field,
    expected,
    got,
    passed: difference <= absolute + relative * Math.abs(expected),
    relativeError: difference === 0 ? 0 : difference / scale,
  };
}
