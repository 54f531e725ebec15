import { describe, expect, it } from 'vitest';
import {
  filterFrom,
  groupCounts,
  isForetold,
  networkRows,
  networkSums,
  regions,
  standingOf,
  worstFirst,
} from '#lib/selectors/network.ts';
import { branchRow } from './rows.ts';

const ALL = { group: null, text: '', sort: 'harm' } as const;
const ids = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);

describe('network table', () => {
  const rows = [
    branchRow('calm', { waiting: 9 }),
    branchRow('old', { status: 'stale' }),
    branchRow('few', { status: 'breach', late: 2, worstRatio: 3 }),
    branchRow('many', { status: 'breach', late: 12, worstRatio: 1.2 }),
    branchRow('near', { status: 'risk', worstRatio: 0.9 }),
  ];

  it('puts most harm first: status, then customers past their target, then the worst share', () => {
    expect(ids(networkRows(rows, ALL))).toEqual(['many', 'few', 'near', 'calm', 'old']);
  });

  it('filters by status and by text in either language, id or region', () => {
    expect(ids(networkRows(rows, { ...ALL, group: 'breach' }))).toEqual(['many', 'few']);
    const named = branchRow('b7', {
      nameZh: '东直门厅',
      nameEn: 'Briggate',
      regionZh: '西城',
      regionEn: 'West',
    });
    for (const text of ['东直', 'brigg', ' B7 ', '西城', 'west'])
      expect(ids(networkRows([...rows, named], { ...ALL, text }))).toEqual(['b7']);
    expect(networkRows(rows, { ...ALL, text: 'nowhere' })).toEqual([]);
  });

  it('sorts by the measure that was asked for, no value last', () => {
    const some = [
      branchRow('a', { waiting: 3, oldestAt: 50, slNumerator30: 9, slDenominator30: 10 }),
      branchRow('b', { waiting: 8, oldestAt: null }),
      branchRow('c', { waiting: null, oldestAt: 10, slNumerator30: 1, slDenominator30: 10 }),
    ];
    expect(ids(networkRows(some, { ...ALL, sort: 'waiting' }))).toEqual(['b', 'a', 'c']);
    expect(ids(networkRows(some, { ...ALL, sort: 'longest' }))).toEqual(['c', 'a', 'b']);
    expect(ids(networkRows(some, { ...ALL, sort: 'level' }))).toEqual(['c', 'a', 'b']);
  });

  it('sorts by the name that is read', () => {
    const some = [
      branchRow('1', { nameZh: '安德斯街', nameEn: 'Wola' }),
      branchRow('2', { nameZh: '沃拉', nameEn: 'Andersa' }),
    ];
    expect(ids(networkRows(some, { ...ALL, sort: 'name' }, 'zh'))).toEqual(['1', '2']);
    expect(ids(networkRows(some, { ...ALL, sort: 'name' }, 'en'))).toEqual(['2', '1']);
  });

  it('finds Chinese names by how they are spelt, once that is known', () => {
    const named = branchRow('b7', { nameZh: '东直门厅' });
    const spell = (name: string) => (name === '东直门厅' ? 'dongzhimenting dzmt' : '');
    const asked = { ...ALL, text: 'DZM' };
    expect(networkRows([named], asked, 'zh')).toEqual([]);
    expect(ids(networkRows([...rows, named], asked, 'zh', spell))).toEqual(['b7']);
  });

  it('counts branches by how they stand now and in half an hour', () => {
    const ahead = branchRow('ahead', { breachProbability: 0.5 });
    const possible = branchRow('possible', { breachProbability: 0.2 });
    const counts = { breach: 2, breachAhead: 1, risk: 2, normal: 1, stale: 1, closed: 0 };
    expect(groupCounts([...rows, ahead, possible])).toEqual(counts);
    expect(isForetold(rows)).toBe(false);
    expect(isForetold([...rows, ahead])).toBe(true);
  });

  it('what is foretold never hides what is, and counts for nothing where data is stale', () => {
    expect(standingOf(branchRow('a', { status: 'breach', breachProbability: 0.9 }))).toBe('breach');
    expect(standingOf(branchRow('a', { status: 'risk', breachProbability: 0.9 }))).toBe('breachAhead');
    expect(standingOf(branchRow('a', { status: 'risk', breachProbability: 0.3 }))).toBe('risk');
    expect(standingOf(branchRow('a', { breachProbability: 0.3 }))).toBe('riskAhead');
    expect(standingOf(branchRow('a', { status: 'stale', breachProbability: 0.9 }))).toBe('stale');
  });

  it('a chip sorts by its own measure', () => {
    const some = [
      branchRow('a', { breachProbability: 0.6, late: 9 }),
      branchRow('b', { breachProbability: 0.9 }),
      branchRow('c', { breachProbability: 0.3 }),
    ];
    const filter = filterFrom(new URLSearchParams('f=breachAhead'));
    expect(filter).toEqual({ group: 'breachAhead', sort: 'chance', text: '' });
    expect(ids(networkRows(some, filter))).toEqual(['b', 'a']);
  });

  it('asks why only of those in trouble', () => {
    const table = new Map(rows.map((row) => [row.id, row]));
    expect(worstFirst(['many', 'calm', 'near', 'gone', 'old'], table)).toEqual(['many', 'near']);
  });

  it('reads its filter from the address and ignores what it does not know', () => {
    expect(filterFrom(new URLSearchParams('f=risk&sort=name&text=dzm'))).toEqual({
      group: 'risk',
      sort: 'name',
      text: 'dzm',
    });
    expect(filterFrom(new URLSearchParams('f=red&sort=up'))).toEqual(ALL);
  });
});

describe('network sums', () => {
  it('[SL4] add counts and divide last', () => {
    const sums = networkSums([
      branchRow('a', { slNumerator30: 90, slDenominator30: 100 }),
      branchRow('b', { slNumerator30: 0, slDenominator30: 20 }),
    ]);
    expect(sums.level30).toEqual({ value: 0.75, n: 120 });
  });

  it('[SL4] leave stale branches out and say how many', () => {
    const sums = networkSums([
      branchRow('a', { waiting: 5, late: 1, countersOpen: 2 }),
      branchRow('b', {
        status: 'stale',
        waiting: 99,
        late: 9,
        countersOpen: 7,
        slNumerator30: 5,
        slDenominator30: 5,
      }),
    ]);
    expect(sums).toMatchObject({ branches: 2, leftOut: 1, waiting: 5, late: 1, countersOpen: 2 });
    expect(sums.level30).toEqual({ value: null, n: 0 });
  });

  it('have one target only when all branches share it', () => {
    expect(networkSums([branchRow('a'), branchRow('b')]).target).toBe(0.8);
    expect(networkSums([branchRow('a'), branchRow('b', { serviceLevelTarget: 0.9 })]).target).toBeNull();
  });
});

describe('regions', () => {
  it('keep their places by name; in each the worst comes first', () => {
    const groups = regions(
      [
        branchRow('w', { regionZh: '西城', regionEn: 'West' }),
        branchRow('e1', {}),
        branchRow('e2', { status: 'breach' }),
      ],
      'en',
    );
    expect(groups.map(({ en, rows }) => [en, ids(rows)])).toEqual([
      ['East', ['e2', 'e1']],
      ['West', ['w']],
    ]);
  });
});
