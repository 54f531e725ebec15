import { describe, expect, it } from 'vitest';
import { easyPx, isLegible, serviceNamePx, servicesPerPage, wallVerdicts } from '#shared/wall-sizing.ts';

const INCHES = [43, 55, 65, 75, 86];
/** Digits / Han that are read with ease, px of the stage, by metres and inches. */
const TABLE: Record<number, [number, number][]> = {
  3: [
    [50, 57],
    [39, 44],
    [33, 38],
    [29, 33],
    [25, 29],
  ],
  4: [
    [66, 75],
    [52, 59],
    [44, 50],
    [38, 43],
    [33, 38],
  ],
  5: [
    [83, 94],
    [65, 73],
    [55, 62],
    [48, 54],
    [42, 47],
  ],
  6: [
    [99, 113],
    [78, 88],
    [66, 75],
    [57, 65],
    [50, 57],
  ],
  8: [
    [132, 150],
    [103, 117],
    [88, 99],
    [76, 86],
    [66, 75],
  ],
  10: [
    [165, 187],
    [129, 146],
    [109, 124],
    [95, 108],
    [83, 94],
  ],
  12: [
    [198, 225],
    [155, 176],
    [131, 149],
    [114, 129],
    [99, 113],
  ],
};

describe('[LV7] sizes on a wall', () => {
  it.each(Object.entries(TABLE))('follow the formula at %s m', (metres, row) => {
    for (const [i, [digits, han]] of row.entries()) {
      const placing = { inches: INCHES[i] ?? NaN, metres: Number(metres) };
      expect(Math.abs(easyPx('digits', placing) - digits)).toBeLessThanOrEqual(1.5);
      expect(Math.abs(easyPx('han', placing) - han)).toBeLessThanOrEqual(1.5);
    }
  });

  it('five services to a page as far as 5 m from 55 inches, four larger ones beyond', () => {
    expect(servicesPerPage({ inches: 55, metres: 5 })).toBe(5);
    expect(servicesPerPage({ inches: 55, metres: 5.1 })).toBe(4);
    expect(servicesPerPage({ inches: 75, metres: 6.5 })).toBe(5);
    expect(serviceNamePx({ inches: 55, metres: 6 })).toBe(96);
  });

  it('55 inches are enough for customers 6 m away, not for those 8 m away', () => {
    expect(isLegible('customerWall', { inches: 55, metres: 6 })).toBe(true);
    const far = { inches: 55, metres: 8 };
    expect(isLegible('customerWall', far)).toBe(false);
    expect(wallVerdicts('customerWall', far).map(({ text, legibility }) => [text, legibility])).toEqual([
      ['newestTicket', 'easy'],
      ['tickets', 'easy'],
      ['waits', 'fails'],
      ['services', 'fails'],
    ]);
    expect(isLegible('customerWall', { inches: 75, metres: 8 })).toBe(true);
  });

  it('asks for more where people of all ages read', () => {
    const of = (view: 'customerWall' | 'staffWall', metres: number) =>
      wallVerdicts(view, { inches: 55, metres })[0]?.leastPx ?? NaN;
    expect(of('customerWall', 5) / of('staffWall', 5)).toBeCloseTo(1.15, 1);
  });
});
