import { describe, expect, it } from 'vitest';
import {
  breachSigns,
  cellAt,
  cellPaths,
  cellSize,
  columnsIn,
  cornerOf,
  heightOf,
} from '#lib/selectors/pixel-map.ts';

const size = cellSize(312);

describe('pixel map', () => {
  it('has larger cells for up to 600 branches', () => {
    expect(cellSize(600)).toEqual({ cell: 11, gap: 2 });
    expect(cellSize(601)).toEqual({ cell: 6, gap: 1.5 });
  });

  it('finds the cell under a point that it drew there', () => {
    const columns = columnsIn(132, size);
    expect(columns).toBe(10);
    for (const place of [0, 9, 10, 25]) {
      const { x, y } = cornerOf(place, columns, size);
      expect(cellAt(x + 1, y + 1, columns, 26, size)).toBe(place);
    }
    expect(cellAt(6 * 13 + 1, 2 * 13 + 1, columns, 26, size)).toBeNull();
    expect(cellAt(131, 1, columns, 26, size)).toBeNull();
  });

  it('is as high as its rows', () => {
    expect(heightOf(26, 10, size)).toBe(37);
    expect(heightOf(0, 10, size)).toBe(0);
  });

  it('gives each status a shape of its own, so that hue is never alone', () => {
    const paths = cellPaths(['breach', 'breachAhead', 'risk', 'normal', 'stale', 'closed'], 10, size);
    const shapes = Object.values(paths).map((path) => path.replaceAll(/[\d.,\s-]/g, ''));
    expect(shapes).toHaveLength(6);
    expect(paths.breach).not.toBe('');
    expect(breachSigns(['breach'], 10, size)).toContain('M5.5');
    expect(breachSigns(['breach'], 10, cellSize(3_000))).toBe('');
  });
});
