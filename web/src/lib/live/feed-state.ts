/**
 * The browser's side of the feed as a pure state machine: messages in, the next state and a wish out.
 * A screen is never a mixture: a gap, another channel or a wrong hash leads to a whole new snapshot.
 */
import { apply, fromSnapshot, hashOf, type Patch, type ViewState } from '#shared/delta.ts';
import { PROTOCOL_VERSION, type Ages, type WatchState } from '#shared/protocol.ts';

/** Where this browser stands in the feed. */
export interface Position {
  epoch: string;
  channel: number;
  version: number;
}

export interface FeedState {
  /** `null` before the first snapshot and whenever the link was lost since. */
  readonly position: Position | null;
  /** What is on screen; stays while a new snapshot is fetched. */
  readonly view: ViewState | null;
  /** A snapshot is being asked for; only one at a time. */
  readonly asking: boolean;
  /** When the view was last known to equal the server's, monotonic ms; `null`: not known any more. */
  readonly syncedAt: number | null;
  readonly ages: Ages;
  /** When the ages were told, monotonic ms. */
  readonly agesAt: number;
}

export type FeedInput =
  | { type: 'connected' }
  | { type: 'disconnected' }
  /** The last request for a snapshot failed or got no answer. */
  | { type: 'refused' }
  /** The computer slept or the page was frozen: nothing on screen can be believed. */
  | { type: 'distrusted' }
  | { type: 'snapshot'; state: WatchState; atMs: number }
  | { type: 'frame'; channel: number; from: number; to: number; patch: Patch; atMs: number }
  | { type: 'heartbeat'; channel: number; to: number; ages: Ages; hash: number | null; atMs: number };

/** What has to be asked of the server: a first snapshot, the same view again, or a newer page. */
export type Wish = 'watch' | 'resync' | 'reload' | null;

export interface Step {
  state: FeedState;
  wish: Wish;
}

export const initialFeed: FeedState = {
  position: null,
  view: null,
  asking: false,
  syncedAt: null,
  ages: { logMs: 0 },
  agesAt: 0,
};

/**
 * The state after `input`. After `silenceMs` without proof of being in step, frames alone are not trusted:
 * the way back to live is a snapshot (rule LV4).
 */
export function advance(state: FeedState, input: FeedInput, silenceMs: number): Step {
  switch (input.type) {
    case 'connected':
      return { state: { ...state, position: null, asking: true }, wish: 'watch' };
    case 'disconnected':
      return stay({ ...state, position: null, asking: false });
    case 'refused':
      return stay({ ...state, asking: false });
    case 'distrusted':
      return stay({ ...state, position: null, syncedAt: null });
    case 'snapshot':
      return takeSnapshot(state, input.state, input.atMs);
    case 'frame':
      return takeFrame(state, input, silenceMs);
    case 'heartbeat':
      return takeHeartbeat(state, input, silenceMs);
  }
}

function takeSnapshot(state: FeedState, given: WatchState, atMs: number): Step {
  if (given.protocol !== PROTOCOL_VERSION) return { state, wish: 'reload' };
  const { epoch, channel, version } = given;
  const view = fromSnapshot(given.snapshot);
  return stay({ ...state, position: { epoch, channel, version }, view, asking: false, syncedAt: atMs });
}

function takeFrame(state: FeedState, frame: Extract<FeedInput, { type: 'frame' }>, silenceMs: number): Step {
  const { position, view } = state;
  if (position === null || view === null) return stay(state);
  if (frame.channel !== position.channel) return ask(state, 'watch');
  if (frame.to <= position.version) return stay(state);
  if (frame.from !== position.version || wasSilent(state, frame.atMs, silenceMs)) return ask(state, 'resync');
  try {
    const next = apply(view, frame.patch);
    return stay({ ...state, position: { ...position, version: frame.to }, view: next, syncedAt: frame.atMs });
  } catch {
    return ask(state, 'resync');
  }
}

function takeHeartbeat(
  state: FeedState,
  beat: Extract<FeedInput, { type: 'heartbeat' }>,
  silenceMs: number,
): Step {
  const { position, view } = state;
  if (position === null || view === null) return stay(state);
  if (beat.channel !== position.channel) return ask(state, 'watch');
  const next = { ...state, ages: beat.ages, agesAt: beat.atMs };
  if (beat.to > position.version || wasSilent(state, beat.atMs, silenceMs)) return ask(next, 'resync');
  const drifted = beat.hash !== null && beat.to === position.version && hashOf(view) !== beat.hash;
  return drifted ? ask(next, 'resync') : stay({ ...next, syncedAt: beat.atMs });
}

const wasSilent = (state: FeedState, atMs: number, silenceMs: number): boolean =>
  state.syncedAt === null || atMs - state.syncedAt > silenceMs;

const stay = (state: FeedState): Step => ({ state, wish: null });
const ask = (state: FeedState, wish: 'watch' | 'resync'): Step =>
  state.asking ? stay(state) : { state: { ...state, asking: true }, wish };
