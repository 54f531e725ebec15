import { describe, expect, it } from 'vitest';
import { assess, CONSOLE_LIMITS, isCurrent, WALL_LIMITS } from '#lib/live/freshness.ts';

const evidence = { shown: true, syncedAt: 1_000, logMs: 0 };
const levelAfter = (ms: number, limits = CONSOLE_LIMITS, logMs = 0) =>
  assess({ ...evidence, logMs }, 1_000 + ms, limits).level;

describe('freshness', () => {
  it.each([
    [0, 'live'],
    [5_000, 'live'],
    [5_001, 'delayed'],
    [15_000, 'delayed'],
    [15_001, 'stale'],
    [120_000, 'stale'],
    [120_001, 'disconnected'],
  ])('[LV3] a console whose data is %i ms old is %s', (ms, level) => {
    expect(levelAfter(ms)).toBe(level);
  });

  it.each([
    [10_000, 'live'],
    [30_000, 'delayed'],
    [300_000, 'stale'],
    [300_001, 'disconnected'],
  ])('[LV3] a wall whose data is %i ms old is %s', (ms, level) => {
    expect(levelAfter(ms, WALL_LIMITS)).toBe(level);
  });

  it('[LV1] adds the age the server itself had, and tells which part is to blame', () => {
    expect(levelAfter(1_000, CONSOLE_LIMITS, 20_000)).toBe('stale');
    expect(assess({ ...evidence, logMs: 20_000 }, 2_000, CONSOLE_LIMITS)).toEqual({
      level: 'stale',
      ageSeconds: 21,
      cause: 'source',
    });
    expect(assess(evidence, 22_000, CONSOLE_LIMITS).cause).toBe('link');
  });

  it('has no level of its own before anything was shown', () => {
    expect(assess({ shown: false, syncedAt: null, logMs: 0 }, 9e9, CONSOLE_LIMITS).level).toBe('connecting');
  });

  it('[LV5] after sleep it is disconnected, however young the data looks', () => {
    expect(assess({ shown: true, syncedAt: null, logMs: 0 }, 1_001, CONSOLE_LIMITS).level).toBe(
      'disconnected',
    );
  });

  it('[LV3] only live and delayed numbers may be taken for the present', () => {
    expect((['live', 'delayed', 'stale', 'disconnected', 'connecting'] as const).map(isCurrent)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('never counts an age below zero', () => {
    expect(assess(evidence, 0, CONSOLE_LIMITS).ageSeconds).toBe(0);
  });
});
