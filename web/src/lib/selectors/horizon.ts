/** The past half hour and the next hour of a branch → cells of five minutes. Pure. */

/** How a cell stands; `unknown` is drawn empty. */
export type CellLevel = 'unknown' | 'normal' | 'risk' | 'breach';

export interface HorizonCell {
  level: CellLevel;
  /** Of the cell's height, 0–1. */
  fill: number;
}

const PAST_LEVELS = ['normal', 'risk', 'breach'] as const;
/** Height codes how bad it was, so that it reads without hue. */
const PAST_FILLS = { unknown: 0, normal: 0.18, risk: 0.55, breach: 1 } as const;
/** From these chances on a breach is likely, or possible, per cent. */
const LIKELY = 50;
const POSSIBLE = 20;
const CELLS_A_QUARTER = 3;

/** Oldest first; −1 is unknown. */
export const pastCells = (levels: readonly number[]): HorizonCell[] =>
  levels.map((told) => {
    const level = PAST_LEVELS[told] ?? 'unknown';
    return { level, fill: PAST_FILLS[level] };
  });

/** Chances by quarter-hour, per cent, evenly between them; the first holds until its time. */
export function aheadCells(chances: readonly number[]): HorizonCell[] {
  return chances.flatMap((chance, quarter) => {
    const before = chances[quarter - 1] ?? chance;
    return Array.from({ length: CELLS_A_QUARTER }, (_, i): HorizonCell => {
      const here = before + ((chance - before) * (i + 1)) / CELLS_A_QUARTER;
      return { level: here >= LIKELY ? 'breach' : here >= POSSIBLE ? 'risk' : 'normal', fill: here / 100 };
    });
  });
}

/** Minutes until a breach is likely; `null` when it is not within the hour. */
export function likelyIn(chances: readonly number[]): number | null {
  const cell = aheadCells(chances).findIndex(({ level }) => level === 'breach');
  return cell < 0 ? null : (cell + 1) * 5;
}
