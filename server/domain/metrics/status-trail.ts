/** How a branch stood over the last half hour, by five minutes: the worst of each. */
import type { Status } from '#shared/views.ts';

const CELL_MS = 300_000;
const CELLS = 6;
/** Nobody looked, or nobody could know. */
const UNKNOWN = -1;
const LEVELS: Record<Status, number> = { normal: 0, risk: 1, breach: 2, stale: UNKNOWN, closed: UNKNOWN };

export interface StatusTrail {
  /** The five minutes that run, counted from 1970. */
  readonly cell: number;
  /** Oldest first; the last is of the five minutes that run: 0 normal, 1 at risk, 2 in breach, −1 unknown. */
  readonly levels: readonly number[];
}

/** Nothing is known. */
export const NO_TRAIL: StatusTrail = { cell: 0, levels: Array.from({ length: CELLS }, () => UNKNOWN) };

/** The trail with how the branch stands at an instant, epoch ms; the same object when nothing changed. */
export function noteStatus(trail: StatusTrail, status: Status, at: number): StatusTrail {
  const moved = movedTo(trail, Math.floor(at / CELL_MS));
  const worst = Math.max(moved.levels.at(-1) ?? UNKNOWN, LEVELS[status]);
  if (worst === moved.levels.at(-1)) return moved;
  return { ...moved, levels: [...moved.levels.slice(0, -1), worst] };
}

function movedTo(trail: StatusTrail, cell: number): StatusTrail {
  const passed = Math.min(CELLS, cell - trail.cell);
  if (passed <= 0) return trail;
  return { cell, levels: [...trail.levels.slice(passed), ...NO_TRAIL.levels.slice(0, passed)] };
}
