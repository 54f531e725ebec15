/** Connects the parts it is given; makes none that touch the outside but its own port. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { toSnapshot } from '#shared/delta.ts';
import type { WatchRequest } from '#shared/protocol.ts';
import { decodeView } from '#shared/view-codec.ts';
import { authorize, type Principal } from './auth/authorize.ts';
import type { Clock } from './clock.ts';
import { originRule } from './http/allowed-origin.ts';
import { createExpressApp } from './http/express-app.ts';
import { healthRoutes } from './http/health-routes.ts';
import { historyRoutes } from './http/history-routes.ts';
import { createIngestEndpoint } from './http/ingest-endpoint.ts';
import { type LiveReader, readRoutes } from './http/read-routes.ts';
import { webApp } from './http/web-app.ts';
import { createAgreementCheck } from './history/agreement.ts';
import type { History } from './history/history.ts';
import { createIngest, type Ingest } from './ingest.ts';
import { createLiveBranches, type LiveBranches } from './live-branches.ts';
import type { EventLog } from './log/event-log.ts';
import { ALL_SHARDS, shardsOf } from './log/shards.ts';
import type { Logger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import type { Network } from './network.ts';
import { createPipeline } from './pipeline.ts';
import { frameGapFor } from './publish/frame-gap.ts';
import { createPublisher, type Publisher, TICK_MS } from './publish/publisher.ts';
import { viewSourceOf } from './publish/view-source.ts';
import { createGateway } from './realtime/gateway.ts';
import { createReports } from './reports/reports.ts';

export interface AppParts {
  log: EventLog;
  history: History;
  network: Network;
  clock: Clock;
  logger: Logger;
  host: string;
  /** 0 takes any free port. */
  port: number;
  publicOrigin: string | undefined;
}

export interface App {
  ingest: Ingest;
  branches: LiveBranches;
  /** Resolves when everything that is in the log now is folded. */
  settled(): Promise<void>;
  /** Listens when live state has caught up with the log; the address to open. */
  start(): Promise<string>;
  stop(): Promise<void>;
}

const UTILISATION_EVERY_MS = 500;
const TELL_REFUSED_MS = 5_000;
/** One branch is compared with its history this often, ms. */
const CHECK_HISTORY_MS = 30_000;
const THIS_CONSOLE: Principal = { kind: 'console' };

/** Muster in one process. */
export function createApp(parts: AppParts): App {
  const { log, history, network, clock, logger, host, port, publicOrigin } = parts;
  const branches = createLiveBranches(network);
  const ingest = createIngest({ log, network, clock });
  const pipeline = createPipeline({
    log,
    shards: network.isOpen ? ALL_SHARDS : shardsOf(network.branches().map(({ id }) => id)),
    branches,
    clock,
    logger,
    touch: (branch) => {
      publisher.touch(branch);
    },
  });

  const mayConsoleSee = (branch: string): boolean => authorize(THIS_CONSOLE, 'see', branch);
  const maySee = (request: WatchRequest): boolean => request.view === 'row' || mayConsoleSee(request.branch);
  const origin = originRule(publicOrigin, () => (server.address() as AddressInfo | null)?.port ?? port);
  const agreement = createAgreementCheck({ branches, history, logger });
  const metrics = createMetrics({
    logAgeMs: pipeline.logAgeMs,
    folded: pipeline.folded,
    sockets: () => gateway.connected(),
    historyChecks: () => agreement.counts(),
    historyAgeMs: () => clock.now() - history.projectedTo(),
  });
  const takeEvents = createIngestEndpoint({
    ingest,
    sourceOf: (key) => {
      const found = network.sourceKey(key);
      return found && { kind: 'source', source: found.source, branches: found.branches };
    },
    onAnswer: metrics.countAnswer,
    logger,
  });
  const reports = createReports({
    history: history.reader,
    branches,
    // What goes on in a branch is counted when its own time passes a quarter-hour.
    projectedTo: (id) => Math.min(history.projectedTo(), branches.get(id)?.live.state.now || Infinity),
    now: clock.now,
  });
  const routes = createExpressApp({
    origin,
    logger,
    open: [healthRoutes({ logAgeMs: pipeline.logAgeMs, metrics: metrics.registry })],
    console: [
      readRoutes(liveReader(branches, network, clock, maySee)),
      historyRoutes({ reports, branches: network.branches, maySee: mayConsoleSee }),
      webApp(),
    ],
  });
  const server = createServer((request, response) => {
    if (!takeEvents(request, response)) routes(request, response);
  });
  const gateway = createGateway({
    http: server,
    isAllowed: origin.allowsSocket,
    publisher: () => publisher,
    maySee,
  });
  const utilisation = watchUtilisation();
  const publisher: Publisher = createPublisher({
    branches,
    clock,
    sink: gateway,
    epoch: randomBytes(6).toString('base64url'),
    frameGapMs: () => frameGapFor(utilisation()),
    logAgeMs: pipeline.logAgeMs,
    after: (ms, run) => {
      if (ms < 1) setImmediate(run);
      else setTimeout(run, ms);
    },
  });
  let ticking: NodeJS.Timeout | undefined;
  let telling: NodeJS.Timeout | undefined;
  let checking: NodeJS.Timeout | undefined;
  const tellRefused = (): Promise<void> =>
    ingest.tellRefused().catch((error: unknown) => {
      logger.warn({ err: error }, 'what was refused could not be counted');
    });

  return {
    ingest,
    branches,
    settled: pipeline.settled,
    async start() {
      await pipeline.start();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      });
      await history.start();
      ticking = setInterval(() => {
        publisher.tick();
      }, TICK_MS);
      checking = setInterval(() => {
        agreement.checkNext().catch((error: unknown) => {
          logger.warn({ err: error }, 'history could not be compared');
        });
      }, CHECK_HISTORY_MS);
      telling = setInterval(() => void tellRefused(), TELL_REFUSED_MS);
      const address = server.address() as AddressInfo;
      const name = host === '127.0.0.1' || host === '::1' ? 'localhost' : host;
      return publicOrigin ?? `http://${name}:${address.port}`;
    },
    async stop() {
      clearInterval(ticking);
      clearInterval(telling);
      clearInterval(checking);
      await gateway.close();
      await tellRefused();
      await pipeline.stop();
      await history.stop();
      await log.close();
    },
  };
}

function liveReader(
  branches: LiveBranches,
  network: Network,
  clock: Clock,
  maySee: (request: WatchRequest) => boolean,
): LiveReader {
  return {
    branches: () =>
      network.branches().map(({ id, name, region, channel }) => ({
        id,
        nameZh: name.zh,
        nameEn: name.en,
        regionZh: region.name.zh,
        regionEn: region.name.en,
        channel,
      })),
    view(request) {
      const source = maySee(request) ? viewSourceOf(branches, request) : undefined;
      return source && decodeView(request.view, toSnapshot(source.project(null, new Set(), clock.now())));
    },
  };
}

// How busy the event loop was lately, 0–1; looked up when asked, so that an idle process is not woken for it.
function watchUtilisation(): () => number {
  let last = performance.eventLoopUtilization();
  let lookedUpAt = performance.now();
  let ratio = 0;
  return () => {
    if (performance.now() - lookedUpAt >= UTILISATION_EVERY_MS) {
      const now = performance.eventLoopUtilization();
      ratio = performance.eventLoopUtilization(now, last).utilization;
      last = now;
      lookedUpAt = performance.now();
    }
    return ratio;
  };
}
