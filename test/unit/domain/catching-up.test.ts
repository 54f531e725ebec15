import { expect, it } from 'vitest';
import { isCatchingUp } from '#server/domain/branch/catching-up.ts';
import { given } from '#test/support/given.ts';
import { clock, hall, told } from '#test/support/profiles.ts';

const arrival = told('10:00', 'contact.queued', { contact: 'k', queue: 'personal' });

it('a place that is told of what happened long ago is not as it is now', () => {
  const { state } = given(hall()).events([arrival], { receivedAt: '11:00' }).at('11:00').live;
  expect(isCatchingUp(state, clock('11:01'))).toBe(true);
});

it('a place where nothing has happened for long is', () => {
  const { state } = given(hall()).events([arrival]).at('10:00').live;
  expect([isCatchingUp(state, clock('10:01')), isCatchingUp(state, clock('11:01'))]).toEqual([false, false]);
});
