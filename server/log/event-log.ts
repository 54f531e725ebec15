/** The log of facts: the only truth about live state. Two implementations, one contract suite. */
import type { LogEvent, LoggedEvent } from '#shared/events.ts';

/** Facts of one source about one branch, to be appended together. */
export interface AppendRequest {
  branch: string;
  source: string;
  /** Epoch ms by our clock. */
  receivedAt: number;
  events: readonly LogEvent[];
}

/** Facts as they stand in the log: of one branch and source, numbered from `firstVersion` on. */
export interface LogChunk extends AppendRequest {
  shard: number;
  /** Where it stands in its shard; opaque, ordered within the shard. */
  position: string;
  firstVersion: number;
}

/** How far each shard was read; a shard never read is absent. */
export type Positions = ReadonlyMap<number, string>;

export interface Checkpoints {
  positions: Positions;
  /** The last saved state of each branch. */
  branches: ReadonlyMap<string, Uint8Array>;
}

/** The log cannot answer now; what was asked may or may not have happened, so ask again: facts are deduplicated. */
export class LogUnavailable extends Error {
  override name = 'LogUnavailable';
}

/**
 * Facts are appended once: one that its source told before (same source, branch and id) is recognised for a day at
 * least and left out. Each branch numbers its facts 1, 2, 3 … without gaps. When `append` has answered, the facts
 * are on disk. Everybody who follows sees the same facts in the same order. No connection shows through here.
 */
export interface EventLog {
  /** For each request, for each of its events: true when it was new. Throws {@link LogUnavailable}. */
  append(requests: readonly AppendRequest[]): Promise<boolean[][]>;
  /**
   * Yields what comes after `from` in these shards, in order within a shard, until aborted. An empty list is a sign of life:
   * the log was asked and had nothing new. While the log is away nothing is yielded.
   */
  follow(shards: readonly number[], from: Positions, signal: AbortSignal): AsyncIterable<LogChunk[]>;
  /**
   * What comes after `from` in these shards now, in order within a shard, some of it when there is much; empty when there
   * is nothing. Throws {@link LogUnavailable}.
   */
  read(shards: readonly number[], from: Positions): Promise<LogChunk[]>;
  /** The end of each shard that holds anything. */
  ends(): Promise<Positions>;
  /**
   * Keeps the states of branches of one shard as of `position`. All branches of the shard must have been saved at
   * this position or be unchanged since. Facts before `position` and `keepSince` (epoch ms) may be dropped.
   */
  saveCheckpoint(
    shard: number,
    position: string,
    branches: ReadonlyMap<string, Uint8Array>,
    keepSince: number,
  ): Promise<void>;
  loadCheckpoints(): Promise<Checkpoints>;
  close(): Promise<void>;
}

/** The facts of a chunk one by one. */
export function* loggedEvents(chunk: LogChunk): Iterable<LoggedEvent> {
  const { branch, source, receivedAt } = chunk;
  let version = chunk.firstVersion;
  for (const event of chunk.events) yield { branch, source, receivedAt, event, version: version++ };
}

/** Orders two positions of a shard: numbers separated by a dash. */
export function comparePositions(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split('-').map(Number);
  const [bMajor = 0, bMinor = 0] = b.split('-').map(Number);
  return aMajor - bMajor || aMinor - bMinor;
}
