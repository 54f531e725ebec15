import { expect, it } from 'vitest';
import { savedTogether } from '#lib/selectors/saved-together.ts';

const one = { branch: 'one', saved: { low: -20, middle: 40, high: 90 } };

it('adds the promises to different halls', () => {
  const other = { branch: 'other', saved: { low: 10, middle: 30, high: 60 } };
  expect(savedTogether([one, other])).toEqual({ low: -10, middle: 70, high: 150 });
});

it('counts customers once whom several suggestions help', () => {
  const again = { branch: 'one', saved: { low: 10, middle: 30, high: 60 } };
  expect(savedTogether([one, again])).toEqual({ low: 10, middle: 40, high: 150 });
});

it('is nothing without suggestions', () => {
  expect(savedTogether([])).toEqual({ low: 0, middle: 0, high: 0 });
});
