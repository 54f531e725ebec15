/** What a chart over time shows, apart from how it is drawn. x is epoch ms. */

export interface Point {
  x: number;
  y: number;
}

/** Fills of bands: a range, what of it is past the target, and the range with a plan. */
type Tone = 'range' | 'late' | 'plan';

/** Colours as a canvas takes them; `act` is that of lines and words of a plan. */
export type Colours = Record<Tone | 'ink' | 'act' | 'label' | 'grid', string>;

export interface TimeChart {
  from: number;
  to: number;
  now: number;
  nowText: string;
  /** Upper end of the axis of values and the distance of its lines. */
  top: number;
  step: number;
  /** Times that are written under the axis. */
  ticks: readonly number[];
  bands: readonly { low: Point[]; high: Point[]; tone: Tone }[];
  /** What a plan does is drawn in the colour of what people can do. */
  lines: readonly { points: Point[]; dotted: boolean; plan?: boolean }[];
  target: { value: number } | null;
  /** Words at the right end, at the height of a value. */
  ends: readonly { value: number; text: string; strong: boolean; plan?: boolean }[];
  /** A moment of the plan, in words. */
  mark?: { at: number; text: string };
  timeText: (epochMs: number) => string;
  valueText: (value: number) => string;
}

/** Times of a round clock between two instants, at most so many; `offsetMs` is that of the zone they are read in. */
export function clockTicks(from: number, to: number, most: number, offsetMs: number): number[] {
  const step = TICK_STEPS_MS.find((each) => (to - from) / each < most) ?? DAY_MS;
  const ticks: number[] = [];
  for (let at = Math.ceil((from + offsetMs) / step) * step - offsetMs; at <= to; at += step) ticks.push(at);
  return ticks;
}
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const TICK_STEPS_MS = [5, 10, 15, 30, 60, 120, 240, 480].map((minutes) => minutes * MINUTE_MS);
