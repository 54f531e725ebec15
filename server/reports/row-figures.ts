/** Figures of the rows of a report, and what they are called. */
import type { FigureLegend, ReportFigure } from '#shared/reports.ts';
import type { FigureSet } from '../domain/metrics/figure.ts';
import { CATALOGUE, type FigureId } from '../domain/metrics/figure-catalogue.ts';

/** Figures without what is the same in every row: that stands in the legend. */
export function rowFigures(set: FigureSet): Record<string, ReportFigure> {
  const figures: Record<string, ReportFigure> = {};
  for (const [id, { value, numerator, denominator, error, derived }] of Object.entries(set)) {
    const figure: ReportFigure = { value, numerator, denominator };
    if (error !== undefined) figure.error = error;
    if (derived !== undefined) figure.derived = derived;
    figures[id] = figure;
  }
  return figures;
}

/** The catalogue's words on these figures. */
export function legendOf(ids: Iterable<string>): FigureLegend {
  const legend: FigureLegend = {};
  for (const id of ids) {
    const { zh, en, unit, formula, rule } = CATALOGUE[id as FigureId];
    legend[id] = { zh, en, unit, formula, rule };
  }
  return legend;
}
