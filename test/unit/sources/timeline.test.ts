import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timeline } from '#server/sources/timeline.ts';

describe('Timeline', () => {
  it('gives things in order of time, and at the same time in the order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (times) => {
        const timeline = new Timeline<{ at: number; seq: number }>();
        const items = times.map((at, seq) => ({ at, seq }));
        for (const item of items) timeline.add(item.at, item);
        const taken = [];
        for (let next = timeline.take(); next !== undefined; next = timeline.take()) taken.push(next);
        expect(taken).toEqual(items.sort((a, b) => a.at - b.at || a.seq - b.seq));
        expect(timeline.nextAt).toBe(Infinity);
      }),
    );
  });
});
