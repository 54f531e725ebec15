/** How good forecasts and warnings were, as it crosses the wire. */

/** How forecasts of one queue, an hour ahead, compare with what came; ratios, `null` when nothing came. */
export interface AccuracyRow {
  branch: string;
  queue: string;
  forecasts: number;
  wape: number | null;
  bias: number | null;
  poissonFloor: number | null;
  /** Share of the 80 % intervals that held what came; `promised` by right forecasts, as few arrivals cannot be split. */
  coverage: number | null;
  promised: number | null;
  /** The same with counts at the ends split, 0.8 if forecasts are right; and by how much intervals are stretched for that. */
  splitCoverage: number | null;
  width: number;
}

/** Warnings of one tenth of the chance told: how many of them came true. */
export interface WarningRow {
  from: number;
  to: number;
  warnings: number;
  meanChance: number | null;
  cameTrue: number | null;
}

/** `GET /api/v1/forecast/accuracy`; forecasts of the day that runs, warnings of all days. */
export interface AccuracyAnswer {
  rows: AccuracyRow[];
  warnings: WarningRow[];
}
