/** A figure with what it is made of: sums are kept and added, division comes last (rules SL3, SL4). */
import type { Unit } from './catalogue-entry.ts';
import { CATALOGUE, type FigureId } from './figure-catalogue.ts';

export interface Figure {
  /** `null` when nobody can know, or there is nothing to divide by. */
  value: number | null;
  unit: Unit;
  /** Number of the rule it follows, see docs/rules.md. */
  rule: string;
  /** What was divided by what; of a count the count, and nothing to divide by. */
  numerator: number | null;
  denominator: number | null;
  /** How far the value may be off by the way it is made; exact without. */
  error?: number;
  /** True when it was not counted but follows from a law. */
  derived?: true;
}

/** Figures by id. */
export type FigureSet = Partial<Record<FigureId, Figure>>;

const made = (
  id: FigureId,
  value: number | null,
  numerator: number | null,
  denominator: number | null,
): Figure => ({ value, unit: CATALOGUE[id].unit, rule: CATALOGUE[id].rule, numerator, denominator });

/** Something over something; no value when there is nothing to divide by (rule SL3). */
export const quotient = (id: FigureId, numerator: number, denominator: number): Figure =>
  made(id, denominator > 0 ? numerator / denominator : null, numerator, denominator);

/** A count or another number that stands for itself; no value when `known` is false. */
export const plain = (id: FigureId, value: number, known = true): Figure =>
  made(id, known ? value : null, known ? value : null, null);

/** A figure nobody can know. */
export const unknown = (id: FigureId): Figure => made(id, null, null, null);
