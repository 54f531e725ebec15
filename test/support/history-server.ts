/** The routes of history on a free port, over a history of its own that a test fills. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { BranchProfile } from '#shared/network.ts';
import { originRule } from '#server/http/allowed-origin.ts';
import { createExpressApp } from '#server/http/express-app.ts';
import { historyRoutes } from '#server/http/history-routes.ts';
import { historyFile, openHistory, openHistoryReader } from '#server/history/open.ts';
import type { HistoryReader, HistoryStore, Projection } from '#server/history/store.ts';
import { createLiveBranches, type LiveBranches } from '#server/live-branches.ts';
import { createNetwork } from '#server/network.ts';
import { createReports } from '#server/reports/reports.ts';

export interface HistoryServer {
  address: string;
  branches: LiveBranches;
  /** Puts rows into history. */
  fill(rows: Partial<Omit<Projection, 'shards' | 'ratings'>>): Promise<void>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The JSON at a path that must answer. */
  json(path: string): Promise<unknown>;
  /** Rows are complete until then, epoch ms. */
  projectedTo: number;
  /** The clock, epoch ms. */
  now: number;
  /** Branches the caller may not see. */
  hidden: Set<string>;
  close(): Promise<void>;
}

/** Starts it; reports read from `reader` when one is given. */
export async function startHistoryServer(
  profiles: BranchProfile[],
  reader?: HistoryReader,
): Promise<HistoryServer> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-history-'));
  const file = historyFile(folder);
  const store: HistoryStore = await openHistory({ file });
  const history = reader ?? (await openHistoryReader({ file }));
  const network = createNetwork({ branches: profiles, sourceKeys: [] });
  const branches = createLiveBranches(network);
  const started = { projectedTo: Infinity, now: Date.now(), hidden: new Set<string>() };
  const reports = createReports({
    history,
    branches,
    projectedTo: () => started.projectedTo,
    now: () => started.now,
  });
  const server: Server = createServer(
    createExpressApp({
      origin: originRule(undefined, () => (server.address() as AddressInfo).port),
      logger: pino({ level: 'silent' }),
      gate: (_request, _response, next) => next(),
      open: [],
      console: [
        historyRoutes({
          reports,
          branches: () => network.branches(),
          maySee: (branch) => !started.hidden.has(branch),
        }),
      ],
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get: HistoryServer['get'] = (path, headers = {}) => fetch(`${address}${path}`, { headers });
  let files = 0;
  return Object.assign(started, {
    address,
    branches,
    async fill(rows: Partial<Omit<Projection, 'shards' | 'ratings'>>) {
      const none = { queues: [], agents: [], counters: [], visits: [], sources: [] };
      await store.importRows({ sha256: `file ${++files}`, name: 'test' }, [{ ...none, ...rows }]);
    },
    get,
    async json(path: string) {
      const response = await get(path);
      const body: unknown = await response.json();
      if (response.status !== 200) throw new Error(JSON.stringify(body));
      return body;
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await reports.close();
      await history.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}
