/** Folded branches saved beside the log from time to time, so that a start need not fold everything again. */
import { deserialize, serialize } from 'node:v8';
import type { Clock } from './clock.ts';
import type { LiveBranch } from './domain/live-branch.ts';
import type { LiveBranches } from './live-branches.ts';
import type { EventLog, Positions } from './log/event-log.ts';
import type { Logger } from './logger.ts';

/** Rises when the shape of a saved branch changes; others are then folded from the log again. */
const FORMAT = 9;
/** A shard that keeps changing is saved this often, ms: what was folded since is folded again after a crash. */
const SAVE_EVERY_MS = 30_000;
/** And after this many facts, of which a start should not have to fold many more. */
const SAVE_EVERY_FACTS = 5_000;
/** Facts stay in the log at least this long, ms. */
const KEEP_MS = 24 * 3_600_000;

interface Saved {
  format: number;
  live: LiveBranch;
}

/** Puts saved branches in place of empty ones; where reading the log must go on. */
export async function restoreCheckpoints(log: EventLog, branches: LiveBranches): Promise<Positions> {
  const saved = await log.loadCheckpoints();
  const states = [...saved.branches].map(([id, bytes]) => ({ id, saved: deserialize(bytes) as Saved }));
  if (states.some((state) => state.saved.format !== FORMAT)) return new Map();
  for (const { id, saved: state } of states) branches.restore(id, state.live);
  return saved.positions;
}

export interface CheckpointWriter {
  /** Notes that a branch of a shard changed by some facts and how far the shard is folded. */
  folded(shard: number, position: string, branch: string, facts: number): void;
  /** Saves the shards that have waited long enough; with `all`, everything that changed. */
  save(all?: boolean): Promise<void>;
}

/** Writes checkpoints of these branches beside this log; facts older than a day that all are past may go. */
export function createCheckpointWriter(parts: {
  log: EventLog;
  branches: LiveBranches;
  clock: Clock;
  logger: Logger;
}): CheckpointWriter {
  const { log, branches, clock, logger } = parts;
  const unsaved = new Map<
    number,
    { position: string; branches: Set<string>; since: number; facts: number }
  >();

  const saveShard = async (shard: number, changed: { position: string; branches: Set<string> }) => {
    const states = new Map<string, Uint8Array>();
    for (const id of changed.branches) {
      const live = branches.get(id)?.live;
      if (live) states.set(id, serialize({ format: FORMAT, live } satisfies Saved));
    }
    await log.saveCheckpoint(shard, changed.position, states, clock.now() - KEEP_MS);
    unsaved.delete(shard);
  };

  return {
    folded(shard, position, branch, facts) {
      const changed = unsaved.get(shard);
      if (changed) {
        changed.position = position;
        changed.branches.add(branch);
        changed.facts += facts;
      } else {
        unsaved.set(shard, { position, branches: new Set([branch]), since: clock.monotonic(), facts });
      }
    },
    async save(all = false) {
      for (const [shard, changed] of [...unsaved]) {
        const isDue = clock.monotonic() - changed.since >= SAVE_EVERY_MS || changed.facts >= SAVE_EVERY_FACTS;
        if (!all && !isDue) continue;
        try {
          await saveShard(shard, changed);
        } catch (error) {
          logger.warn({ err: error }, 'a checkpoint could not be saved');
          return;
        }
      }
    },
  };
}
