/** The rows of a scope → counts, sums, the table and its filter. Pure. */
import type { ServiceLevelShown } from '#shared/network.ts';
import type { BranchRow, Status } from '#shared/views.ts';
import { urgency } from './order.ts';
import { commonFormula, ratio, serviceLevel30, type Ratio } from './ratio.ts';

export const STATUSES = ['breach', 'risk', 'normal', 'stale', 'closed'] as const satisfies readonly Status[];
export const SORTS = ['harm', 'longest', 'waiting', 'level', 'name'] as const;
export type Sort = (typeof SORTS)[number];

export interface NetworkFilter {
  status: Status | null;
  text: string;
  sort: Sort;
}

/** Branches by status. */
export function statusCounts(rows: Iterable<BranchRow>): Record<Status, number> {
  const counts: Record<Status, number> = { breach: 0, risk: 0, normal: 0, stale: 0, closed: 0 };
  for (const { status } of rows) counts[status]++;
  return counts;
}

export interface NetworkSums {
  branches: number;
  /** Branches whose data is stale and that are left out of every sum (rule SL4). */
  leftOut: number;
  waiting: number;
  late: number;
  level30: Ratio;
  /** The target of the branches; `null` when they have different ones. */
  target: number | null;
  /** The formula of their service level. */
  serviceLevel: ServiceLevelShown;
  abandonmentToday: Ratio;
  countersOpen: number;
  countersConfigured: number;
  agentsOn: number;
}

/** Sums over the branches that can be believed: counts are added, division comes last (rule SL4). */
export function networkSums(rows: Iterable<BranchRow>): NetworkSums {
  const sum = { branches: 0, leftOut: 0, waiting: 0, late: 0, slNumerator30: 0, slDenominator30: 0 };
  const day = { answered: 0, abandoned: 0 };
  const staff = { countersOpen: 0, countersConfigured: 0, agentsOn: 0 };
  const targets = new Set<number>();
  const formulas = new Set<ServiceLevelShown>();
  for (const row of rows) {
    sum.branches++;
    if (row.status === 'stale') {
      sum.leftOut++;
      continue;
    }
    sum.waiting += row.waiting ?? 0;
    sum.late += row.late;
    sum.slNumerator30 += row.slNumerator30;
    sum.slDenominator30 += row.slDenominator30;
    day.answered += row.answeredToday;
    day.abandoned += row.abandonedToday;
    staff.countersOpen += row.countersOpen;
    staff.countersConfigured += row.countersConfigured;
    staff.agentsOn += row.agentsOn;
    targets.add(row.serviceLevelTarget);
    formulas.add(row.serviceLevel);
  }
  const [onlyTarget = null] = targets.size === 1 ? targets : [];
  return {
    branches: sum.branches,
    leftOut: sum.leftOut,
    waiting: sum.waiting,
    late: sum.late,
    level30: serviceLevel30(sum),
    target: onlyTarget,
    serviceLevel: commonFormula(formulas),
    abandonmentToday: ratio(day.abandoned, day.answered + day.abandoned),
    ...staff,
  };
}

/** Order of harm: status, customers past their target, worst share of the target, number waiting. */
const byHarm = (a: BranchRow, b: BranchRow): number =>
  urgency(b.status) - urgency(a.status) ||
  b.late - a.late ||
  b.worstRatio - a.worstRatio ||
  (b.waiting ?? -1) - (a.waiting ?? -1) ||
  compareText(a.id, b.id);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const oldest = (row: BranchRow): number => row.oldestAt ?? Number.MAX_SAFE_INTEGER;
const level = (row: BranchRow): number => serviceLevel30(row).value ?? 2;
const names = new Intl.Collator(['zh-CN', 'en']);

/** By the name people read: Chinese in the order of its sounds. */
const byName =
  (language: 'zh' | 'en') =>
  (a: BranchRow, b: BranchRow): number =>
    (language === 'en' ? names.compare(a.nameEn, b.nameEn) : names.compare(a.nameZh, b.nameZh)) ||
    compareText(a.id, b.id);

const COMPARE: Record<Exclude<Sort, 'name'>, (a: BranchRow, b: BranchRow) => number> = {
  harm: byHarm,
  longest: (a, b) => oldest(a) - oldest(b) || byHarm(a, b),
  waiting: (a, b) => (b.waiting ?? -1) - (a.waiting ?? -1) || byHarm(a, b),
  level: (a, b) => level(a) - level(b) || byHarm(a, b),
};

/** The rows that pass the filter, in its order; names are sorted as they are read in `language`. */
export function networkRows(
  rows: Iterable<BranchRow>,
  filter: NetworkFilter,
  language: 'zh' | 'en' = 'zh',
): BranchRow[] {
  const wanted = filter.text.trim().toLowerCase();
  const found: BranchRow[] = [];
  for (const row of rows) {
    if (filter.status !== null && row.status !== filter.status) continue;
    if (wanted === '' || textOf(row).includes(wanted)) found.push(row);
  }
  return found.sort(filter.sort === 'name' ? byName(language) : COMPARE[filter.sort]);
}

const textOf = (row: BranchRow): string =>
  `${row.id}\n${row.nameZh}\n${row.nameEn}\n${row.regionZh}\n${row.regionEn}`.toLowerCase();

export interface Region {
  zh: string;
  en: string;
  /** Worst first. */
  rows: BranchRow[];
}

/** The branches by region, worst first in each; regions by name, so that they keep their places. */
export function regions(rows: Iterable<BranchRow>, language: 'zh' | 'en'): Region[] {
  const groups = new Map<string, Region>();
  for (const row of rows) {
    const group = groups.get(row.regionZh) ?? { zh: row.regionZh, en: row.regionEn, rows: [] };
    group.rows.push(row);
    groups.set(row.regionZh, group);
  }
  for (const group of groups.values()) group.rows.sort(byHarm);
  return [...groups.values()].sort((a, b) => names.compare(a[language], b[language]));
}

/** Reads a filter from an address; what it does not know is as if it were not there. */
export function filterFrom(parameters: Pick<URLSearchParams, 'get'>): NetworkFilter {
  const status = STATUSES.find((known) => known === parameters.get('f')) ?? null;
  const sort = SORTS.find((known) => known === parameters.get('sort')) ?? 'harm';
  return { status, sort, text: parameters.get('text') ?? '' };
}
