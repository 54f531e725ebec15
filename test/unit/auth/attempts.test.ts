import { describe, expect, it } from 'vitest';
import { createAttempts, networkOf } from '#server/auth/attempts.ts';
import { manualClock } from '#server/clock.ts';

describe('tries', () => {
  it('are so many in a time, come back one by one, and are forgotten on success', () => {
    const clock = manualClock(0);
    const tries = createAttempts(clock, 3, 30_000);
    expect([1, 2, 3, 4].map(() => tries.allow('a'))).toEqual([true, true, true, false]);
    expect(tries.allow('b')).toBe(true);
    clock.advanceTo(10_000);
    expect([tries.allow('a'), tries.allow('a')]).toEqual([true, false]);
    tries.forget('a');
    expect([1, 2, 3, 4].map(() => tries.allow('a'))).toEqual([true, true, true, false]);
  });

  it('remember no more keys than they must', () => {
    const tries = createAttempts(manualClock(0), 1, 1_000);
    for (let i = 0; i < 60_000; i++) tries.allow(`key ${i}`);
    expect(tries.allow('key 59999')).toBe(false);
    expect(tries.allow('key 0')).toBe(true);
  });
});

describe('one household', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s is of %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
