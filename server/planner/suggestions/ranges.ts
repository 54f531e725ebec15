/** Ranges as suggestions tell them: whole seconds or customer-minutes, where the models reckon in minutes. */
import type { CurvePoint, PromisedRange, WaitPair } from '#shared/suggestions.ts';
import type { Range, Span } from '../../domain/staffing/look-ahead.ts';
import type { SidePromise } from '../../domain/staffing/promise.ts';

const SECONDS = 60;
const MINUTE_MS = 60_000;
const QUARTER = 15;

export const whole = ({ low, middle, high }: Range): PromisedRange => ({
  low: Math.round(low),
  middle: Math.round(middle),
  high: Math.round(high),
});
export const inSeconds = ({ low, middle, high }: Range): PromisedRange =>
  whole({ low: low * SECONDS, middle: middle * SECONDS, high: high * SECONDS });
export const inMinutes = ({ low, middle, high }: PromisedRange): Range => ({
  low: low / SECONDS,
  middle: middle / SECONDS,
  high: high / SECONDS,
});
export const pairOf = (side: SidePromise | null): WaitPair | null =>
  side === null ? null : { without: inSeconds(side.without), with: inSeconds(side.with) };
export const twoDigits = (chance: number): number => Math.round(chance * 100) / 100;

/** The quarter-hours of a curve, minutes from now. */
export const quarters = (horizonMinutes: number): Span[] =>
  Array.from({ length: Math.floor(horizonMinutes / QUARTER) }, (_, i) => ({
    from: i * QUARTER,
    to: (i + 1) * QUARTER,
  }));

/** Waits by quarter-hour of arrival, with and without, of a look from `at` (epoch ms) over {@link quarters}. */
export const curveOf = (
  spans: readonly { standing: Range | null; changed: Range | null }[],
  at: number,
): CurvePoint[] =>
  spans.flatMap(({ standing, changed }, i): CurvePoint[] =>
    standing === null || changed === null
      ? []
      : [
          {
            at: at + (i + 1 / 2) * QUARTER * MINUTE_MS,
            without: inSeconds(standing),
            with: inSeconds(changed),
          },
        ],
  );
