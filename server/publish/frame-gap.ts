/** How long frames of one view are held together: short when the process is idle, longer when it is busy. */

/** Rule LV6 and architecture §5, ms. */
const GAP_MS = { idle: 50, busy: 250 };
/** Utilisation of the event loop between which the gap grows, ratio. */
const UTILISATION = { idle: 0.3, busy: 0.9 };

/** The gap for a utilisation of 0–1, ms. */
export function frameGapFor(utilisation: number): number {
  const share = (utilisation - UTILISATION.idle) / (UTILISATION.busy - UTILISATION.idle);
  return GAP_MS.idle + Math.round((GAP_MS.busy - GAP_MS.idle) * Math.min(1, Math.max(0, share)));
}
