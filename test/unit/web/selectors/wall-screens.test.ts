import { describe, expect, it } from 'vitest';
import { isSwapped, wallHours } from '#lib/selectors/wall-hours.ts';
import { didNotHelp, quietMinuteOf, reloadDue, type WallHealth } from '#lib/selectors/wall-reload.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the hours of a wall', () => {
  const hours = { opensAt: 9 * HOUR, closesAt: 18 * HOUR, nextOpensAt: 33 * HOUR };

  it('are from the first to before the last moment of today’s opening', () => {
    const at = [9 * HOUR - 1, 9 * HOUR, 18 * HOUR - 1, 18 * HOUR];
    const before = { ...hours, nextOpensAt: 9 * HOUR };
    expect(at.map((now, i) => wallHours(i === 0 ? before : hours, false, now))).toEqual([
      'closed',
      'open',
      'open',
      'closed',
    ]);
  });

  it('last while somebody is still served', () => {
    expect(wallHours(hours, true, 20 * HOUR)).toBe('open');
  });

  it('of a hall that never closes go on at midnight, before the server has told of the new day', () => {
    const always = { opensAt: 0, closesAt: 24 * HOUR, nextOpensAt: 24 * HOUR };
    expect([24 * HOUR - 1, 24 * HOUR, 24 * HOUR + 1].map((now) => wallHours(always, false, now))).toEqual([
      'open',
      'open',
      'open',
    ]);
  });

  it('swap light and dark in the small hours', () => {
    expect([23, 0, 4, 5].map(isSwapped)).toEqual([false, true, true, false]);
  });

  it('end in a dark screen half an hour after closing, until half an hour before opening', () => {
    const at = [18.4, 18.6, 32.4, 32.6].map((hour) => hour * HOUR);
    expect(at.map((now) => wallHours(hours, false, now))).toEqual(['closed', 'night', 'night', 'closed']);
    expect(wallHours({ opensAt: null, closesAt: null, nextOpensAt: null }, false, 5)).toBe('night');
  });
});

describe('a screen that nobody attends is loaded anew', () => {
  const healthy: WallHealth = {
    now: 1_000 * HOUR,
    localMinute: 720,
    quietMinute: quietMinuteOf(0.5),
    uptimeMs: 20 * HOUR,
    heapBytes: 50 * 2 ** 20,
    crowdedMs: 0,
    outdated: false,
    reloads: [],
  };

  it('at its own minute between three and five, when it has run for long', () => {
    expect(quietMinuteOf(0)).toBe(180);
    expect(quietMinuteOf(0.999)).toBeLessThan(300);
    expect(reloadDue(healthy)).toBeNull();
    expect(reloadDue({ ...healthy, localMinute: 240 })).toBe('now');
    expect(reloadDue({ ...healthy, localMinute: 239 })).toBeNull();
    expect(reloadDue({ ...healthy, localMinute: 240, uptimeMs: HOUR })).toBeNull();
    expect(reloadDue({ ...healthy, localMinute: 300 })).toBeNull();
  });

  it('when it grows, and when the server has another version', () => {
    expect(reloadDue({ ...healthy, heapBytes: 301 * 2 ** 20 })).toBe('now');
    expect(reloadDue({ ...healthy, heapBytes: null })).toBeNull();
    expect(reloadDue({ ...healthy, crowdedMs: HOUR })).toBe('now');
    expect(reloadDue({ ...healthy, outdated: true })).toBe('now');
  });

  it('not again and again: after three times in vain it is paused for five minutes', () => {
    const reloads = [3, 2, 1].map((minutes) => healthy.now - minutes * MINUTE);
    expect(reloadDue({ ...healthy, outdated: true, reloads })).toBe('later');
    expect(reloadDue({ ...healthy, reloads })).toBeNull();
    expect(didNotHelp(reloads, healthy.now)).toBe(true);
    expect(didNotHelp(reloads, healthy.now + 8 * MINUTE)).toBe(false);
    const waited = reloads.map((at) => at - 4.5 * MINUTE);
    expect(reloadDue({ ...healthy, outdated: true, reloads: waited })).toBe('now');
  });
});
