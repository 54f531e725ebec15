import { describe, expect, it } from 'vitest';
import { advance, type FeedInput, type FeedState, initialFeed, type Wish } from '#lib/live/feed-state.ts';
import { hashOf, fromSnapshot } from '#shared/delta.ts';
import { PROTOCOL_VERSION, type WatchState } from '#shared/protocol.ts';

const SILENCE_MS = 15_000;

const snapshot = (version: number, waiting: number, over: Partial<WatchState> = {}): WatchState => ({
  protocol: PROTOCOL_VERSION,
  epoch: 'e1',
  channel: 7,
  version,
  serverTime: 0,
  snapshot: { head: ['hall', waiting], tables: [[['A', waiting]]] },
  ...over,
});
const took = (version: number, waiting: number, atMs = 0): FeedInput => ({
  type: 'snapshot',
  state: snapshot(version, waiting),
  atMs,
});
const frame = (from: number, to: number, waiting: number, atMs = 0, channel = 7): FeedInput => ({
  type: 'frame',
  channel,
  from,
  to,
  patch: [[0, 1, waiting]],
  atMs,
});
const beat = (to: number, atMs = 0, hash: number | null = null, channel = 7): FeedInput => ({
  type: 'heartbeat',
  channel,
  to,
  ages: { logMs: 40 },
  hash,
  atMs,
});

function run(inputs: FeedInput[]): { state: FeedState; wishes: Wish[] } {
  let state = initialFeed;
  const wishes: Wish[] = [];
  for (const input of inputs) {
    const step = advance(state, input, SILENCE_MS);
    state = step.state;
    if (step.wish) wishes.push(step.wish);
  }
  return { state, wishes };
}

describe('feed state', () => {
  it('asks for the view when the connection is up and takes what it gets', () => {
    const { state, wishes } = run([{ type: 'connected' }, took(3, 5, 100)]);
    expect(wishes).toEqual(['watch']);
    expect(state.position).toEqual({ epoch: 'e1', channel: 7, version: 3 });
    expect(state.view?.head).toEqual(['hall', 5]);
    expect(state.syncedAt).toBe(100);
    expect(state.asking).toBe(false);
  });

  it('applies the next frame', () => {
    const { state, wishes } = run([took(3, 5), frame(3, 4, 6, 50)]);
    expect(wishes).toEqual([]);
    expect(state.view?.head).toEqual(['hall', 6]);
    expect(state.position?.version).toBe(4);
    expect(state.syncedAt).toBe(50);
  });

  it('drops what it already has', () => {
    const { state, wishes } = run([took(5, 9), frame(3, 5, 1), frame(4, 5, 2)]);
    expect(wishes).toEqual([]);
    expect(state.view?.head).toEqual(['hall', 9]);
  });

  it.each([
    ['starts after mine', frame(5, 6, 1)],
    ['overlaps mine', frame(2, 6, 1)],
  ])('asks for a snapshot once when a frame %s', (_name, gap) => {
    const { state, wishes } = run([took(3, 5), gap, gap, frame(6, 7, 8)]);
    expect(wishes).toEqual(['resync']);
    expect(state.view?.head).toEqual(['hall', 5]);
  });

  it('[LV2] a heartbeat in step proves that nothing changed', () => {
    const { state, wishes } = run([took(3, 5, 0), beat(3, 2_000)]);
    expect(wishes).toEqual([]);
    expect(state.syncedAt).toBe(2_000);
    expect(state.ages.logMs).toBe(40);
  });

  it('[LV2] a heartbeat ahead of the screen tells of a lost frame and proves nothing', () => {
    const { state, wishes } = run([took(3, 5, 0), beat(4, 2_000)]);
    expect(wishes).toEqual(['resync']);
    expect(state.syncedAt).toBe(0);
  });

  it('finds drift by the hash at equal versions', () => {
    const right = hashOf(fromSnapshot(snapshot(3, 5).snapshot));
    expect(run([took(3, 5), beat(3, 0, right)]).wishes).toEqual([]);
    expect(run([took(3, 5), beat(3, 0, right + 1)]).wishes).toEqual(['resync']);
  });

  it('starts afresh on a message of another channel', () => {
    expect(run([took(3, 5), frame(3, 4, 1, 0, 8)]).wishes).toEqual(['watch']);
    expect(run([took(3, 5), beat(3, 0, null, 8)]).wishes).toEqual(['watch']);
  });

  it('takes a snapshot that comes unasked, whatever the epoch', () => {
    const other = snapshot(1, 2, { epoch: 'e2', channel: 9 });
    const { state } = run([took(30, 5), { type: 'snapshot', state: other, atMs: 9 }]);
    expect(state.position).toEqual({ epoch: 'e2', channel: 9, version: 1 });
    expect(state.view?.head).toEqual(['hall', 2]);
  });

  it('reloads the page when the server speaks another protocol, and shows none of it', () => {
    const strange = snapshot(1, 2, { protocol: PROTOCOL_VERSION + 1 });
    const { state, wishes } = run([{ type: 'snapshot', state: strange, atMs: 0 }]);
    expect(wishes).toEqual(['reload']);
    expect(state.view).toBeNull();
  });

  it('[LV4] keeps the old view on screen while disconnected but believes no message', () => {
    const { state, wishes } = run([
      took(3, 5, 0),
      { type: 'disconnected' },
      beat(3, 9_000),
      frame(3, 4, 6, 9_000),
    ]);
    expect(state.view?.head).toEqual(['hall', 5]);
    expect(state.syncedAt).toBe(0);
    expect(wishes).toEqual([]);
  });

  it('[LV4] after a silence only a snapshot counts', () => {
    const late = SILENCE_MS + 1;
    const { state, wishes } = run([took(3, 5, 0), frame(3, 4, 6, late), beat(4, late)]);
    expect(wishes).toEqual(['resync']);
    expect(state.syncedAt).toBe(0);
    expect(advance(state, took(4, 6, late + 20), SILENCE_MS).state.syncedAt).toBe(late + 20);
  });

  it('[LV5] believes nothing after sleep', () => {
    expect(run([took(3, 5, 0), { type: 'distrusted' }]).state).toMatchObject({
      position: null,
      syncedAt: null,
    });
  });

  it('may ask again after a refusal', () => {
    const { wishes } = run([took(3, 5), frame(5, 6, 1), { type: 'refused' }, frame(6, 7, 1)]);
    expect(wishes).toEqual(['resync', 'resync']);
  });

  it('asks for a snapshot when a patch does not fit', () => {
    const odd: FeedInput = { ...frame(3, 4, 1), patch: [[9, 'A', 1, 2]] } as FeedInput;
    expect(run([took(3, 5), odd]).wishes).toEqual(['resync']);
  });
});
