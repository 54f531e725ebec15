/** The log on Redis Streams: one stream a shard, one script a batch. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Logger } from '../logger.ts';
import {
  type AppendRequest,
  comparePositions,
  type Checkpoints,
  type EventLog,
  type LogChunk,
  LogUnavailable,
} from './event-log.ts';
import { keys } from './keys.ts';
import { createOwnAppends, type OwnAppends } from './own-appends.ts';
import { openRedis, type RedisAddress, type RedisConnection } from './redis-connection.ts';
import { createStreamReader } from './redis-stream-reader.ts';
import { ALL_SHARDS, shardOf } from './shards.ts';

const DAY_MS = 86_400_000;
/** The set of a day is read during the next day too, and then some; seconds. */
const SEEN_LIFE_SECONDS = 3 * 86_400;
/** Nobody waits longer than this for the log to take a batch, ms. */
const APPEND_TIMEOUT_MS = 5_000;

const script = readFileSync(new URL('./lua/append-events-4.lua', import.meta.url), 'utf8');
const scriptSha = createHash('sha1').update(script).digest('hex');

/**
 * Opens the log; resolves when Redis answers. A sole writer, the only process that ever appends while it is open, hears
 * of its own facts by the reply to its append, without reading them back.
 */
export async function openRedisEventLog(
  address: RedisAddress,
  logger: Logger,
  { soleWriter = false }: { soleWriter?: boolean } = {},
): Promise<EventLog> {
  const writer = await openRedis(address, logger);
  const reader = await openRedis(address, logger);
  const own = soleWriter ? createOwnAppends() : null;

  return {
    append: (requests) => append(writer, requests, own),
    follow: (shards, from, signal) => createStreamReader(reader, logger, own).follow(shards, from, signal),
    read: (shards, from) => createStreamReader(writer, logger).read(shards, from),
    ends: () => createStreamReader(writer, logger).ends(),
    saveCheckpoint: (shard, position, branches, keepSince) =>
      saveCheckpoint(writer, shard, position, branches, keepSince),
    loadCheckpoints: () => loadCheckpoints(writer),
    async close() {
      await Promise.all([writer.close(), reader.close()]);
    },
  };
}

interface ShardCall {
  shard: number;
  source: string;
  receivedAt: number;
  /** Indexes of the requests, in the order of the arguments. */
  requests: number[];
  args: string[];
}

async function append(
  redis: RedisConnection,
  requests: readonly AppendRequest[],
  own: OwnAppends | null,
): Promise<boolean[][]> {
  const calls = groupByShard(requests);
  const answers: boolean[][] = requests.map(() => []);
  await Promise.all(
    calls.map(async (call) => {
      const fresh = await appendToShard(redis, call, requests, own);
      let next = 0;
      for (const index of call.requests) {
        const count = requests[index]?.events.length ?? 0;
        answers[index] = fresh.slice(next, next + count);
        next += count;
      }
    }),
  );
  return answers;
}

function groupByShard(requests: readonly AppendRequest[]): ShardCall[] {
  const calls = new Map<string, ShardCall>();
  requests.forEach(({ branch, source, receivedAt, events }, index) => {
    if (events.length === 0) return;
    const shard = shardOf(branch);
    const name = `${shard}\n${receivedAt}\n${source}`;
    let call = calls.get(name);
    if (call === undefined) {
      call = { shard, source, receivedAt, requests: [], args: [] };
      calls.set(name, call);
    }
    call.requests.push(index);
    call.args.push(branch, String(events.length));
    for (const event of events) call.args.push(event.id, JSON.stringify(event));
  });
  return [...calls.values()];
}

async function appendToShard(
  redis: RedisConnection,
  call: ShardCall,
  requests: readonly AppendRequest[],
  own: OwnAppends | null,
): Promise<boolean[]> {
  const { shard, source, receivedAt, args } = call;
  const day = Math.floor(receivedAt / DAY_MS);
  const tail = [
    '4',
    keys.seen(shard, day),
    keys.seen(shard, day - 1),
    keys.versions(shard),
    keys.events(shard),
    source,
    String(receivedAt),
    String(SEEN_LIFE_SECONDS),
    ...args,
  ];
  const taking = runScript(redis, tail).then(
    (reply) => {
      const taken = takenOf(reply);
      own?.took(chunksOf(call, requests, taken));
      return taken.fresh;
    },
    (error: unknown) => {
      own?.lost();
      throw error;
    },
  );
  return await withTimeout(taking, APPEND_TIMEOUT_MS);
}

/** What the script answers: which facts were new, and where those of each branch stand. */
interface Taken {
  fresh: boolean[];
  written: readonly (readonly [nth: number, position: string, firstVersion: number])[];
}

function takenOf(reply: unknown): Taken {
  if (!Array.isArray(reply)) throw new LogUnavailable('the log gave no answer that can be read');
  // The shape is that of our own script.
  const [answers, written] = reply as [number[], [number, string, number][]];
  return { fresh: answers.map((fresh) => fresh === 1), written };
}

function chunksOf(
  call: ShardCall,
  requests: readonly AppendRequest[],
  { fresh, written }: Taken,
): LogChunk[] {
  const { shard, receivedAt, source } = call;
  const firsts: number[] = [];
  let next = 0;
  for (const index of call.requests) {
    firsts.push(next);
    next += requests[index]?.events.length ?? 0;
  }
  return written.flatMap(([nth, position, firstVersion]) => {
    const request = requests[call.requests[nth - 1] ?? -1];
    const first = firsts[nth - 1] ?? 0;
    if (!request) return [];
    const events = request.events.filter((_, i) => fresh[first + i]);
    return [{ shard, position, branch: request.branch, source, receivedAt, firstVersion, events }];
  });
}

async function runScript(redis: RedisConnection, tail: string[]): Promise<unknown> {
  try {
    return await redis.send(['EVALSHA', scriptSha, ...tail]);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('NOSCRIPT')) throw error;
    return await redis.send(['EVAL', script, ...tail]);
  }
}

async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new LogUnavailable(`the log did not answer within ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function saveCheckpoint(
  redis: RedisConnection,
  shard: number,
  position: string,
  branches: ReadonlyMap<string, Uint8Array>,
  keepSince: number,
): Promise<void> {
  const states = [...branches].flatMap(([branch, state]) => [branch, Buffer.from(state)]);
  const since = `${keepSince}-0`;
  await redis.sendTogether([
    ...(states.length > 0 ? [['HSET', keys.savedBranches(shard), ...states]] : []),
    ['SET', keys.savedPosition(shard), position],
    ['XTRIM', keys.events(shard), 'MINID', '~', comparePositions(position, since) < 0 ? position : since],
  ]);
}

async function loadCheckpoints(redis: RedisConnection): Promise<Checkpoints> {
  const positions = new Map<number, string>();
  const branches = new Map<string, Uint8Array>();
  for (const shard of ALL_SHARDS) {
    const position = await redis.send(['GET', keys.savedPosition(shard)]);
    if (typeof position !== 'string') continue;
    positions.set(shard, position);
    const saved = await redis.sendBinary(['HGETALL', keys.savedBranches(shard)]);
    for (let i = 0; i + 1 < saved.length; i += 2) {
      const [branch, state] = [saved[i], saved[i + 1]];
      if (branch && state) branches.set(branch.toString(), state);
    }
  }
  return { positions, branches };
}
