/** Follows the streams of all shards from given positions. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logger.ts';
import { comparePositions, type LogChunk, type Positions } from './event-log.ts';
import { keys } from './keys.ts';
import type { OwnAppends, OwnReading } from './own-appends.ts';
import type { RedisConnection } from './redis-connection.ts';
import { ALL_SHARDS } from './shards.ts';

/** A read waits this long for news; its end without any is a sign of life, ms. */
const BLOCK_MS = 1_000;
const RETRY_MS = 200;
/** Entries a single read takes from each stream. */
const READ_COUNT = 512;
/** Entries a followed read may take from each stream, adapted so that a reply stays near a size. */
const COUNT = { least: 4, most: 2_048 };
const REPLY_CHARS = { small: 256 * 1_024, large: 4 * 1_024 * 1_024 };

/** `[position, [field, value, …]]`, as our own script writes it. */
type Entry = [string, string[]];

const shardByKey = new Map(ALL_SHARDS.map((shard) => [keys.events(shard), shard]));

export interface StreamReader {
  follow(shards: readonly number[], from: Positions, signal: AbortSignal): AsyncIterable<LogChunk[]>;
  read(shards: readonly number[], from: Positions): Promise<LogChunk[]>;
  ends(): Promise<Positions>;
}

/**
 * A reader on a connection of its own: reads block it. With `own`, nobody but this process writes: what it appended
 * itself is not read back.
 */
export function createStreamReader(
  redis: RedisConnection,
  logger: Logger,
  own: OwnAppends | null = null,
): StreamReader {
  return {
    async *follow(shards, from, signal) {
      const positions = new Map(from);
      const reading = own?.listen() ?? null;
      const next = reading
        ? ownNews(redis, shards, positions, reading, signal)
        : awaitedNews(redis, shards, positions, signal);
      signal.addEventListener('abort', () => reading?.close(), { once: true });
      let away = false;
      try {
        while (!signal.aborted) {
          try {
            const chunks = await next();
            if (away) logger.info('the log answers again');
            away = false;
            yield chunks;
          } catch (error) {
            if (signal.aborted) return;
            if (!away) logger.warn({ err: error }, 'the log cannot be read');
            away = true;
            await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
          }
        }
      } finally {
        reading?.close();
      }
    },
    async read(shards, from) {
      if (shards.length === 0) return [];
      const chunks = await readStreams(redis, shards, new Map(from), ['COUNT', String(READ_COUNT)]);
      return chunks.map(({ chunk }) => chunk);
    },
    async ends() {
      const ends = new Map<number, string>();
      for (const shard of ALL_SHARDS) {
        const last = await redis.send(['XREVRANGE', keys.events(shard), '+', '-', 'COUNT', '1']);
        const [entry] = listOf<Entry>(last);
        if (entry) ends.set(shard, entry[0]);
      }
      return ends;
    },
  };
}

// A blocked read cannot be called back; nobody waits for it once it is not wanted.
async function untilAborted<T>(reading: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => {
    reject(new Error('no longer wanted'));
  };
  signal.addEventListener('abort', abort);
  reading.catch(() => undefined);
  try {
    return await Promise.race([reading, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

interface Sized {
  chunk: LogChunk;
  chars: number;
}

/** Gives what comes next, an empty list when nothing came for a while; moves its positions on. */
type News = () => Promise<LogChunk[]>;

function awaitedNews(
  redis: RedisConnection,
  shards: readonly number[],
  positions: Map<number, string>,
  signal: AbortSignal,
): News {
  let count = COUNT.least;
  return async () => {
    if (shards.length === 0) {
      // There is no reading of no streams; whoever asks still wants to know that Redis lives.
      await sleep(BLOCK_MS);
      await redis.send(['PING']);
      return [];
    }
    const options = ['COUNT', String(count), 'BLOCK', String(BLOCK_MS)];
    const chunks = await untilAborted(readStreams(redis, shards, positions, options), signal);
    count = nextCount(count, chunks);
    return chunks.map(({ chunk }) => chunk);
  };
}

// What this process appended it has; the log is read when some of that may be missing, and when all has been still.
function ownNews(
  redis: RedisConnection,
  shards: readonly number[],
  positions: Map<number, string>,
  reading: OwnReading,
  signal: AbortSignal,
): News {
  const wanted = new Set(shards);
  const isNew = ({ shard, position }: LogChunk): boolean =>
    wanted.has(shard) && comparePositions(position, positions.get(shard) ?? '0') > 0;
  const readOn = async (): Promise<readonly Sized[]> => {
    if (shards.length > 0) return readStreams(redis, shards, positions, ['COUNT', String(READ_COUNT)]);
    await redis.send(['PING']);
    return [];
  };
  return async () => {
    await reading.news(BLOCK_MS);
    if (signal.aborted) return [];
    const taken = reading.take();
    if (taken !== null && taken.length > 0) {
      const fresh = taken.filter(isNew);
      for (const { shard, position } of fresh) positions.set(shard, position);
      return fresh;
    }
    try {
      const read = await untilAborted(readOn(), signal);
      // A read gives some of what there is: the end is reached when there is none.
      if (read.length > 0) reading.miss();
      return read.map(({ chunk }) => chunk);
    } catch (error) {
      reading.miss();
      throw error;
    }
  };
}

async function readStreams(
  redis: RedisConnection,
  shards: readonly number[],
  positions: Map<number, string>,
  options: readonly string[],
): Promise<Sized[]> {
  const reply = await redis.send([
    ...['XREAD', ...options, 'STREAMS'],
    ...shards.map(keys.events),
    ...shards.map((shard) => positions.get(shard) ?? '0'),
  ]);
  const chunks: Sized[] = [];
  for (const [key, entries] of listOf<[string, Entry[]]>(reply)) {
    const shard = shardByKey.get(key);
    if (shard === undefined) continue;
    for (const [position, fields] of entries) {
      positions.set(shard, position);
      chunks.push(toChunk(shard, position, fields));
    }
  }
  return chunks;
}

// The shape of Redis's replies is its protocol's; checking each of ten thousand entries a second would cost more than folding.
const listOf = <Item>(reply: unknown): Item[] => (Array.isArray(reply) ? (reply as Item[]) : []);

// Written by our own script, so the fields are known by their places and only the events need reading.
function toChunk(shard: number, position: string, fields: string[]): Sized {
  const [, branch = '', , source = '', , receivedAt, , firstVersion, , events = '[]'] = fields;
  const chunk: LogChunk = {
    shard,
    position,
    branch,
    source,
    receivedAt: Number(receivedAt),
    firstVersion: Number(firstVersion),
    events: JSON.parse(events) as LogChunk['events'],
  };
  return { chunk, chars: events.length };
}

function nextCount(count: number, chunks: readonly Sized[]): number {
  const chars = chunks.reduce((sum, each) => sum + each.chars, 0);
  if (chars > REPLY_CHARS.large) return Math.max(COUNT.least, count >> 1);
  const full = chunks.length >= count;
  return full && chars < REPLY_CHARS.small ? Math.min(COUNT.most, count * 2) : count;
}
