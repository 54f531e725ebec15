/** The rows of a scope → counts, sums, the table and its filter. Pure. */
import type { ServiceLevelShown } from '#shared/network.ts';
import type { BranchRow } from '#shared/views.ts';
import { type Standing, urgency, withChance } from './order.ts';
import { searchedText, searchText, type Spell, unspelt } from './search-text.ts';
import { commonFormula, ratio, serviceLevel30, type Ratio } from './ratio.ts';

/** Groups that branches are counted and filtered by: at risk by what is measured or by what is foretold is one. */
export const GROUPS = [
  'breach',
  'breachAhead',
  'risk',
  'normal',
  'stale',
  'closed',
] as const satisfies readonly Standing[];
export type Group = (typeof GROUPS)[number];
export const SORTS = ['harm', 'chance', 'longest', 'waiting', 'late', 'level', 'name'] as const;
export type Sort = (typeof SORTS)[number];

/** What a chip sorts by: its own measure. */
const SORT_OF: Record<Group, Sort> = {
  breach: 'late',
  breachAhead: 'chance',
  risk: 'longest',
  normal: 'harm',
  stale: 'name',
  closed: 'name',
};

export interface NetworkFilter {
  group: Group | null;
  text: string;
  sort: Sort;
}

/** How a branch stands, with what is foretold of its likeliest queue. */
export const standingOf = (row: BranchRow): Standing => withChance(row.status, row.breachProbability);

export function groupOf(row: BranchRow): Group {
  const standing = standingOf(row);
  return standing === 'riskAhead' ? 'risk' : standing;
}

/** Branches by group. */
export function groupCounts(rows: Iterable<BranchRow>): Record<Group, number> {
  const counts: Record<Group, number> = {
    breach: 0,
    breachAhead: 0,
    risk: 0,
    normal: 0,
    stale: 0,
    closed: 0,
  };
  for (const row of rows) counts[groupOf(row)]++;
  return counts;
}

/** True when something is foretold of at least one of them. */
export function isForetold(rows: Iterable<BranchRow>): boolean {
  for (const { breachProbability } of rows) if (breachProbability !== null) return true;
  return false;
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
  urgency(standingOf(b)) - urgency(standingOf(a)) ||
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
  chance: (a, b) => (b.breachProbability ?? -1) - (a.breachProbability ?? -1) || byHarm(a, b),
  late: (a, b) => b.late - a.late || byHarm(a, b),
  waiting: (a, b) => (b.waiting ?? -1) - (a.waiting ?? -1) || byHarm(a, b),
  level: (a, b) => level(a) - level(b) || byHarm(a, b),
};

/**
 * The rows that pass the filter, in its order; names are sorted as they are read in `language`, and also found by what
 * `spell` makes of a Chinese name.
 */
export function networkRows(
  rows: Iterable<BranchRow>,
  filter: NetworkFilter,
  language: 'zh' | 'en' = 'zh',
  spell: Spell = unspelt,
): BranchRow[] {
  const wanted = searchText(filter.text);
  const found: BranchRow[] = [];
  for (const row of rows) {
    if (filter.group !== null && groupOf(row) !== filter.group) continue;
    if (wanted === '' || searchedText(row, spell).includes(wanted)) found.push(row);
  }
  return found.sort(filter.sort === 'name' ? byName(language) : COMPARE[filter.sort]);
}

/** Why these are slow is asked for: the first branches of a list that are in trouble, not closed or unheard. */
const ASKED = 8;
export const worstFirst = (ids: readonly string[], rows: ReadonlyMap<string, BranchRow>): string[] =>
  ids
    .filter((id) => {
      const row = rows.get(id);
      return row !== undefined && urgency(standingOf(row)) > urgency('normal');
    })
    .slice(0, ASKED);

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
  const group = GROUPS.find((known) => known === parameters.get('f')) ?? null;
  const sort = SORTS.find((known) => known === parameters.get('sort')) ?? (group ? SORT_OF[group] : 'harm');
  return { group, sort, text: parameters.get('text') ?? '' };
}
