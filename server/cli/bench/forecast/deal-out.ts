import type { DayCounts } from '../../../domain/forecast/grid.ts';
import { createRng } from '../../../rng.ts';

/**
 * Deals the arrivals of a series out to halls by chance, each to one of as many as bring `perDay` arrivals a day, and
 * gives the first `halls` of them. Such halls share one profile and one day factor, so pooling gains more on them
 * than on halls that differ.
 */
export function dealOut(
  days: readonly DayCounts[],
  halls: number,
  perDay: number,
  seed: number,
): Map<string, DayCounts[]> {
  const total = days.flatMap(({ counts }) => counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const among = Math.max(halls, Math.round(total / Math.max(1, days.length) / perDay));
  const rng = createRng(seed);
  const dealt = days.map(({ counts }) => counts.map((count) => dealSlot(count, among, halls, rng)));
  return new Map(
    Array.from({ length: halls }, (_, hall) => [
      `hall-${hall + 1}`,
      days.map(({ day }, index) => ({
        day,
        counts: (dealt[index] ?? []).map((slot) => (slot === null ? null : (slot[hall] ?? 0))),
      })),
    ]),
  );
}

function dealSlot(count: number | null, among: number, halls: number, rng: () => number): number[] | null {
  if (count === null) return null;
  const dealt = Array.from({ length: halls }, () => 0);
  for (let arrival = 0; arrival < count; arrival++) {
    const hall = Math.floor(rng() * among);
    if (hall < halls) dealt[hall] = (dealt[hall] ?? 0) + 1;
  }
  return dealt;
}
