/** Connects the parts it is given; makes none that touch the outside but its own port. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { toSnapshot } from '#shared/delta.ts';
import type { WatchRequest } from '#shared/protocol.ts';
import { decodeView } from '#shared/view-codec.ts';
import { authorize, type Principal } from './auth/authorize.ts';
import { createCheckpoints } from './checkpoints.ts';
import type { Clock } from './clock.ts';
import { originRule } from './http/allowed-origin.ts';
import { createExpressApp } from './http/express-app.ts';
import { healthRoutes } from './http/health-routes.ts';
import { ingestRoute } from './http/ingest-route.ts';
import { type LiveReader, readRoutes } from './http/read-routes.ts';
import { webApp } from './http/web-app.ts';
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

export interface AppParts {
  log: EventLog;
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
const THIS_CONSOLE: Principal = { kind: 'console' };

/** Muster in one process. */
export function createApp(parts: AppParts): App {
  const { log, network, clock, logger, host, port, publicOrigin } = parts;
  const branches = createLiveBranches(network);
  const ingest = createIngest({ log, network, clock });
  const checkpoints = createCheckpoints({ log, branches, clock, logger });
  const pipeline = createPipeline({
    log,
    shards: network.isOpen ? ALL_SHARDS : shardsOf(network.branches().map(({ id }) => id)),
    branches,
    checkpoints,
    clock,
    logger,
    touch: (branch) => {
      publisher.touch(branch);
    },
  });

  const maySee = (request: WatchRequest): boolean =>
    request.view === 'row' || authorize(THIS_CONSOLE, 'see', request.branch);
  const origin = originRule(publicOrigin, () => (server.address() as AddressInfo | null)?.port ?? port);
  const metrics = createMetrics({
    logAgeMs: pipeline.logAgeMs,
    folded: pipeline.folded,
    sockets: () => gateway.connected(),
  });
  const server = createServer(
    createExpressApp({
      origin,
      logger,
      open: [
        healthRoutes({ logAgeMs: pipeline.logAgeMs, metrics: metrics.registry }),
        ingestRoute({
          ingest,
          sourceOf: (key) => {
            const found = network.sourceKey(key);
            return found && { kind: 'source', source: found.source, branches: found.branches };
          },
          onAnswer: metrics.countAnswer,
        }),
      ],
      console: [readRoutes(liveReader(branches, network, clock, maySee)), webApp()],
    }),
  );
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
      ticking = setInterval(() => {
        publisher.tick();
      }, TICK_MS);
      const address = server.address() as AddressInfo;
      const name = host === '127.0.0.1' || host === '::1' ? 'localhost' : host;
      return publicOrigin ?? `http://${name}:${address.port}`;
    },
    async stop() {
      clearInterval(ticking);
      await gateway.close();
      await pipeline.stop();
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
