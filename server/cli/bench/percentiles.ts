/** The value below which a share (0–1) of the samples lies; nearest rank, NaN for no samples. */
export function percentile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[rank] ?? NaN;
}

/** Milliseconds to two decimals, for results. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;
