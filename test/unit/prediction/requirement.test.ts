import { describe, expect, it } from 'vitest';
import type { BranchProfile } from '#shared/network.ts';
import { staffedGroups } from '#server/domain/prediction/requirement.ts';

/** A hall with counters that serve these queues each. */
const hall = (...counters: string[][]): BranchProfile =>
  ({
    counters: counters.map((queues, i) => ({ id: String(i), label: '', queues })),
  }) as unknown as BranchProfile;

describe('queues that are staffed together', () => {
  it('are those whose counters serve the same, or can help one another', () => {
    expect(staffedGroups(hall(['a', 'b'], ['a', 'b']), ['a', 'b', 'c'])).toEqual([['a', 'b'], ['c']]);
    expect(staffedGroups(hall([], ['a']), ['a', 'b'])).toEqual([['a', 'b']]);
    const chain = hall(['a', 'b'], ['d', 'c'], ['c', 'a'], ['e']);
    expect(staffedGroups(chain, ['a', 'b', 'c', 'd', 'e'])).toEqual([['a', 'b', 'c', 'd'], ['e']]);
  });

  it('stay apart where no counter serves both', () => {
    expect(staffedGroups(hall(['a', 'b'], ['c', 'd']), ['a', 'c', 'b', 'd'])).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('are all of them where no counters are configured', () => {
    expect(staffedGroups(hall(), ['a', 'b'])).toEqual([['a', 'b']]);
  });
});
