import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyFile, openHistory } from '#server/history/open.ts';
import { newBranch } from '#server/domain/live-branch.ts';
import { hallNow } from '#server/domain/prediction/hall-now.ts';
import { completeProfiles } from '#server/network.ts';
import { createThreadedForesight } from '#server/planner/threaded-foresight.ts';
import { loadBranches } from '#server/cli/bench/load.ts';

const NOON = Date.UTC(2026, 2, 3, 12);
const profiles = completeProfiles(loadBranches(2));
const halls = profiles.map((profile) => hallNow(newBranch(profile), profile, NOON, NOON));

/** Threads start slowly on a busy machine, ms. */
const PATIENCE_MS = 60_000;

describe('foresight in a thread of its own', { timeout: PATIENCE_MS }, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-foresight-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('foretells every queue of every branch, and ends', async () => {
    const file = historyFile(folder);
    await (await openHistory({ file })).close();
    const foresight = createThreadedForesight({
      profiles,
      database: { file },
      warningsFile: join(folder, 'warnings.json'),
    });
    const told = await foresight.predict({ halls, projectedTo: NOON });
    expect(told.map((each) => each.queues.length)).toEqual([5, 5]);
    expect(told[0]?.queues[0]).toMatchObject({
      branch: 'bench-0',
      queue: 'q0',
      breachProbability: 0,
      madeAt: NOON,
    });
    await foresight.close();
  });

  it('foretells by what today tells while history is away', async () => {
    const database = { file: join(folder, 'missing', 'history.sqlite') };
    const foresight = createThreadedForesight({
      profiles,
      database,
      warningsFile: join(folder, 'warnings.json'),
    });
    const told = await foresight.predict({ halls, projectedTo: NOON });
    expect(told.map((each) => each.queues.length)).toEqual([5, 5]);
    await foresight.close();
  });

  it('says what cannot be, by its kind', async () => {
    const file = historyFile(folder);
    await (await openHistory({ file })).close();
    const foresight = createThreadedForesight({
      profiles,
      database: { file },
      warningsFile: join(folder, 'warnings.json'),
    });
    const asked = { branch: 'nowhere', queues: [], ahead: 0, of: 'day', openNow: 0 } as const;
    await expect(foresight.requirements({ ...asked, at: NOON, projectedTo: NOON })).rejects.toThrow(
      RangeError,
    );
    await foresight.close();
  });
});
