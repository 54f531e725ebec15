/** Runs oracle cases through the production functions and sums up how near they come. */
import { classKinds } from './class-kinds.ts';
import { compare, type Comparison, type Tolerance } from './compare.ts';
import { erlangKinds } from './erlang-kinds.ts';
import type { Kind } from './kind.ts';
import type { OracleFile } from './read-oracles.ts';
import { serviceKinds } from './service-kinds.ts';
import { staffingKinds } from './staffing-kinds.ts';
import { transientKinds } from './transient-kinds.ts';

const KINDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries({ ...erlangKinds, ...classKinds, ...serviceKinds, ...staffingKinds, ...transientKinds }),
);

export interface Failure {
  id: string;
  /** Empty when the whole case could not be run. */
  field: string;
  expected: number | null;
  /** The value, or why there is none. */
  got: number | string;
}

export interface NotCovered {
  kind: string;
  field?: string;
  cases: number;
  why: string;
}

export interface OracleReport {
  ok: boolean;
  cases: number;
  /** Cases that were run. */
  reported: number;
  /** Figures compared. */
  figures: number;
  failed: Failure[];
  /** By kind, beyond the absolute tolerance; averages over windows, which have a tolerance of their own, as `<kind>.windows`. */
  worstRelativeError: Record<string, number>;
  /** Figures others have printed, checked as well. */
  published: number;
  notCovered: NotCovered[];
}

const WINDOWS = 'windows[';
const IN_SECONDS = 'Seconds';
const NO_MODEL = 'no model of this kind';
const WHY_NOT: Readonly<Record<string, string>> = {
  truncationRate: 'a property of the reference solver, not of the queue',
};

/** Runs every case; `tell` hears of each kind as it begins. */
export function runOracles(
  { cases, published, unreadable }: OracleFile,
  tell: (text: string) => void,
): OracleReport {
  const failed = unreadable.map(({ id, why }): Failure => unrun(id, why));
  const worst: Record<string, number> = {};
  const missing = new Map<string, NotCovered>();
  const miss = (kind: string, why: string, field?: string) => {
    const key = `${kind} ${field ?? ''}`;
    const known = missing.get(key) ?? { kind, ...(field === undefined ? {} : { field }), cases: 0, why };
    missing.set(key, { ...known, cases: known.cases + 1 });
  };
  let reported = 0;
  let figures = 0;
  for (const [i, one] of cases.entries()) {
    if (one.kind !== cases[i - 1]?.kind) tell(`${one.kind} …`);
    const run = KINDS.get(one.kind);
    if (run === undefined) {
      miss(one.kind, NO_MODEL);
      continue;
    }
    reported++;
    const comparisons = compareRun(run, one.input, one.expected, (field) => ({
      relative: field.startsWith(WINDOWS) ? (one.relTolWindows ?? one.relTol) : one.relTol,
      absolute: one.absTol,
    }));
    if (typeof comparisons === 'string') {
      failed.push(unrun(one.id, comparisons));
      continue;
    }
    const missed = new Set<string>();
    for (const comparison of comparisons) {
      const { field, got, passed, relativeError } = comparison;
      if (got === undefined) {
        missed.add(field.replace(/\[\d+\]/g, ''));
        continue;
      }
      figures++;
      const key = field.startsWith(WINDOWS) ? `${one.kind}.windows` : one.kind;
      worst[key] = Math.max(worst[key] ?? 0, relativeError);
      if (!passed) failed.push(failure(one.id, comparison));
    }
    for (const field of missed) miss(one.kind, WHY_NOT[field] ?? 'not reported', field);
  }
  for (const [i, printed] of published.entries()) {
    const run = KINDS.get(printed.kind);
    if (run === undefined) miss(printed.kind, NO_MODEL);
    else failed.push(...checkPublished(run, printed, `published-${i + 1}`));
  }
  return {
    ok: failed.length === 0 && reported === cases.length,
    cases: cases.length + unreadable.length,
    reported,
    figures,
    failed,
    worstRelativeError: worst,
    published: published.length,
    notCovered: [...missing.values()],
  };
}

/** A figure printed elsewhere, as a case; those `…Seconds` are for rates per minute. */
function checkPublished(run: Kind, printed: OracleFile['published'][number], id: string): Failure[] {
  const entries = Object.entries(printed.published).map(([name, value]) =>
    name.endsWith(IN_SECONDS)
      ? { name: name.slice(0, -IN_SECONDS.length), value: value / 60, unit: 1 / 60 }
      : { name, value, unit: 1 },
  );
  const expected = Object.fromEntries(entries.map(({ name, value }) => [name, value]));
  const unitOf = (field: string) => entries.find(({ name }) => name === field)?.unit ?? 1;
  const comparisons = compareRun(run, printed.input, expected, (field) => ({
    relative: printed.checkRelTol ?? 0,
    absolute: (printed.checkAbsTol ?? 0) * unitOf(field),
  }));
  return typeof comparisons === 'string'
    ? [unrun(id, comparisons)]
    : comparisons.filter(({ passed }) => !passed).map((comparison) => failure(id, comparison));
}

/** A case of which nothing could be compared. */
const unrun = (id: string, why: string): Failure => ({ id, field: '', expected: null, got: why });

const failure = (id: string, { field, expected, got }: Comparison): Failure => ({
  id,
  field,
  expected,
  got: typeof got === 'number' && Number.isFinite(got) ? got : String(got ?? 'no value'),
});

/** The comparisons of a case, or why it could not be run. */
function compareRun(
  run: Kind,
  input: unknown,
  expected: unknown,
  toleranceOf: (field: string) => Tolerance,
): Comparison[] | string {
  try {
    const comparisons = compare(expected, run(input, expected), toleranceOf);
    return comparisons.length > 0 ? comparisons : 'expected: there is no number to compare';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
