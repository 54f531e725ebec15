import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapley } from '#server/domain/drivers/shapley.ts';

const worths = (players: number) =>
  fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
    minLength: 2 ** players,
    maxLength: 2 ** players,
  });
const sum = (parts: readonly number[]): number => parts.reduce((all, part) => all + part, 0);

describe('shapley', () => {
  it('splits the whole effect, whatever the worths', () => {
    fc.assert(
      fc.property(worths(3), (worth) => {
        const parts = shapley(3, (set) => worth[set] ?? 0);
        expect(sum(parts)).toBeCloseTo((worth[7] ?? 0) - (worth[0] ?? 0), 6);
      }),
    );
  });

  it('gives equals the same and who adds nothing nothing', () => {
    const both = (set: number): number => ((set & 1) !== 0 && (set & 2) !== 0 ? 10 : 0);
    expect(shapley(3, both)).toEqual([5, 5, 0]);
  });

  it('is the mean over all orders', () => {
    // Worths of {}, {1}, {2}, {1, 2}, {3}, … by hand (the glove game with one left and two right gloves).
    const worth = [0, 0, 0, 1, 0, 1, 0, 1];
    const [left = 0, right = 0, other = 0] = shapley(3, (set) => worth[set] ?? 0);
    expect(left).toBeCloseTo(2 / 3, 12);
    expect(right).toBeCloseTo(1 / 6, 12);
    expect(other).toBeCloseTo(1 / 6, 12);
  });
});
