/**
 * The effects on one screen: log → fold → publish, and the duties that come with keeping branches live.
 * Everything that decides is elsewhere and pure; this file only moves it along.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { restoreCheckpoints } from './checkpoints.ts';
import type { Clock } from './clock.ts';
import { foldChunk } from './fold-chunk.ts';
import type { LiveBranches } from './live-branches.ts';
import { comparePositions, type EventLog, type LogChunk, type Positions } from './log/event-log.ts';
import type { Logger } from './logger.ts';

/** Folding gives way to sockets and posts after this long, ms. */
const BREATHE_EVERY_MS = 8;

export interface Pipeline {
  /** Restores what was saved and folds the rest; resolves when live state has caught up with the log. */
  start(): Promise<void>;
  /** How old live state may be: since the log was last heard from, and how long its news had waited then, ms. */
  logAgeMs(): number;
  /** Facts folded since the start. */
  folded(): number;
  /** Resolves when everything that is in the log now is folded. */
  settled(): Promise<void>;
  /** Stops reading. */
  stop(): Promise<void>;
}

/** Connects the log to live branches; `touch` is told of each branch that changed. */
export function createPipeline(parts: {
  log: EventLog;
  /** The shards whose branches are kept live. */
  shards: readonly number[];
  branches: LiveBranches;
  clock: Clock;
  logger: Logger;
  touch: (branch: string) => void;
  /** Hears of all that is folded. */
  note: (chunk: LogChunk) => void;
}): Pipeline {
  const { log, shards, branches, clock, logger, touch, note } = parts;
  const stopping = new AbortController();
  let heardAt = clock.monotonic();
  // What comes after the last news may have waited as long as they had; when nothing is new, nothing waits.
  let behindMs = 0;
  let folded = 0;
  let done: Promise<unknown> = Promise.resolve();

  const fold = (chunk: LogChunk): void => {
    const branch = branches.get(chunk.branch);
    if (!branch) return;
    folded += foldChunk(branch, chunk, logger);
    touch(chunk.branch);
    note(chunk);
  };

  const positions = new Map<number, string>();
  const waiting = new Set<{ ends: Positions; resolve: () => void }>();

  const follow = async (from: Positions) => {
    for (const [shard, position] of from) positions.set(shard, position);
    let worked = performance.now();
    for await (const chunks of log.follow(shards, from, stopping.signal)) {
      heardAt = clock.monotonic();
      behindMs = chunks.reduce((most, { receivedAt }) => Math.max(most, clock.now() - receivedAt), 0);
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

  return {
    async start() {
      const following = follow(await restoreCheckpoints(log, branches));
      done = following.catch(() => undefined);
      await Promise.race([settled(), following]);
    },
    settled,
    logAgeMs: () => clock.monotonic() - heardAt + behindMs,
    folded: () => folded,
    async stop() {
      stopping.abort();
      await done;
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
