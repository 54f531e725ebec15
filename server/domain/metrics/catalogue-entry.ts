/** What the catalogue of figures says of one. */

/** `ratio` is 0–1; `score` is a share of the best score; times are seconds. */
export type Unit = 'visits' | 'people' | 'counters' | 'tickets' | 'seconds' | 'ratio' | 'score';

export interface CatalogueEntry {
  zh: string;
  en: string;
  unit: Unit;
  /** In the names of the sums it is made of. */
  formula: string;
  /** Number in docs/rules.md. */
  rule: string;
  /** Pages that show it; `api` means `GET /api/v1/intervals` and `/figures`. */
  shown: string;
}

/** An entry; shown on the API alone when no page is named. */
export const figure = (
  zh: string,
  en: string,
  unit: Unit,
  formula: string,
  rule: string,
  shown = 'api',
): CatalogueEntry => ({ zh, en, unit, formula, rule, shown });
