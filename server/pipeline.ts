/**
 * The effects on one screen: log → fold → publish, and the duties that come with keeping branches live.
 * Everything that decides is elsewhere and pure; this file only moves it along.
 */
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import type { Checkpoints } from './checkpoints.ts';
import type { Clock } from './clock.ts';
import { advance } from './domain/live-branch.ts';
import type { LiveBranches } from './live-branches.ts';
import {
  comparePositions,
  type EventLog,
  type LogChunk,
  loggedEvents,
  type Positions,
} from './log/event-log.ts';
import type { Logger } from './logger.ts';

/** Folding gives way to sockets and posts after this long, ms. */
const BREATHE_EVERY_MS = 8;
/** Checkpoints are looked after this often, a shard at a time, ms. */
const CHECKPOINT_EVERY_MS = 500;

export interface Pipeline {
  /** Restores what was saved and folds the rest; resolves when live state has caught up with the log. */
  start(): Promise<void>;
  /** Since the log was last heard from, ms. */
  logAgeMs(): number;
  /** Facts folded since the start. */
  folded(): number;
  /** Resolves when everything that is in the log now is folded. */
  settled(): Promise<void>;
  /** Stops reading and saves all branches. */
  stop(): Promise<void>;
}

/** Connects the log to live branches; `touch` is told of each branch that changed. */
export function createPipeline(parts: {
  log: EventLog;
  /** The shards whose branches are kept live. */
  shards: readonly number[];
  branches: LiveBranches;
  checkpoints: Checkpoints;
  clock: Clock;
  logger: Logger;
  touch: (branch: string) => void;
}): Pipeline {
  const { log, shards, branches, checkpoints, clock, logger, touch } = parts;
  const stopping = new AbortController();
  let heardAt = clock.monotonic();
  let folded = 0;
  let done: Promise<unknown> = Promise.resolve();

  const fold = (chunk: LogChunk): void => {
    const branch = branches.get(chunk.branch);
    if (!branch) return;
    if (chunk.firstVersion === 1 && branch.live.version > 0) {
      // Somebody emptied the log. What is live stays, and goes on with what is told from now on.
      logger.error({ branch: chunk.branch }, 'the log began anew');
      branch.live.version = 0;
    }
    for (const logged of loggedEvents(chunk)) {
      try {
        if (advance(branch.live, branch.profile, logged)) folded += 1;
      } catch (error) {
        // One fact that breaks the fold must not stop the hall: it is set aside, and said.
        logger.error({ err: error, branch: chunk.branch, version: logged.version }, 'an event was set aside');
        branch.live.version = logged.version;
      }
    }
    checkpoints.folded(chunk.shard, chunk.position, chunk.branch);
    touch(chunk.branch);
  };

  const positions = new Map<number, string>();
  const waiting = new Set<{ ends: Positions; resolve: () => void }>();

  const follow = async (from: Positions) => {
    for (const [shard, position] of from) positions.set(shard, position);
    let worked = performance.now();
    for await (const chunks of log.follow(shards, from, stopping.signal)) {
      heardAt = clock.monotonic();
      for (const chunk of chunks) {
        fold(chunk);
        positions.set(chunk.shard, chunk.position);
        if (performance.now() - worked > BREATHE_EVERY_MS) {
          await breathe();
          worked = performance.now();
        }
      }
      for (const wish of waiting) {
        if (!hasReached(positions, wish.ends)) continue;
        waiting.delete(wish);
        wish.resolve();
      }
    }
  };

  const settled = async (): Promise<void> => {
    const ends = new Map([...(await log.ends())].filter(([shard]) => shards.includes(shard)));
    if (hasReached(positions, ends)) return;
    await new Promise<void>((resolve) => waiting.add({ ends, resolve }));
  };

  const saveFromTimeToTime = async (): Promise<void> => {
    const { signal } = stopping;
    while (!signal.aborted) {
      await sleep(CHECKPOINT_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) await checkpoints.saveNext();
    }
  };

  return {
    async start() {
      const from = await checkpoints.restore();
      const reached = settled();
      const following = follow(from);
      done = Promise.allSettled([following, saveFromTimeToTime()]);
      await Promise.race([reached, following]);
    },
    settled,
    logAgeMs: () => clock.monotonic() - heardAt,
    folded: () => folded,
    async stop() {
      stopping.abort();
      await done;
      await checkpoints.saveAll();
    },
  };
}

function hasReached(positions: Positions, ends: Positions): boolean {
  for (const [shard, end] of ends) {
    const position = positions.get(shard);
    if (position === undefined || comparePositions(position, end) < 0) return false;
  }
  return true;
}
