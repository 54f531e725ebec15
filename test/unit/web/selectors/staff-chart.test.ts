import { describe, expect, it } from 'vitest';
import type { RequirementRow } from '#shared/planning.ts';
import { staffChart, staffStepsAhead } from '#lib/selectors/staff-chart.ts';

const QUARTER = 900_000;
const row = (quarter: number, counters: number, usual: number | null = null): RequirementRow => ({
  from: quarter * QUARTER,
  to: (quarter + 1) * QUARTER,
  arrivals: 1,
  counters,
  countersP80: counters + 1,
  people: counters,
  usual,
  open: null,
});
const words = {
  now: String,
  needed: (count: number) => `needed ${count}`,
  planned: (count: number) => `planned ${count}`,
  time: String,
};

describe('what the rest of the day needs', () => {
  const rows = [row(0, 3), row(1, 4), row(2, 5), row(3, 5)];
  const shift = { agent: 'a', name: null, from: 0, to: 2 * QUARTER, backOffice: false, breaks: [] };

  it('stands beside the plan, from the quarter-hour that runs until the hall closes', () => {
    expect(staffStepsAhead(rows, [shift], 3 * QUARTER, QUARTER + 1)).toEqual([
      { from: QUARTER, needed: 4, neededBusy: 5, planned: 1 },
      { from: 2 * QUARTER, needed: 5, neededBusy: 6, planned: 0 },
    ]);
  });

  it('stands beside what is usual where nobody planned, and beside nothing where nobody knows', () => {
    const [usual, unknown] = staffStepsAhead([row(0, 3, 2.6), row(1, 3)], null, null, 0);
    expect(usual?.planned).toBe(3);
    expect(unknown?.planned).toBeNull();
  });

  it('is drawn with its ends in words, on whole numbers', () => {
    const chart = staffChart(staffStepsAhead(rows, [shift], null, 0), 0, 0, words);
    expect(chart?.ends.map(({ text }) => text)).toEqual(['needed 5', 'planned 0']);
    expect(chart).toMatchObject({ step: 2, top: 8 });
    expect(staffChart([], 0, 0, words)).toBeNull();
  });
});
