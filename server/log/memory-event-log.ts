/** The log kept in memory: for tests and simulations; it promises what the Redis log promises, but for the disk. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AppendRequest,
  type Checkpoints,
  type EventLog,
  type LogChunk,
  LogUnavailable,
  type Positions,
} from './event-log.ts';
import { shardOf } from './shards.ts';

/** Without news a follower is told that the log lives, this often, ms. */
const SIGN_OF_LIFE_MS = 1_000;

/** A log in memory. `setAvailable(false)` makes it behave like one whose server is away. */
export function createMemoryEventLog(): EventLog & { setAvailable(available: boolean): void } {
  const chunks: LogChunk[] = [];
  const versions = new Map<string, number>();
  const seen = new Set<string>();
  const saved = { positions: new Map<number, string>(), branches: new Map<string, Uint8Array>() };
  let available = true;
  let wake: () => void = () => undefined;
  let changed = new Promise<void>((resolve) => (wake = resolve));

  const announce = (): void => {
    wake();
    changed = new Promise<void>((resolve) => (wake = resolve));
  };
  const demand = (): void => {
    if (!available) throw new LogUnavailable('the log is away');
  };

  const appendOne = ({ branch, source, receivedAt, events }: AppendRequest): boolean[] => {
    const fresh = events.map((event) => {
      const key = JSON.stringify([branch, source, event.id]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    const kept = structuredClone(events.filter((_, i) => fresh[i]));
    if (kept.length > 0) {
      const firstVersion = (versions.get(branch) ?? 0) + 1;
      versions.set(branch, firstVersion + kept.length - 1);
      const position = String(chunks.length + 1);
      chunks.push({
        shard: shardOf(branch),
        position,
        branch,
        source,
        receivedAt,
        firstVersion,
        events: kept,
      });
    }
    return fresh;
  };

  return {
    setAvailable(next) {
      available = next;
      announce();
    },
    async append(requests) {
      await Promise.resolve();
      demand();
      const answers = requests.map(appendOne);
      announce();
      return answers;
    },
    async *follow(shards, from, signal) {
      let next = 0;
      while (!signal.aborted) {
        const news = changed;
        if (available) {
          const fresh = chunks
            .slice(next)
            .filter((chunk) => shards.includes(chunk.shard) && isAfter(chunk, from));
          next = chunks.length;
          yield structuredClone(fresh);
        }
        const timer = new AbortController();
        const rest = sleep(SIGN_OF_LIFE_MS, undefined, {
          signal: AbortSignal.any([signal, timer.signal]),
          ref: false,
        });
        await Promise.race([news, rest.catch(() => undefined)]);
        timer.abort();
      }
    },
    async read(shards, from) {
      await Promise.resolve();
      demand();
      return structuredClone(chunks.filter((chunk) => shards.includes(chunk.shard) && isAfter(chunk, from)));
    },
    async ends() {
      await Promise.resolve();
      return new Map(chunks.map(({ shard, position }) => [shard, position]));
    },
    async saveCheckpoint(shard, position, branches) {
      await Promise.resolve();
      demand();
      saved.positions.set(shard, position);
      for (const [branch, state] of branches) saved.branches.set(branch, state.slice());
    },
    async loadCheckpoints(): Promise<Checkpoints> {
      await Promise.resolve();
      return { positions: new Map(saved.positions), branches: new Map(saved.branches) };
    },
    close: () => Promise.resolve(),
  };
}

const isAfter = ({ shard, position }: LogChunk, from: Positions): boolean =>
  Number(position) > Number(from.get(shard) ?? 0);
