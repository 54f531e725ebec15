import { expect, it } from 'vitest';
import { isCatchingUp, toldUntil } from '#server/domain/branch/catching-up.ts';
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

it('is known until its own time once its source lags by more than it may be silent', () => {
  const { state } = given(hall()).events([arrival]).at('10:00').live;
  expect(toldUntil(state, 300, clock('10:04'))).toBeNull();
  expect(toldUntil(state, 300, clock('10:06'))).toBe(clock('10:00'));
  const spooled = given(hall()).events([arrival], { receivedAt: '10:10' }).at('10:10').live;
  expect(toldUntil(spooled.state, 300, clock('10:10'))).toBe(clock('10:00'));
});

it('is not behind as long as nobody has told of it', () => {
  expect(toldUntil(given(hall()).at('10:00').live.state, 300, clock('10:00'))).toBeNull();
});
