/**
 * Sends what changed in the views that somebody watches. A view is projected, compared with what was sent last,
 * and goes out as one numbered frame for all its viewers: the first change at once, the next ones gathered for a
 * while (rule LV6). Nothing is ever queued: a frame leads from the last version to the newest.
 */
import { apply, diff, hashOf, type Patch, toSnapshot, type ViewState } from '#shared/delta.ts';
import {
  type Ages,
  HASH_EVERY_MS,
  HEARTBEAT_MS,
  PROTOCOL_VERSION,
  type WatchState,
} from '#shared/protocol.ts';
import type { Clock } from '../clock.ts';
import type { LiveBranches } from '../live-branches.ts';
import { type ViewRequest, type ViewSource, viewSourceOf } from './view-source.ts';

/** The publisher looks after its channels this often, ms. */
export const TICK_MS = 250;
/** Figures also change because time passes: one branch is measured again this often, a network a part at a time. */
const REMEASURE_BRANCH_MS = 1_000;
const REMEASURE_NETWORK_MS = 5_000;
/** A network frame with many rows waits longer for the next, ms. */
const NETWORK_GAP_MS = { few: 250, many: 1_000, fewRows: 50 };

/** Who passes frames on to viewers. */
export interface ViewSink {
  frame(channel: number, from: number, to: number, serverTime: number, patch: Patch): void;
  heartbeat(channel: number, to: number, serverTime: number, ages: Ages, hash: number | null): void;
}

export interface Publisher {
  /** Counts one more viewer of a view; `undefined` when there is no such view. */
  watch(request: ViewRequest): WatchState | undefined;
  /** Where a watched view stands; `undefined` when nobody watches it. */
  stateOf(channel: number): WatchState | undefined;
  /** One viewer less. */
  unwatch(channel: number): void;
  /** A branch changed. */
  touch(branch: string): void;
  /** Branches are new, which networks show too, or described otherwise. */
  describe(branches: readonly string[]): void;
  /** Heartbeats and figures that change with time; to be called every {@link TICK_MS}. */
  tick(): void;
}

interface Channel {
  id: number;
  key: string;
  request: ViewRequest;
  source: ViewSource;
  isNetwork: boolean;
  viewers: number;
  version: number;
  state: ViewState;
  touched: Set<string>;
  sentAt: number;
  measuredAt: number;
  gapMs: number;
  scheduled: boolean;
  beatAt: number;
  hashedAt: number;
}

export interface PublisherParts {
  branches: LiveBranches;
  clock: Clock;
  sink: ViewSink;
  epoch: string;
  /** Shortest time between two frames of a view now, ms: longer when the process is busy. */
  frameGapMs: () => number;
  logAgeMs: () => number;
  /** Runs something after `ms`; injected so that tests decide when. */
  after: (ms: number, run: () => void) => void;
}

/** A publisher of these branches' views. */
export function createPublisher(parts: PublisherParts): Publisher {
  const { branches, clock, sink, epoch, frameGapMs, logAgeMs, after } = parts;
  const channels = new Map<number, Channel>();
  const byKey = new Map<string, Channel>();
  const byBranch = new Map<string, Set<Channel>>();
  const networks = new Set<Channel>();
  let nextId = 1;
  let ticks = 0;

  const open = (key: string, request: ViewRequest): Channel | undefined => {
    const source = viewSourceOf(branches, request);
    if (!source) return undefined;
    const now = clock.monotonic();
    const channel: Channel = {
      id: nextId++,
      key,
      request,
      source,
      isNetwork: request.view === 'row',
      viewers: 0,
      version: 1,
      state: source.project(null, new Set(), clock.now()),
      touched: new Set(),
      sentAt: -Infinity,
      measuredAt: now,
      gapMs: 0,
      scheduled: false,
      beatAt: now,
      hashedAt: now,
    };
    channels.set(channel.id, channel);
    byKey.set(key, channel);
    if (channel.isNetwork) networks.add(channel);
    enlist(channel);
    return channel;
  };

  const enlist = (channel: Channel): void => {
    for (const branch of channel.source.branches)
      byBranch.set(branch, (byBranch.get(branch) ?? new Set()).add(channel));
  };
  const strike = (channel: Channel): void => {
    for (const branch of channel.source.branches) {
      byBranch.get(branch)?.delete(channel);
      if (byBranch.get(branch)?.size === 0) byBranch.delete(branch);
    }
  };

  const close = (channel: Channel): void => {
    channels.delete(channel.id);
    byKey.delete(channel.key);
    networks.delete(channel);
    strike(channel);
  };

  const flush = (channel: Channel): void => {
    channel.scheduled = false;
    if (!channels.has(channel.id)) return;
    const touched = channel.touched;
    channel.touched = new Set();
    channel.measuredAt = clock.monotonic();
    const next = channel.source.project(channel.state, touched, clock.now());
    const patch = diff(channel.state, next);
    if (patch === null) return;
    // As its viewers do: rows that stayed the same stay the same objects, and what was made for nothing dies young.
    channel.state = apply(channel.state, patch);
    const from = channel.version++;
    channel.sentAt = clock.monotonic();
    channel.gapMs = channel.isNetwork ? networkGap(patch) : 0;
    sink.frame(channel.id, from, channel.version, clock.now(), patch);
  };

  const schedule = (channel: Channel, branch: string): void => {
    channel.touched.add(branch);
    if (channel.scheduled) return;
    channel.scheduled = true;
    const due = channel.sentAt + Math.max(channel.gapMs, frameGapMs());
    after(Math.max(0, due - clock.monotonic()), () => {
      flush(channel);
    });
  };

  const touch = (branch: string): void => {
    for (const channel of byBranch.get(branch) ?? []) schedule(channel, branch);
  };

  const stateOf = (channel: Channel): WatchState => ({
    protocol: PROTOCOL_VERSION,
    epoch,
    channel: channel.id,
    version: channel.version,
    serverTime: clock.now(),
    snapshot: toSnapshot(channel.state),
  });

  const agesOf = (channel: Channel): Ages => {
    const logMs = Math.round(logAgeMs());
    const [branch] = channel.source.branches;
    if (channel.isNetwork || branch === undefined) return { logMs };
    const now = clock.now();
    const sources = branches.get(branch)?.live.state.sources.values() ?? [];
    return {
      logMs,
      sources: Object.fromEntries(
        [...sources].map(({ id, lastHeardAt }) => [id, Math.max(0, now - lastHeardAt)]),
      ),
    };
  };

  const beat = (channel: Channel, now: number): void => {
    channel.beatAt = now;
    const withHash = now - channel.hashedAt >= HASH_EVERY_MS;
    if (withHash) channel.hashedAt = now;
    const hash = withHash ? hashOf(channel.state) : null;
    sink.heartbeat(channel.id, channel.version, clock.now(), agesOf(channel), hash);
  };

  // A part of the channels each tick, so that the work is spread out.
  const remeasure = (): void => {
    const now = clock.monotonic();
    for (const channel of channels.values()) {
      const [branch] = channel.source.branches;
      if (channel.isNetwork || branch === undefined) continue;
      if (now - channel.measuredAt >= REMEASURE_BRANCH_MS) schedule(channel, branch);
    }
    const networkTurns = REMEASURE_NETWORK_MS / TICK_MS;
    for (const channel of networks)
      channel.source.branches.forEach((branch, i) => {
        if (i % networkTurns !== ticks % networkTurns) return;
        if (channel.source.holdsUntil(branch) <= clock.now()) schedule(channel, branch);
      });
  };

  return {
    watch(request) {
      const key = JSON.stringify(request);
      const channel = byKey.get(key) ?? open(key, request);
      if (!channel) return undefined;
      // A view that several already watch stands where its last frame led; the next frame goes to all.
      channel.viewers += 1;
      return stateOf(channel);
    },
    stateOf(id) {
      const channel = channels.get(id);
      return channel && stateOf(channel);
    },
    unwatch(id) {
      const channel = channels.get(id);
      if (!channel) return;
      channel.viewers -= 1;
      if (channel.viewers <= 0) close(channel);
    },
    touch,
    describe(described) {
      for (const channel of networks) {
        const source = viewSourceOf(branches, channel.request);
        strike(channel);
        channel.source = source ?? channel.source;
        enlist(channel);
      }
      described.forEach(touch);
    },
    tick() {
      const now = clock.monotonic();
      ticks += 1;
      remeasure();
      for (const channel of channels.values()) if (now - channel.beatAt >= HEARTBEAT_MS) beat(channel, now);
    },
  };
}

const networkGap = (patch: Patch): number =>
  patch.length <= NETWORK_GAP_MS.fewRows ? NETWORK_GAP_MS.few : NETWORK_GAP_MS.many;
