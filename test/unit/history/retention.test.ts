import { expect, it } from 'vitest';
import { pruneLimits } from '#server/history/retention.ts';

it('each kind of history is kept for its own time', () => {
  const now = Date.UTC(2026, 10, 22, 8);
  expect(pruneLimits({ intervals: 2, visits: 1, days: 31 }, now)).toEqual({
    intervals: Date.UTC(2026, 10, 20, 8),
    visits: Date.UTC(2026, 10, 21, 8),
    days: Date.UTC(2026, 9, 22, 8),
  });
});
