import { describe, expect, it } from 'vitest';
import { displaced, neighbour, sameOrder, settle, urgency } from '#lib/selectors/order.ts';

describe('order of lists', () => {
  it('takes the wanted order when nobody points at the list', () => {
    expect(settle(['a', 'b', 'c'], ['c', 'a', 'b'], false)).toEqual(['c', 'a', 'b']);
  });

  it('[LV6] holds still under the pointer, while rows come and go', () => {
    expect(settle(['a', 'b', 'c'], ['c', 'b', 'a'], true)).toEqual(['a', 'b', 'c']);
    expect(settle(['a', 'b', 'c'], ['c', 'a'], true)).toEqual(['a', 'c']);
    expect(settle(['a', 'b'], ['x', 'b', 'a', 'y'], true)).toEqual(['x', 'a', 'b', 'y']);
  });

  it('a row that comes into breach goes to its place although the list holds still', () => {
    expect(settle(['a', 'b', 'c'], ['c', 'b', 'a'], true, ['c'])).toEqual(['c', 'a', 'b']);
    expect(settle(['a', 'b', 'c'], ['a', 'b', 'c'], true, ['c'])).toEqual(['a', 'b', 'c']);
  });

  it('never loses or doubles a row', () => {
    const settled = settle(['a', 'b', 'c', 'd'], ['e', 'd', 'f', 'a'], true, ['a', 'e']);
    expect([...settled].sort()).toEqual(['a', 'd', 'e', 'f']);
  });

  it('leads from row to row and no further than its ends', () => {
    expect(neighbour(['a', 'b'], 'a', 1)).toBe('b');
    expect(neighbour(['a', 'b'], 'b', 1)).toBe('b');
    expect(neighbour(['a', 'b'], null, -1)).toBe('b');
    expect(neighbour(['a', 'b'], 'gone', 1)).toBe('a');
    expect(neighbour([], null, 1)).toBeNull();
  });

  it('counts rows that stand elsewhere than they should', () => {
    expect(displaced(['a', 'b', 'c'], ['b', 'a', 'c'])).toBe(2);
    expect(sameOrder(['a'], ['a'])).toBe(true);
    expect(sameOrder(['a'], ['a', 'b'])).toBe(false);
  });

  it('breach comes before likely, before at risk, before normal, before what cannot be judged', () => {
    const standings = ['closed', 'stale', 'normal', 'riskAhead', 'risk', 'breachAhead', 'breach'] as const;
    expect(standings.map(urgency)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
