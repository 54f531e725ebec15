/** History in the test's own thread, in a folder that goes with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Clock, systemClock } from '#server/clock.ts';
import type { History } from '#server/history/history.ts';
import { historyFile, openHistory } from '#server/history/open.ts';
import { createProjector } from '#server/history/projector.ts';
import { createLiveBranches } from '#server/live-branches.ts';
import type { HistoryStore } from '#server/history/store.ts';
import type { EventLog } from '#server/log/event-log.ts';
import { ALL_SHARDS } from '#server/log/shards.ts';
import type { Network } from '#server/network.ts';

/** An empty store; closing it removes it. */
export async function emptyHistory(): Promise<HistoryStore> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-history-'));
  const store = await openHistory({ file: historyFile(folder) });
  return {
    ...store,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A history that follows this log. */
export async function localHistory(
  log: EventLog,
  network: Network,
  clock: Clock = systemClock,
): Promise<History> {
  const store = await emptyHistory();
  let projectedTo = 0;
  const projector = createProjector({
    log,
    shards: ALL_SHARDS,
    branches: () => createLiveBranches(network),
    store,
    clock,
    logger: pino({ level: 'silent' }),
    caughtUp: (at) => (projectedTo = at),
  });
  return {
    reader: store,
    start() {
      void projector.run();
      return Promise.resolve();
    },
    // It shares the network with whoever changes it.
    know: () => Promise.resolve(),
    projectedTo: () => projectedTo,
    settled: projector.settled,
    async stop() {
      await projector.stop();
      await store.close();
    },
  };
}
