/** The whole server on a free port, with real HTTP, for tests that reach it as the world does. */
import { pino } from 'pino';
import type { BranchProfile, NetworkFile } from '#shared/network.ts';
import { type App, createApp } from '#server/app.ts';
import type { AppParts } from '#server/app-parts.ts';
import { type Accounts, noAccounts } from '#server/auth/accounts.ts';
import { systemClock } from '#server/clock.ts';
import type { IngestAnswer } from '#server/ingest.ts';
import type { EventLog } from '#server/log/event-log.ts';
import { openRedisEventLog } from '#server/log/redis-event-log.ts';
import { createForesight } from '#server/planner/foresight.ts';
import { type ConfiguredNetwork, createNetwork, type Network, newSourceKey } from '#server/network.ts';
import type { NetworkSettings } from '#server/network-settings.ts';
import { type StaffingStore, staffingInMemory } from '#server/staffing-store.ts';
import { localHistory } from './local-history.ts';

const silent = pino({ level: 'silent' });

/** Keys of sources: of the hall, of one more branch the network lacks, of everything. */
export const KEYS = {
  hall: newSourceKey('machine', ['hall']),
  region: newSourceKey('collector', ['hall', 'hotline', 'unbuilt']),
  all: newSourceKey('head office', ['*']),
};

export const openTestLog = (socketPath: string): Promise<EventLog> =>
  openRedisEventLog({ socketPath }, silent);

export interface RunningApp {
  app: App;
  /** `http://127.0.0.1:<port>` */
  address: string;
  /** Posts items as JSON, or a text or bytes as they are. */
  post(body: unknown, options?: { key?: string | null; headers?: Record<string, string> }): Promise<Response>;
  /** Posts items that must be taken; the answer. */
  tell(items: readonly object[]): Promise<IngestAnswer>;
  /** The JSON at a path. */
  get(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the server on a log; without `accountsFor` everybody sees everything. */
export async function runApp(
  log: EventLog,
  branches: BranchProfile[],
  accountsFor: (network: Network) => Promise<Accounts> = () => Promise.resolve(noAccounts()),
  staffing: StaffingStore = staffingInMemory(),
  more: Partial<Pick<AppParts, 'clock' | 'ticks' | 'privateWebhooks'>> = {},
): Promise<RunningApp> {
  const content = { branches, sourceKeys: Object.values(KEYS).map(({ entry }) => entry) };
  const network = createNetwork(content);
  const settings = settingsInMemory(network, { ...content, definitions: [], calendar: [] });
  const { clock = systemClock } = more;
  const history = await localHistory(log, network, clock);
  const foresight = createForesight(branches, history.reader);
  const accounts = await accountsFor(network);
  const parts = {
    log,
    history,
    foresight,
    network,
    settings,
    accounts,
    staffing,
    logger: silent,
    ...more,
    clock,
  };
  const app = createApp({ ...parts, host: '127.0.0.1', port: 0, proxies: 0, publicOrigin: undefined });
  const address = `http://127.0.0.1:${new URL(await app.start()).port}`;

  const post: RunningApp['post'] = (body, { key = KEYS.all.key, headers = {} } = {}) =>
    fetch(`${address}/api/v1/events`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
        ...headers,
      },
      body:
        body instanceof Uint8Array
          ? Buffer.from(body)
          : typeof body === 'string'
            ? body
            : JSON.stringify(body),
    });

  return {
    app,
    address,
    post,
    async tell(items) {
      const response = await post(items);
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      const answer = (await response.json()) as IngestAnswer;
      if (answer.rejected.length > 0) throw new Error(JSON.stringify(answer.rejected));
      return answer;
    },
    get: async (path) => (await fetch(`${address}${path}`)).json() as Promise<unknown>,
    stop: () => app.stop(),
  };
}

/** Settings of a network that are forgotten with the process. */
function settingsInMemory(network: ConfiguredNetwork, first: NetworkFile): NetworkSettings {
  let own = first;
  return {
    get: () => own,
    put(file) {
      own = file;
      return network.replace(file);
    },
  };
}
