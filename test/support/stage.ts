/** A publisher whose time stands still until the test lets it pass, and whose frames are kept. */
import type { Patch } from '#shared/delta.ts';
import type { SourceEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { Ages } from '#shared/protocol.ts';
import type { Clock } from '#server/clock.ts';
import { advance } from '#server/domain/live-branch.ts';
import { createLiveBranches } from '#server/live-branches.ts';
import { createNetwork } from '#server/network.ts';
import { createPublisher, type Publisher, TICK_MS } from '#server/publish/publisher.ts';
import { clock } from './profiles.ts';

export interface SentFrame {
  type: 'frame';
  atMs: number;
  channel: number;
  from: number;
  to: number;
  patch: Patch;
}
export interface SentBeat {
  type: 'heartbeat';
  atMs: number;
  channel: number;
  to: number;
  ages: Ages;
  hash: number | null;
}
export type Sent = SentFrame | SentBeat;

export interface Stage {
  publisher: Publisher;
  /** Everything sent, in order; `atMs` since the stage was set. */
  sent: Sent[];
  frames(): SentFrame[];
  beats(): SentBeat[];
  /** Folds facts of a branch, now, and tells the publisher. */
  tell(branch: string, events: readonly SourceEvent[]): void;
  /** Lets time pass: what is due runs, and the publisher ticks. */
  pass(ms: number): void;
  /** As if the process had been started again: the same branches, a new publisher. */
  restart(): void;
  now(): number;
  /** Shortest time between frames, ms. */
  gapMs: number;
}

/** A stage for these branches; `watch` frames as they are sent with `onSent`. */
export function stageFor(profiles: BranchProfile[], onSent: (sent: Sent) => void = () => undefined): Stage {
  const branches = createLiveBranches(createNetwork({ branches: profiles, sourceKeys: [] }));
  const start = clock('10:00');
  let elapsed = 0;
  let starts = 0;
  let timers: { at: number; run: () => void }[] = [];
  const time: Clock = { now: () => start + elapsed, monotonic: () => elapsed };
  const keep = (sent: Sent): void => {
    stage.sent.push(sent);
    onSent(sent);
  };
  const makePublisher = (): Publisher =>
    createPublisher({
      branches,
      clock: time,
      sink: {
        frame: (channel, from, to, _serverTime, patch) =>
          keep({ type: 'frame', atMs: elapsed, channel, from, to, patch }),
        heartbeat: (channel, to, _serverTime, ages, hash) =>
          keep({ type: 'heartbeat', atMs: elapsed, channel, to, ages, hash }),
      },
      epoch: `epoch ${++starts}`,
      frameGapMs: () => stage.gapMs,
      logAgeMs: () => 7,
      after: (ms, run) => timers.push({ at: elapsed + ms, run }),
    });

  const runDue = (): void => {
    for (;;) {
      const due = timers.filter(({ at }) => at <= elapsed).sort((a, b) => a.at - b.at);
      if (due.length === 0) return;
      timers = timers.filter(({ at }) => at > elapsed);
      for (const { run } of due) run();
    }
  };

  const stage: Stage = {
    publisher: makePublisher(),
    sent: [],
    gapMs: 50,
    frames: () => stage.sent.filter((each) => each.type === 'frame'),
    beats: () => stage.sent.filter((each) => each.type === 'heartbeat'),
    now: time.now,
    tell(branch, events) {
      const known = branches.get(branch);
      if (!known) throw new Error(`no branch ${branch}`);
      for (const event of events) {
        const version = known.live.version + 1;
        advance(known.live, known.profile, {
          branch,
          source: 'machine',
          version,
          receivedAt: event.at,
          event,
        });
      }
      stage.publisher.touch(branch);
    },
    pass(ms) {
      runDue();
      const until = elapsed + ms;
      while (elapsed < until) {
        const nextTick = (Math.floor(elapsed / TICK_MS) + 1) * TICK_MS;
        elapsed = Math.min(until, nextTick, ...timers.map(({ at }) => at));
        runDue();
        if (elapsed === nextTick) stage.publisher.tick();
        runDue();
      }
    },
    restart() {
      timers = [];
      stage.publisher = makePublisher();
    },
  };
  return stage;
}
