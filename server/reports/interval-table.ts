/** Interval rows as lines of a table: the same columns in every line. */
import type { IntervalReportRow, ReportDefinition, ReportFigure } from '#shared/reports.ts';

const SEVERAL: Record<keyof ReportDefinition, null> = {
  validFrom: null,
  serviceLevel: null,
  thresholdSeconds: null,
  shortAbandonSeconds: null,
  targetSeconds: null,
  serviceLevelTarget: null,
};

/** The definition in columns of its own, where there is one; figures as value, numerator and denominator. */
export function tableRow({ definitions, sums, waits, figures, ...head }: IntervalReportRow): object {
  const only = definitions.length === 1 ? definitions[0] : undefined;
  const parts: Record<string, Pick<ReportFigure, 'value' | 'numerator' | 'denominator'>> = {};
  for (const [id, { value, numerator, denominator }] of Object.entries(figures))
    parts[id] = { value, numerator, denominator };
  return { ...head, definition: only ?? SEVERAL, sums, ...(waits && { waits }), figures: parts };
}
