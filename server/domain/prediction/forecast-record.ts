/** Forecasts of one series beside what came: they are scored when the time is over, and their width corrected. */
import { type AccuracySums, addOutcome, noAccuracy } from '../forecast/accuracy.ts';
import { recalibrated } from '../forecast/calibration.ts';
import { heldBy } from '../forecast/held.ts';
import type { SlotForecast } from './slot-forecast.ts';

/** Slots ahead that are scored: the next hour. */
export const SCORED_AHEAD = 4;
/** Fewer expected arrivals make an interval that holds whatever comes. */
const LEAST_SCORED = 0.5;

export interface ForecastRecord {
  /** Multiple of the model's standard deviation that keeps the promise of the intervals. */
  width: number;
  sums: AccuracySums;
  /** Forecasts whose slot is not over, by slot. */
  open: Map<number, SlotForecast>;
}

export const newForecastRecord = (): ForecastRecord => ({ width: 1, sums: noAccuracy(), open: new Map() });

/** Keeps a forecast to be scored. */
export function noteForecast(record: ForecastRecord, slot: number, forecast: SlotForecast): void {
  if (forecast.mean >= LEAST_SCORED) record.open.set(slot, forecast);
}

/** Scores what was forecast for a slot; a count that nobody knows scores nothing. */
export function scoreForecast(record: ForecastRecord, slot: number, actual: number | null): void {
  const said = record.open.get(slot);
  record.open.delete(slot);
  if (said === undefined || actual === null) return;
  const held = heldBy({ ...said, low: said.p10, high: said.p90 }, actual);
  const quantiles = [
    { share: 0.1, value: said.p10 },
    { share: 0.5, value: said.p50 },
    { share: 0.9, value: said.p90 },
  ];
  addOutcome(record.sums, { mean: said.mean, actual, quantiles, held });
  record.width = recalibrated(record.width, held.part);
}
