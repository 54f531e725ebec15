import { describe, expect, it } from 'vitest';
import { mostMatched } from '#server/domain/queueing/matching.ts';

describe('matching', () => {
  it('gives everybody a server by making others move over', () => {
    expect(mostMatched([[0, 1], [0]], [0, 1])).toBe(2);
    expect(mostMatched([[0, 1], [1, 2], [2]], [0, 1, 2])).toBe(3);
  });

  it('counts those who can have one: servers for other things do not help', () => {
    expect(mostMatched([[0], [0], [0]], [0, 1, 1])).toBe(1);
    expect(mostMatched([[0, 1]], [0, 0, 1])).toBe(1);
    expect(mostMatched([], [0])).toBe(0);
    expect(mostMatched([[0]], [])).toBe(0);
  });
});
