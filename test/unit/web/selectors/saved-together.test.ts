import { expect, it } from 'vitest';
import { savedTogether } from '#lib/selectors/saved-together.ts';

it('adds promises end to end, so that the range is never narrower than theirs', () => {
  const promises = [
    { low: -20, middle: 40, high: 90 },
    { low: 10, middle: 30, high: 60 },
  ];
  expect(savedTogether(promises)).toEqual({ low: -10, middle: 70, high: 150 });
});

it('is nothing without suggestions', () => {
  expect(savedTogether([])).toEqual({ low: 0, middle: 0, high: 0 });
});
