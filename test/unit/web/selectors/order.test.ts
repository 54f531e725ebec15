import { describe, expect, it } from 'vitest';
import { displaced, sameOrder, settle, urgency } from '#lib/selectors/order.ts';

describe('order of lists', () => {
  it('takes the wanted order when nobody points at the list', () => {
    expect(settle(['a', 'b', 'c'], ['c', 'a', 'b'], false)).toEqual(['c', 'a', 'b']);
  });

  it('[LV6] holds still under the pointer, while rows come and go', () => {
    expect(settle(['a', 'b', 'c'], ['c', 'b', 'a'], true)).toEqual(['a', 'b', 'c']);
    expect(settle(['a', 'b', 'c'], ['c', 'a'], true)).toEqual(['a', 'c']);
    expect(settle(['a', 'b'], ['x', 'b', 'a', 'y'], true)).toEqual(['x', 'a', 'b', 'y']);
  });

  it('never loses or doubles a row', () => {
    const settled = settle(['a', 'b', 'c', 'd'], ['e', 'd', 'f', 'a'], true);
    expect([...settled].sort()).toEqual(['a', 'd', 'e', 'f']);
  });

  it('counts rows that stand elsewhere than they should', () => {
    expect(displaced(['a', 'b', 'c'], ['b', 'a', 'c'])).toBe(2);
    expect(sameOrder(['a'], ['a'])).toBe(true);
    expect(sameOrder(['a'], ['a', 'b'])).toBe(false);
  });

  it('breach comes before at risk, before normal, before what cannot be judged', () => {
    const statuses = ['closed', 'stale', 'normal', 'risk', 'breach'] as const;
    expect(statuses.map(urgency)).toEqual([0, 1, 2, 3, 4]);
  });
});
