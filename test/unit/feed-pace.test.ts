import { describe, expect, it } from 'vitest';
import type { LogChunk } from '#server/log/event-log.ts';
import { newClock } from '#server/domain/branch/source-clock.ts';
import type { Source } from '#server/domain/branch/state.ts';
import { createFeedPace } from '#server/feed-pace.ts';

const MINUTE_MS = 60_000;
const NOW = 1_000 * MINUTE_MS;
/** A source whose clock is right, first heard long ago. */
const TICKETS: Source = {
  id: 'tickets',
  firstHeardAt: 0,
  lastHeardAt: NOW,
  clock: newClock(0),
  levels: null,
};
const chunk = (receivedAt: number, lateMs: readonly number[], type = 'source.heartbeat'): LogChunk => ({
  ...{ branch: 'hall', source: 'tickets', shard: 0, position: '1-0', firstVersion: 1, receivedAt },
  events: lateMs.map((ms, i) => ({ id: `e${i}`, at: receivedAt - ms, type }) as LogChunk['events'][number]),
});

describe('[DQ1] the pace of a feed', () => {
  it('is what was told over the last 15 minutes, and how late', () => {
    const pace = createFeedPace();
    pace.note(chunk(NOW - 20 * MINUTE_MS, [9_000]), TICKETS);
    pace.note(chunk(NOW - 5 * MINUTE_MS, [1_000, 3_000]), TICKETS);
    pace.note(chunk(NOW, [2_000]), TICKETS);
    expect(pace.of('hall', 'tickets', NOW)).toEqual({
      perMinute: 3 / 15,
      lateness: { meanMs: 2_000, mostMs: 3_000 },
    });
    expect(pace.of('hall', 'tickets', NOW + 15 * MINUTE_MS)).toEqual({ perMinute: 0, lateness: null });
  });

  it('is of the time since counting began', () => {
    const pace = createFeedPace();
    pace.note(chunk(NOW, [0, 0]), TICKETS);
    pace.note(chunk(NOW + MINUTE_MS, [0, 0]), TICKETS);
    expect(pace.of('hall', 'tickets', NOW + MINUTE_MS).perMinute).toBe(2);
  });

  it('does not count what Muster adds itself, nor other feeds', () => {
    const pace = createFeedPace();
    pace.note(chunk(NOW, [0], 'source.refused'), TICKETS);
    expect(pace.of('hall', 'tickets', NOW).perMinute).toBe(0);
    expect(pace.of('hall', 'other', NOW).lateness).toBeNull();
  });

  it('takes no time before the source was first heard', () => {
    const pace = createFeedPace();
    const hours = [3, 2, 1].map((hour) => hour * 60 * MINUTE_MS);
    pace.note(chunk(NOW, [...hours, 0]), { ...TICKETS, firstHeardAt: NOW });
    expect(pace.of('hall', 'tickets', NOW)).toEqual({ perMinute: 1, lateness: { meanMs: 0, mostMs: 0 } });
  });

  it('knows no delay by a clock that cannot be used', () => {
    const pace = createFeedPace();
    const behind = 3 * 60 * MINUTE_MS;
    const clock = { ...newClock(0), leastBefore: behind, leastNow: behind };
    pace.note(chunk(NOW, [behind, behind]), { ...TICKETS, clock });
    expect(pace.of('hall', 'tickets', NOW).lateness).toEqual({ meanMs: 0, mostMs: 0 });
  });
});
