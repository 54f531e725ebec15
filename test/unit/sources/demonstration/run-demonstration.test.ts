import { describe, expect, it } from 'vitest';
import type { BranchFact, Demonstration } from '#server/sources/demonstration/demonstration.ts';
import { runDemonstration, type PostedEvent } from '#server/sources/demonstration/run-demonstration.ts';

const beat = (i: number): BranchFact => ({
  branch: 'b',
  event: { id: String(i), at: i, type: 'source.heartbeat' },
});
/** First everything at once, then nothing. */
function once(facts: BranchFact[]): Demonstration {
  let left = facts;
  return {
    advanceTo() {
      const now = left;
      left = [];
      return now;
    },
  };
}
const clock = { now: () => 0 };

describe('runDemonstration', () => {
  it('posts in order, in batches, and tries again what was not taken', async () => {
    const stop = new AbortController();
    const taken: PostedEvent[] = [];
    const sizes: number[] = [];
    let failures = 2;
    await runDemonstration({
      demonstration: once(Array.from({ length: 1_100 }, (_, i) => beat(i))),
      clock,
      agreed: () => ({ staff: [], announcements: [] }),
      signal: stop.signal,
      post: (events) => {
        if (sizes.length === 1 && failures-- > 0) return Promise.reject(new Error('not now'));
        sizes.push(events.length);
        taken.push(...events);
        if (taken.length === 1_100) stop.abort();
        return Promise.resolve();
      },
    });
    expect(sizes).toEqual([500, 500, 100]);
    expect(taken.map(({ id }) => Number(id))).toEqual(Array.from({ length: 1_100 }, (_, i) => i));
    expect(taken[0]).toMatchObject({ branch: 'b', type: 'source.heartbeat' });
  });

  it('ends at once when aborted, also while nothing is taken', async () => {
    const stop = new AbortController();
    let tries = 0;
    await runDemonstration({
      demonstration: once([beat(1)]),
      clock,
      agreed: () => ({ staff: [], announcements: [] }),
      signal: stop.signal,
      post: () => {
        tries += 1;
        stop.abort();
        return Promise.reject(new Error('never'));
      },
    });
    expect(tries).toBe(1);
  });
});
