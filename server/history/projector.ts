/**
 * History follows the log by itself: it folds every fact once more, beside the live state and not through it, and adds
 * what became countable to the database together with how far the log was read, in one transaction. So it can be slow,
 * be away and come back without the halls on screen noticing, and no crash counts anything twice or not at all.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createCheckpointWriter, restoreCheckpoints } from '../checkpoints.ts';
import type { Clock } from '../clock.ts';
import { foldChunk } from '../fold-chunk.ts';
import { createEffects, type Effects } from '../domain/metrics/interval-effects.ts';
import type { LiveBranches } from '../live-branches.ts';
import { comparePositions, type EventLog, type LogChunk } from '../log/event-log.ts';
import type { Logger } from '../logger.ts';
import { AlreadyProjected, type HistoryStore, type Projection, UnstorableRow } from './store.ts';

/** The log is asked this often, ms: at most, when storing takes long. */
const ASK_EVERY_MS = { least: 5_000, most: 10_000 };
/** Share of the time that may go into storing, ratio: the more there is, the longer the stretches that are stored at once. */
const STORING_SHARE = 0.05;
/** After a failure, ms. */
const RETRY_MS = 1_000;
/** A read this long means that more is waiting. */
const BEHIND_CHUNKS = 256;
/** Facts folded before they must be stored, when there is more to read. */
const MAX_PENDING = 50_000;

export interface ProjectorParts {
  log: EventLog;
  shards: readonly number[];
  /** Empty branches, of the projector alone. */
  branches: () => LiveBranches;
  store: HistoryStore;
  clock: Clock;
  logger: Logger;
  /** Told again and again until when (epoch ms) everything that was told is in history. */
  caughtUp?: (at: number) => void;
}

export interface Projector {
  /** Runs until stopped; what fails is tried again. */
  run(): Promise<void>;
  /** Resolves when everything that is in the log now is in history. */
  settled(): Promise<void>;
  /** Stores what is folded, saves checkpoints, and stops. */
  stop(): Promise<void>;
}

/** Follows these shards into this store. */
export function createProjector(parts: ProjectorParts): Projector {
  const { log, shards, store, clock, logger } = parts;
  const stopping = new AbortController();
  let projected: ReadonlyMap<number, string> = new Map();
  let done: Promise<void> = Promise.resolve();
  let nudge: () => void = () => undefined;

  const wait = async (ms: number): Promise<void> => {
    const nudged = new Promise<void>((resolve) => (nudge = resolve));
    const slept = sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
    await Promise.race([nudged, slept]);
  };

  const recover = async () => {
    const branches = parts.branches();
    projected = await store.positions();
    const restored = await restoreCheckpoints(log, branches);
    // An older database than the checkpoints (restored from a backup): then everything is folded once more.
    const isAhead = [...restored].some(([shard, at]) => {
      const stored = projected.get(shard);
      return stored === undefined || comparePositions(at, stored) > 0;
    });
    if (!isAhead) return { branches, positions: new Map(restored) };
    logger.warn('history is older than the checkpoints: it is made again from what the log still holds');
    return { branches: parts.branches(), positions: new Map<number, string>() };
  };

  /** With `oneByOne` every chunk is stored by itself, and one that cannot be stored is set aside. */
  const follow = async (oneByOne: boolean): Promise<void> => {
    const { branches, positions } = await recover();
    const checkpoints = createCheckpointWriter({ log, branches, clock, logger });
    let effects = createEffects();
    const reached = new Map<number, string>();
    let pending = 0;

    const fold = (chunk: LogChunk): void => {
      positions.set(chunk.shard, chunk.position);
      const branch = branches.get(chunk.branch);
      if (!branch) return;
      const stored = projected.get(chunk.shard);
      const isNew = stored === undefined || comparePositions(chunk.position, stored) > 0;
      pending += foldChunk(branch, chunk, logger, (outcomes) => {
        if (isNew) effects.add(branch.profile, outcomes);
      });
      if (isNew) reached.set(chunk.shard, chunk.position);
      checkpoints.folded(chunk.shard, chunk.position, chunk.branch, chunk.events.length);
    };

    const flush = async (): Promise<void> => {
      if (reached.size > 0) {
        await store.apply(projectionOf(effects, projected, reached)).catch(async (error: unknown) => {
          if (!oneByOne || !(error instanceof UnstorableRow)) throw error;
          logger.error(
            { err: error, positions: [...reached] },
            'a chunk of the log was set aside by history',
          );
          await store.apply(projectionOf(createEffects(), projected, reached));
        });
        projected = new Map([...projected, ...reached]);
        reached.clear();
        effects = createEffects();
      }
      pending = 0;
      await checkpoints.save(stopping.signal.aborted);
    };

    while (!stopping.signal.aborted) {
      const askedAt = clock.now();
      const began = clock.monotonic();
      const chunks = await log.read(shards, positions);
      for (const chunk of chunks) {
        fold(chunk);
        if (oneByOne) await flush();
      }
      const isBehind = chunks.length >= BEHIND_CHUNKS;
      if (!isBehind || pending >= MAX_PENDING) await flush();
      if (isBehind) continue;
      // Caught up with what made it careful.
      oneByOne = false;
      parts.caughtUp?.(askedAt);
      const rest = (clock.monotonic() - began) / STORING_SHARE;
      await wait(Math.min(ASK_EVERY_MS.most, Math.max(ASK_EVERY_MS.least, rest)));
    }
    await flush();
  };

  const run = async (): Promise<void> => {
    let oneByOne = false;
    while (!stopping.signal.aborted) {
      try {
        await follow(oneByOne);
      } catch (error) {
        oneByOne = error instanceof UnstorableRow;
        if (error instanceof AlreadyProjected) logger.info('somebody else projects too');
        else logger.warn({ err: error }, 'history waits');
        await wait(RETRY_MS);
      }
    }
  };

  return {
    run() {
      done = run();
      return done;
    },
    async settled() {
      const ends = [...(await log.ends())].filter(([shard]) => shards.includes(shard));
      const isThere = () =>
        ends.every(([shard, end]) => comparePositions(projected.get(shard) ?? '0-0', end) >= 0);
      while (!isThere() && !stopping.signal.aborted) {
        nudge();
        await sleep(20);
      }
    },
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

function projectionOf(
  effects: Effects,
  before: ReadonlyMap<number, string>,
  reached: ReadonlyMap<number, string>,
): Projection {
  const shards = [...reached].map(([shard, to]) => [shard, { from: before.get(shard) ?? null, to }] as const);
  return { ...effects.rows(), shards: new Map(shards) };
}
