import { deserialize, serialize } from 'node:v8';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCheckpointWriter, restoreCheckpoints } from '#server/checkpoints.ts';
import { manualClock } from '#server/clock.ts';
import { createLiveBranches, type LiveBranches } from '#server/live-branches.ts';
import { createMemoryEventLog } from '#server/log/memory-event-log.ts';
import { shardOf } from '#server/log/shards.ts';
import { createNetwork } from '#server/network.ts';
import { clock, hall } from '#test/support/profiles.ts';

const SHARD = shardOf('hall');
const LONG_MS = 60_000;
let log: ReturnType<typeof createMemoryEventLog>;

const partsFor = (branches: LiveBranches) => {
  const time = manualClock(clock('10:00'));
  return {
    time,
    checkpoints: createCheckpointWriter({ log, branches, clock: time, logger: pino({ level: 'silent' }) }),
  };
};
const branchesOf = () => createLiveBranches(createNetwork({ branches: [hall()], sourceKeys: [] }));
const liveOf = (branches: LiveBranches) => branches.get('hall')?.live;

beforeEach(() => {
  log = createMemoryEventLog();
});

/** Saves the hall at version 7. */
async function save(): Promise<void> {
  const branches = branchesOf();
  const live = liveOf(branches);
  if (live) live.version = 7;
  const { checkpoints } = partsFor(branches);
  checkpoints.folded(SHARD, '3', 'hall', 1);
  await checkpoints.save(true);
}

describe('checkpoints', () => {
  it('[LV5] put a saved branch in place and say where reading goes on', async () => {
    await save();
    const branches = branchesOf();
    expect(await restoreCheckpoints(log, branches)).toEqual(new Map([[SHARD, '3']]));
    expect(liveOf(branches)?.version).toBe(7);
  });

  it('of another format are left alone: the log is folded from its beginning', async () => {
    await save();
    const bytes = (await log.loadCheckpoints()).branches.get('hall') ?? new Uint8Array();
    const saved = deserialize(bytes) as { format: number; live: unknown };
    await log.saveCheckpoint(
      SHARD,
      '3',
      new Map([['hall', serialize({ ...saved, format: saved.format - 1 })]]),
      0,
    );
    const branches = branchesOf();
    expect(await restoreCheckpoints(log, branches)).toEqual(new Map());
    expect(liveOf(branches)?.version).toBe(0);
  });

  it('are saved early when much was folded, so that a start has little to fold', async () => {
    const { checkpoints } = partsFor(branchesOf());
    checkpoints.folded(SHARD, '3', 'hall', 4_000);
    await checkpoints.save();
    expect((await log.loadCheckpoints()).positions.size).toBe(0);
    checkpoints.folded(SHARD, '4', 'hall', 4_000);
    await checkpoints.save();
    expect((await log.loadCheckpoints()).positions.get(SHARD)).toBe('4');
  });

  it('that could not be saved are saved when the log is back', async () => {
    const { checkpoints, time } = partsFor(branchesOf());
    log.setAvailable(false);
    checkpoints.folded(SHARD, '3', 'hall', 1);
    time.advanceTo(time.now() + LONG_MS);
    await checkpoints.save();
    log.setAvailable(true);
    await checkpoints.save();
    expect((await log.loadCheckpoints()).positions.get(SHARD)).toBe('3');
  });
});
