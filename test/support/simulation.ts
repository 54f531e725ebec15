/** The real publisher and real consoles' feeds over an unreliable network, in simulated time, from one seed. */
import { Feed } from '#lib/live/feed.ts';
import { initialFeed, type FeedState } from '#lib/live/feed-state.ts';
import type { TransportListener } from '#lib/live/transport.ts';
import { diff, fromSnapshot, hashOf } from '#shared/delta.ts';
import type { WatchRequest, WatchState } from '#shared/protocol.ts';
import { createRng, type Rng } from '#server/rng.ts';
import { Timeline } from '#server/sources/timeline.ts';
import { hall } from './profiles.ts';
import { randomDay } from './random-day.ts';
import { type Stage, stageFor } from './stage.ts';
import { CALM, type Link, unreliableLink, type Weather } from './unreliable-link.ts';

const STEP_MS = 20;
const STORM_MS = 15_000;
/** After a storm each screen must be right within this: a lost request, its time-out, a hash, another request. */
const CALM_MS = 25_000;
const RECHECK_MS = 1_000;
const SILENCE_MS = 15_000;
const SLEEP_MS = 10_000;
const WORST: Omit<Weather, 'damage'> = { drop: 0.3, duplicate: 0.3, longestDelayMs: 1_500 };
/** Chances per step. */
const CHANCE = { event: 0.1, cut: 0.002, restart: 0.001, sleep: 0.0005 };
const BRANCHES = ['hall', 'other'] as const;
const REQUESTS: readonly WatchRequest[] = [
  { view: 'floor', branch: 'hall' },
  { view: 'floor', branch: 'hall' },
  { view: 'customerWall', branch: 'hall' },
  { view: 'staffWall', branch: 'other' },
  { view: 'row', scope: 'all' },
];

/** A fault planted in the consoles, to see that the simulation notices it. */
export type Planted = 'none' | 'no gap check' | 'deaf to heartbeats' | 'no hash' | 'frames applied again';

export interface Run {
  planted?: Planted;
  /** Share of frames in which a value is changed on the way, as memory or a wrong `apply` would. */
  damage?: number;
}

interface Console {
  name: string;
  request: WatchRequest;
  link: Link;
  feed: Feed;
  state: FeedState;
}

/** What was promised and not kept in the run of one seed; empty when all went well. */
export async function simulate(seed: number, { planted = 'none', damage = 0 }: Run = {}): Promise<string[]> {
  const rng = createRng(seed);
  const broken = new Set<string>();
  const timers = new Timeline<() => void>();
  /** Hash of everything the server ever showed, by epoch, channel and version. */
  const shown = new Map<string, number>();
  const consoles: Console[] = [];
  let elapsed = 0;
  let sleptMs = 0;

  const remember = (state: WatchState): void => {
    shown.set(nameOf(state), hashOf(fromSnapshot(state.snapshot)));
  };
  const stage = stageFor(
    BRANCHES.map((id) => hall({ id })),
    (sent) => {
      const state = stage.publisher.stateOf(sent.channel);
      if (state && sent.type === 'frame') remember(state);
      for (const { link } of consoles) link.broadcast(sent);
    },
  );
  const later = (delayMs: number, run: () => void): void => timers.add(elapsed + delayMs, run);
  const world = { stage, rng, weather: stormy(rng, damage), later, onWatched: remember };

  for (const [i, request] of REQUESTS.entries()) {
    const link = unreliableLink(world, (listener) => withFault(planted, listener, () => one.state));
    const feed = new Feed({
      request,
      transport: link,
      surroundings: {
        monotonicMs: () => elapsed,
        wallMs: () => stage.now() + sleptMs,
        random: rng,
        later,
        reload: () => broken.add('a console reloaded itself'),
      },
      silenceMs: SILENCE_MS,
      onState: (state) => {
        one.state = state;
        // A console that says it has a version shows that version, not a mixture (rule LV4).
        if (damage === 0 && isMixture(state, shown))
          broken.add(`${one.name} shows what the server never did`);
      },
      onServerTime: () => undefined,
      onFailure: (code) => code !== null && broken.add(`${one.name} was refused: ${code}`),
    });
    const one: Console = { name: `console ${i} (${request.view})`, request, link, feed, state: initialFeed };
    consoles.push(one);
    feed.start();
  }

  const nextFact = randomDay(rng);
  const step = async (serverRuns = true): Promise<void> => {
    elapsed += STEP_MS;
    if (serverRuns) stage.pass(STEP_MS);
    while (timers.nextAt <= elapsed) {
      timers.take()?.();
      await settle();
    }
    if (elapsed % RECHECK_MS === 0) for (const { feed } of consoles) feed.recheck();
  };

  while (elapsed < STORM_MS) {
    if (rng() < CHANCE.event) stage.tell(rng() < 0.5 ? 'hall' : 'other', [nextFact(stage.now())]);
    for (const { link } of consoles) if (rng() < CHANCE.cut) link.restart();
    if (rng() < CHANCE.sleep) sleptMs += SLEEP_MS;
    if (rng() < CHANCE.restart) restart(stage, consoles);
    await step();
  }
  world.weather = CALM;
  const end = elapsed + CALM_MS;
  while (elapsed < end) await step();
  // What was sent last is still on its way.
  await step(false);

  for (const one of consoles) {
    if (!isInStep(one, stage)) broken.add(`${one.name} does not show what the server does`);
  }
  for (const { feed } of consoles) feed.stop();
  return [...broken];
}

/** Continuations of promises run between two messages, as they do in a browser. */
async function settle(): Promise<void> {
  const CONTINUATIONS = 6;
  for (let i = 0; i < CONTINUATIONS; i++) await Promise.resolve();
}

const nameOf = ({ epoch, channel, version }: { epoch: string; channel: number; version: number }): string =>
  JSON.stringify([epoch, channel, version]);

const stormy = (rng: Rng, damage: number): Weather => ({
  drop: rng() * WORST.drop,
  duplicate: rng() * WORST.duplicate,
  longestDelayMs: rng() * WORST.longestDelayMs,
  damage,
});

// Connections go with the server, and its viewers with them.
function restart(stage: Stage, consoles: readonly Console[]): void {
  for (const { link } of consoles) link.restart();
  stage.restart();
}

const isMixture = ({ position, view }: FeedState, shown: ReadonlyMap<string, number>): boolean =>
  position !== null && view !== null && shown.get(nameOf(position)) !== hashOf(view);

function isInStep({ state, request }: Console, stage: Stage): boolean {
  const now = stage.publisher.watch(request);
  if (!now) return false;
  stage.publisher.unwatch(now.channel);
  const view = fromSnapshot(now.snapshot);
  const { position } = state;
  const isThere = position?.version === now.version && position.epoch === now.epoch;
  return (
    isThere && state.view !== null && diff(view, state.view) === null && hashOf(state.view) === hashOf(view)
  );
}

/** What a console with this fault would hear. */
function withFault(planted: Planted, listener: TransportListener, state: () => FeedState): TransportListener {
  const versionOf = (otherwise: number): number => state().position?.version ?? otherwise;
  switch (planted) {
    case 'none':
      return listener;
    case 'no gap check':
      return {
        ...listener,
        frame: (channel, from, to, time, patch) =>
          listener.frame(channel, to > versionOf(to) ? versionOf(from) : from, to, time, patch),
      };
    case 'frames applied again':
      return {
        ...listener,
        frame(channel, from, to, time, patch) {
          const known = versionOf(from);
          if (to <= known) listener.frame(channel, known, known + 1, time, patch);
          else listener.frame(channel, from, to, time, patch);
        },
      };
    case 'deaf to heartbeats':
      return {
        ...listener,
        heartbeat: (channel, to, time, ages) => listener.heartbeat(channel, versionOf(to), time, ages, null),
      };
    case 'no hash':
      return {
        ...listener,
        heartbeat: (channel, to, time, ages) => listener.heartbeat(channel, to, time, ages, null),
      };
  }
}
