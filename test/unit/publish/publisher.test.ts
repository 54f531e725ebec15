import { beforeEach, describe, expect, it } from 'vitest';
import { apply, fromSnapshot, hashOf, type ViewState } from '#shared/delta.ts';
import type { WatchRequest, WatchState } from '#shared/protocol.ts';
import { decodeRow } from '#shared/row-codec.ts';
import { SCHEMAS } from '#shared/view-schemas.ts';
import type { FloorHead, NetworkHead } from '#shared/views.ts';
import { frameGapFor } from '#server/publish/frame-gap.ts';
import { hall, told } from '#test/support/profiles.ts';
import { type SentFrame, type Stage, stageFor } from '#test/support/stage.ts';

const FLOOR: WatchRequest = { view: 'floor', branch: 'hall' };
let stage: Stage;
let tickets = 0;
const arrival = () => told(stage.now(), 'contact.queued', { contact: `k${++tickets}`, queue: 'personal' });

const watch = (request: WatchRequest = FLOOR): WatchState => {
  const state = stage.publisher.watch(request);
  if (!state) throw new Error('no such view');
  return state;
};
const headOf = (view: ViewState): FloorHead => decodeRow(SCHEMAS.floor.head, view.head);
const replay = (from: WatchState, frames: SentFrame[]): ViewState =>
  frames
    .filter(({ channel }) => channel === from.channel)
    .reduce((view, { patch }) => apply(view, patch), fromSnapshot(from.snapshot));

beforeEach(() => {
  stage = stageFor([hall(), hall({ id: 'other', region: { id: 'west', name: { zh: '西区', en: 'West' } } })]);
});

describe('frames', () => {
  it('[LV6] the first change of a quiet view goes out at once', () => {
    watch();
    stage.pass(5_000);
    stage.sent.length = 0;
    stage.tell('hall', [arrival()]);
    stage.pass(0);
    expect(stage.frames()).toHaveLength(1);
  });

  it('[LV6] while changes go on, frames are at least 50 ms apart', () => {
    watch();
    for (let ms = 0; ms < 1_000; ms += 5) {
      stage.tell('hall', [arrival()]);
      stage.pass(5);
    }
    const times = stage.frames().map(({ atMs }) => atMs);
    expect(times.length).toBeGreaterThan(15);
    expect(times.length).toBeLessThanOrEqual(21);
    times.slice(1).forEach((at, i) => expect(at - (times[i] ?? 0)).toBeGreaterThanOrEqual(50));
  });

  it('[LV6] a busy process holds frames together for longer', () => {
    expect([frameGapFor(0), frameGapFor(0.3), frameGapFor(0.9), frameGapFor(1)]).toEqual([50, 50, 250, 250]);
    expect(frameGapFor(0.6)).toBe(150);
    watch();
    stage.gapMs = 250;
    for (let ms = 0; ms < 1_000; ms += 10) {
      stage.tell('hall', [arrival()]);
      stage.pass(10);
    }
    expect(stage.frames().length).toBeLessThanOrEqual(5);
  });

  it('many events become one frame', () => {
    const state = watch();
    stage.tell('hall', Array.from({ length: 100 }, arrival));
    stage.tell('hall', Array.from({ length: 100 }, arrival));
    stage.pass(0);
    expect(stage.frames()).toHaveLength(1);
    expect(headOf(replay(state, stage.frames())).waiting).toBe(200);
  });

  it('nothing is sent when nothing that is shown changed', () => {
    stage.tell('hall', [told(stage.now(), 'source.heartbeat', {})]);
    watch();
    stage.tell('hall', [told(stage.now(), 'source.heartbeat', {})]);
    stage.pass(5_000);
    expect(stage.frames()).toEqual([]);
  });

  it('a view nobody watches costs nothing, and one nobody watches any more', () => {
    stage.tell('hall', [arrival()]);
    stage.pass(3_000);
    const { channel } = watch();
    watch();
    stage.publisher.unwatch(channel);
    expect(stage.publisher.stateOf(channel)).toBeDefined();
    stage.publisher.unwatch(channel);
    stage.tell('hall', [arrival()]);
    stage.pass(3_000);
    expect(stage.sent).toEqual([]);
    expect(stage.publisher.stateOf(channel)).toBeUndefined();
  });

  it('versions follow one another, and the frames lead to what a newcomer gets', () => {
    const state = watch();
    for (let i = 0; i < 30; i++) {
      stage.tell('hall', [arrival()]);
      stage.pass(37);
    }
    const frames = stage.frames();
    frames.forEach(({ from, to }, i) =>
      expect([from, to]).toEqual([state.version + i, state.version + i + 1]),
    );
    const now = watch();
    expect(now).toMatchObject({ channel: state.channel, version: state.version + frames.length });
    expect(replay(state, frames)).toEqual(fromSnapshot(now.snapshot));
  });

  it('all viewers of a view share one channel, other views have others', () => {
    const floor = watch();
    expect(watch().channel).toBe(floor.channel);
    const others: WatchRequest[] = [
      { view: 'customerWall', branch: 'hall' },
      { view: 'floor', branch: 'other' },
      { view: 'row', scope: 'all' },
    ];
    expect(new Set([floor, ...others.map(watch)].map(({ channel }) => channel)).size).toBe(4);
  });

  it.each([
    { view: 'floor', branch: 'nowhere' },
    { view: 'row', scope: 'nowhere' },
  ] as const)('there is no view of %o', (request) => {
    expect(stage.publisher.watch(request)).toBeUndefined();
  });

  it('[LV3] a status that changes because time passes goes out without an event', () => {
    const state = watch();
    stage.tell('hall', [arrival()]);
    stage.pass(16 * 60_000);
    const row = replay(state, stage.frames()).tables[0]?.get('personal') ?? [];
    const fields = SCHEMAS.floor.tables[0]?.fields ?? [];
    expect(decodeRow(fields, row)).toMatchObject({ source: 'silent', status: 'stale', waiting: null });
  });
});

describe('heartbeats', () => {
  it('[LV2] come every 2 s, with the version and the ages of the sources', () => {
    stage.tell('hall', [arrival()]);
    const { version, channel } = watch();
    stage.pass(10_000);
    const beats = stage.beats();
    expect(beats.map(({ atMs }) => atMs)).toEqual([2_000, 4_000, 6_000, 8_000, 10_000]);
    expect(beats[0]).toMatchObject({ channel, to: version, ages: { logMs: 7, sources: { machine: 2_000 } } });
  });

  it('each 10 s one carries the hash of the version it names', () => {
    const state = watch();
    for (let second = 0; second < 40; second++) {
      stage.tell('hall', [arrival()]);
      stage.pass(1_000);
    }
    const hashed = stage.beats().filter(({ hash }) => hash !== null);
    expect(hashed.map(({ atMs }) => atMs)).toEqual([10_000, 20_000, 30_000, 40_000]);
    for (const beat of hashed) {
      const upTo = stage.frames().filter(({ to }) => to <= beat.to);
      expect(hashOf(replay(state, upTo))).toBe(beat.hash);
    }
  });
});

describe('the network', () => {
  it('is one view of all branches of a scope; a frame carries the branches that changed', () => {
    const all = watch({ view: 'row', scope: 'all' });
    const west = watch({ view: 'row', scope: 'west' });
    expect(all.snapshot.tables[0]?.map(([id]) => id)).toEqual(['hall', 'other']);
    expect(west.snapshot.tables[0]?.map(([id]) => id)).toEqual(['other']);
    stage.tell('hall', [arrival()]);
    stage.pass(0);
    expect(stage.frames()).toHaveLength(1);
    expect(stage.frames()[0]?.channel).toBe(all.channel);
    expect(stage.frames()[0]?.patch.map(([table, id]) => [table, id])).toEqual([[1, 'hall']]);
  });

  it('names the time zone of its halls when they share one', () => {
    const zoneOf = (request: WatchRequest): unknown =>
      decodeRow<NetworkHead>(SCHEMAS.row.head, watch(request).snapshot.head).zone;
    expect(zoneOf({ view: 'row', scope: 'all' })).toBe('Asia/Shanghai');
    stage = stageFor([hall(), hall({ id: 'other', zone: 'Europe/Warsaw' })]);
    expect(zoneOf({ view: 'row', scope: 'all' })).toBeNull();
  });

  it('its frames are at least 250 ms apart', () => {
    const { channel } = watch({ view: 'row', scope: 'all' });
    for (let ms = 0; ms < 2_000; ms += 20) {
      stage.tell('hall', [arrival()]);
      stage.tell('other', [arrival()]);
      stage.pass(20);
    }
    const times = stage.frames().map(({ atMs }) => atMs);
    times.slice(1).forEach((at, i) => expect(at - (times[i] ?? 0)).toBeGreaterThanOrEqual(250));
    expect(times.length).toBeGreaterThanOrEqual(7);
    expect(stage.beats().every((beat) => beat.channel === channel && beat.ages.sources === undefined)).toBe(
      true,
    );
  });
});

describe('a restart', () => {
  it('[LV5] begins a new epoch', () => {
    const before = watch();
    stage.restart();
    const after = watch();
    expect(after.epoch).not.toBe(before.epoch);
    expect(after.snapshot).toEqual(before.snapshot);
  });
});
