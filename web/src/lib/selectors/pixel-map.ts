/** Cells of a map with one cell a branch: a few paths a region instead of one element a branch. Pure. */
import type { Group } from './network.ts';

/** Geometry of a map, px. */
export interface CellSize {
  cell: number;
  gap: number;
}

/** Up to this many branches cells are large enough to carry a sign. */
const MANY = 600;
export const cellSize = (branches: number): CellSize =>
  branches <= MANY ? { cell: 11, gap: 2 } : { cell: 6, gap: 1.5 };

const pitch = ({ cell, gap }: CellSize): number => cell + gap;

/** Cells that fit side by side into `width` px; at least one. */
export const columnsIn = (width: number, size: CellSize): number =>
  Math.max(1, Math.floor((width + size.gap) / pitch(size)));

/** Height of so many cells, px. */
export const heightOf = (cells: number, columns: number, size: CellSize): number =>
  Math.max(0, Math.ceil(cells / columns) * pitch(size) - size.gap);

/** The number of the cell at a point, or `null` beside the cells. */
export function cellAt(x: number, y: number, columns: number, cells: number, size: CellSize): number | null {
  const column = Math.floor(x / pitch(size));
  const place = Math.floor(y / pitch(size)) * columns + column;
  return column >= 0 && column < columns && y >= 0 && place < cells ? place : null;
}

/** Top left corner of a cell, px. */
export const cornerOf = (place: number, columns: number, size: CellSize): { x: number; y: number } => ({
  x: (place % columns) * pitch(size),
  y: Math.floor(place / columns) * pitch(size),
});

/** Outlines of all cells of each status as one path; shapes differ, so that hue is never alone. */
export function cellPaths(
  statuses: readonly Group[],
  columns: number,
  size: CellSize,
): Record<Group, string> {
  const paths: Record<Group, string> = {
    breach: '',
    breachAhead: '',
    risk: '',
    normal: '',
    stale: '',
    closed: '',
  };
  const { cell } = size;
  statuses.forEach((status, place) => {
    const { x, y } = cornerOf(place, columns, size);
    paths[status] += shape(status, x, y, cell);
  });
  return paths;
}

function shape(status: Group, x: number, y: number, cell: number): string {
  switch (status) {
    case 'risk':
      return `M${x + cell / 2} ${y}L${x + cell} ${y + cell}H${x}Z`;
    case 'closed':
      return `M${x + cell * 0.15} ${y + cell / 2}h${cell * 0.7}`;
    case 'breachAhead':
    case 'stale':
      return `M${x + 0.75} ${y + 0.75}h${cell - 1.5}v${cell - 1.5}h${1.5 - cell}Z`;
    case 'breach':
    case 'normal':
      return `M${x} ${y}h${cell}v${cell}h${-cell}Z`;
  }
}

/** The sign "!" in the cells of breaches, when they are large enough for it. */
export function breachSigns(statuses: readonly Group[], columns: number, size: CellSize): string {
  if (size.cell < cellSize(0).cell) return '';
  let path = '';
  statuses.forEach((status, place) => {
    if (status !== 'breach') return;
    const { x, y } = cornerOf(place, columns, size);
    path += `M${x + size.cell / 2} ${y + 2.2}v3.8m0 1.9v0.9`;
  });
  return path;
}
