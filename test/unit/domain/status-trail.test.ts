import { describe, expect, it } from 'vitest';
import { NO_TRAIL, noteStatus } from '#server/domain/metrics/status-trail.ts';

const MINUTE = 60_000;

describe('how a branch stood lately', () => {
  it('is the worst of each five minutes; a time nobody looked at is unknown', () => {
    let trail = noteStatus(NO_TRAIL, 'risk', 1_000 * MINUTE);
    trail = noteStatus(trail, 'breach', 1_001 * MINUTE);
    trail = noteStatus(trail, 'normal', 1_002 * MINUTE);
    trail = noteStatus(trail, 'normal', 1_010 * MINUTE);
    expect(trail.levels).toEqual([-1, -1, -1, 2, -1, 0]);
  });

  it('is forgotten after half an hour, and the same object while nothing changes', () => {
    const trail = noteStatus(NO_TRAIL, 'breach', 1_000 * MINUTE);
    expect(noteStatus(trail, 'normal', 1_004 * MINUTE)).toBe(trail);
    expect(noteStatus(trail, 'stale', 1_030 * MINUTE).levels).toEqual(NO_TRAIL.levels);
  });
});
