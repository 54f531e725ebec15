import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, type FigureId } from '#server/domain/metrics/figure-catalogue.ts';
import { dictionaryRows, exampleFigures, printed } from '#test/support/dictionary.ts';

const rules = readFileSync(join(import.meta.dirname, '../../../docs/rules.md'), 'utf8');
const rowOf = new Map(dictionaryRows.map((row) => [row.id, row]));
const figures = exampleFigures();
/** Of the moment, not of sums. */
const OF_THE_MOMENT: readonly FigureId[] = ['waiting', 'longestWaiting', 'lateNow'];
const IDS = Object.keys(CATALOGUE) as FigureId[];

describe('the dictionary of figures', () => {
  it('has every figure of the catalogue once, and no other', () => {
    expect(dictionaryRows.map(({ id }) => id)).toEqual(IDS);
  });

  it.each(IDS)('prints what the catalogue says of %s, and its figure of the example', (id) => {
    const { zh, en, unit, formula, rule, shown } = CATALOGUE[id];
    const figure = figures[id];
    expect(rowOf.get(id)).toEqual({
      id,
      names: `${zh} · ${en}`,
      unit,
      formula,
      rule,
      golden: figure ? printed(figure) : '',
      shown,
    });
    expect(rules).toContain(`**${rule}**`);
  });

  it('names no two figures alike', () => {
    const entries = Object.values(CATALOGUE);
    expect(new Set(entries.map(({ zh }) => zh)).size).toBe(entries.length);
    expect(new Set(entries.map(({ en }) => en)).size).toBe(entries.length);
  });

  it('has every figure that is made, and makes every one that it has', () => {
    expect([...Object.keys(figures), ...OF_THE_MOMENT].sort()).toEqual([...IDS].sort());
  });
});
