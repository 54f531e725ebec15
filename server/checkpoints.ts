/** Saves folded branches beside the log from time to time, so that a start need not fold everything again. */
import { deserialize, serialize } from 'node:v8';
import type { Clock } from './clock.ts';
import type { LiveBranch } from './domain/live-branch.ts';
import type { LiveBranches } from './live-branches.ts';
import type { EventLog, Positions } from './log/event-log.ts';
import type { Logger } from './logger.ts';

/** Rises when the shape of a saved branch changes; others are then folded from the log again. */
const FORMAT = 2;
/** A shard that keeps changing is saved this often, ms: what was folded since is folded again after a crash. */
const SAVE_EVERY_MS = 30_000;
/** Facts stay in the log at least this long, ms. */
const KEEP_MS = 24 * 3_600_000;

interface Saved {
  format: number;
  live: LiveBranch;
}

export interface Checkpoints {
  /** Restores what was saved; where reading the log must go on. */
  restore(): Promise<Positions>;
  /** Notes that a branch of a shard changed and how far the shard is folded. */
  folded(shard: number, position: string, branch: string): void;
  /** Saves the shard that has waited longest, if it has waited long enough. */
  saveNext(): Promise<void>;
  /** Saves everything that changed. */
  saveAll(): Promise<void>;
}

/** Checkpoints of these branches in this log. */
export function createCheckpoints(parts: {
  log: EventLog;
  branches: LiveBranches;
  clock: Clock;
  logger: Logger;
}): Checkpoints {
  const { log, branches, clock, logger } = parts;
  /** Shards with unsaved branches, the longest unsaved first. */
  const unsaved = new Map<number, { position: string; branches: Set<string>; since: number }>();

  const save = async (shard: number): Promise<void> => {
    const changed = unsaved.get(shard);
    if (!changed) return;
    unsaved.delete(shard);
    const states = new Map<string, Uint8Array>();
    for (const id of changed.branches) {
      const live = branches.get(id)?.live;
      if (live) states.set(id, serialize({ format: FORMAT, live } satisfies Saved));
    }
    try {
      await log.saveCheckpoint(shard, changed.position, states, clock.now() - KEEP_MS);
    } catch (error) {
      const newer = unsaved.get(shard) ?? { ...changed, branches: new Set() };
      for (const id of changed.branches) newer.branches.add(id);
      unsaved.set(shard, newer);
      logger.warn({ err: error }, 'a checkpoint could not be saved');
    }
  };

  return {
    async restore() {
      const saved = await log.loadCheckpoints();
      for (const [id, bytes] of saved.branches) {
        const { format, live } = deserialize(bytes) as Saved;
        if (format !== FORMAT) return new Map();
        branches.restore(id, live);
      }
      return saved.positions;
    },
    folded(shard, position, branch) {
      const changed = unsaved.get(shard);
      if (changed) {
        changed.position = position;
        changed.branches.add(branch);
      } else {
        unsaved.set(shard, { position, branches: new Set([branch]), since: clock.monotonic() });
      }
    },
    async saveNext() {
      for (const [shard, { since }] of unsaved) {
        if (clock.monotonic() - since >= SAVE_EVERY_MS) await save(shard);
        return;
      }
    },
    async saveAll() {
      for (const shard of [...unsaved.keys()]) await save(shard);
    },
  };
}
