/** Connects the parts it is given; makes none that touch the outside but its own port. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAlerting } from './alerting.ts';
import type { AppParts } from './app-parts.ts';
import type { Act } from './auth/audit.ts';
import { configurationRoutes, followNetwork } from './configuration.ts';
import { createConsoleAccess } from './console-access.ts';
import type { LiveMove } from './domain/staffing/fold-moves.ts';
import { createFeedPace } from './feed-pace.ts';
import { originRule } from './http/allowed-origin.ts';
import { createExpressApp } from './http/express-app.ts';
import { feedRoutes } from './http/feed-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import { historyRoutes } from './http/history-routes.ts';
import { createIngestEndpoint } from './http/ingest-endpoint.ts';
import { ownHost } from './http/own-host.ts';
import { planningRoutes } from './http/planning-routes.ts';
import { readRoutes } from './http/read-routes.ts';
import { webApp } from './http/web-app.ts';
import { createAgreementCheck } from './history/agreement.ts';
import { createGuidance } from './guidance.ts';
import { createIngest, type Ingest } from './ingest.ts';
import { createLiveBranches, type LiveBranches } from './live-branches.ts';
import { liveReader } from './live-reader.ts';
import { watchUtilisation } from './loop-utilisation.ts';
import { ALL_SHARDS } from './log/shards.ts';
import { nounsInMemory } from './noun-store.ts';
import { createMetrics } from './metrics.ts';
import { createPipeline } from './pipeline.ts';
import { createPlanner } from './planner/planner.ts';
import { createPredictions } from './planner/predictions.ts';
import { createTwinPool } from './planner/twin-pool.ts';
import { frameGapFor } from './publish/frame-gap.ts';
import { createPublisher, type Publisher, TICK_MS } from './publish/publisher.ts';
import { createGateway } from './realtime/gateway.ts';
import { feedReport } from './reports/feed-report.ts';
import { createReports } from './reports/reports.ts';
import { createStatusDuty, STATUS_TICK_MS } from './status-duty.ts';
import { createWallWatch, LOOK_AT_WALLS_MS } from './wall-watch.ts';
import { staffingInMemory } from './staffing-store.ts';
import { createTicks } from './ticks.ts';

export interface App {
  ingest: Ingest;
  branches: LiveBranches;
  /** All suggestions, with where they are in their lives. */
  moves(): readonly LiveMove[];
  /** Resolves when everything that is in the log now is folded. */
  settled(): Promise<void>;
  /** Listens when live state has caught up with the log; the address to open. */
  start(): Promise<string>;
  stop(): Promise<void>;
}

const TELL_REFUSED_MS = 5_000;
/** A log that was not heard from for longer leaves alerts as they are, ms. */
const LOG_IS_CURRENT_MS = 5_000;
/** One branch is compared with its history this often, ms. */
const CHECK_HISTORY_MS = 30_000;

/** Muster in one process. */
export function createApp(parts: AppParts): App {
  const { log, history, network, clock, logger, foresight, host, port, publicOrigin, accounts } = parts;
  const { staffing = staffingInMemory(), nouns = nounsInMemory() } = parts;
  const branches = createLiveBranches(network);
  const ingest = createIngest({ log, network, clock });
  const touch = (branch: string): void => {
    publisher.touch(branch);
  };
  const pace = createFeedPace();
  const pipeline = createPipeline({
    log,
    shards: ALL_SHARDS,
    branches,
    clock,
    logger,
    touch,
    note: (chunk) => {
      const source = branches.get(chunk.branch)?.live.state.sources.get(chunk.source);
      if (source !== undefined) pace.note(chunk, source);
    },
  });

  const portInUse = (): number => (server.address() as AddressInfo | null)?.port ?? port;
  const ownOrigin = (): string => publicOrigin ?? `http://${ownHost(host)}:${portInUse()}`;
  const secure = publicOrigin?.startsWith('https:') === true;
  const origin = originRule(publicOrigin, portInUse);
  const access = createConsoleAccess({ ...parts, origin, ownOrigin, secure });
  const mayRead = (branch: string): boolean => access.may('readRecords', branch);
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
    sourceOf: access.sourceOf,
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
  const predictions = createPredictions(branches);
  const planner = createPlanner({
    branches,
    foresight,
    twins: createTwinPool({ clock }),
    predictions,
    projectedTo: history.projectedTo,
    clock,
    logger,
    renewed: (branch) => {
      touch(branch);
      guidance.lookAt(predictions.of(branch));
    },
  });
  const isCurrent = (): boolean => pipeline.logAgeMs() < LOG_IS_CURRENT_MS;
  const guided = { ...parts, staffing, branches, settled: pipeline.settled, isCurrent };
  const guidance = createGuidance({
    ...guided,
    agreedChanged: planner.renew,
  });
  const wallWatch = createWallWatch({ devices: accounts.kept?.devices ?? null, clock, logger });
  const alerting = createAlerting({ ...guided, foretold: predictions.queue, walls: wallWatch.silent });
  const statusDuty = createStatusDuty({
    branches,
    clock,
    changed: touch,
  });
  const asked = {
    branches: network.branches,
    may: access.may,
    mayEverywhere: access.mayEverywhere,
    personOf: access.callerName,
    audit: (act: Act) => accounts.kept?.audit.note(act),
  };
  const routes = createExpressApp({
    origin,
    logger,
    gate: access.gate,
    secure,
    open: [healthRoutes({ logAgeMs: pipeline.logAgeMs, metrics: metrics.registry })],
    console: [
      ...access.routes,
      readRoutes(liveReader(branches, network, clock, access)),
      historyRoutes({ reports, branches: network.branches, maySee: mayRead }),
      planningRoutes({ planner, branches: network.branches, maySee: mayRead }),
      alerting.routes(asked),
      ...guidance.routes(asked),
      feedRoutes({
        branches: network.branches,
        mayRead,
        feedsOf: (profiles) => feedReport(profiles, { branches, pace }, clock.now()),
      }),
      ...configurationRoutes({ ...asked, nouns, settings: parts.settings, now: clock.now }),
      webApp({ nouns, secure }),
    ],
  });
  const server = createServer((request, response) => {
    if (!takeEvents(request, response)) routes(request, response);
  });
  const gateway = createGateway({
    http: server,
    isAllowed: origin.allowsSocket,
    publisher: () => publisher,
    ...access.sockets,
    clock,
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
  let unfollow: (() => void) | undefined;
  const tellRefused = (): Promise<void> =>
    ingest.tellRefused().catch((error: unknown) => {
      logger.warn({ err: error }, 'what was refused could not be counted');
    });
  const ticks = (parts.ticks ?? createTicks)(logger, [
    [TICK_MS, () => publisher.tick()],
    [CHECK_HISTORY_MS, agreement.checkNext],
    [STATUS_TICK_MS, statusDuty],
    alerting.duty,
    ...guidance.duties,
    [TELL_REFUSED_MS, tellRefused],
    [LOOK_AT_WALLS_MS, wallWatch.look],
  ]);

  followNetwork({ ...parts, publisher, gateway });

  return {
    ingest,
    branches,
    moves: guidance.moves,
    settled: pipeline.settled,
    async start() {
      await pipeline.start();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      });
      await history.start();
      planner.start();
      ticks.start();
      unfollow = access.follow(gateway.recheck);
      return ownOrigin();
    },
    async stop() {
      ticks.stop();
      unfollow?.();
      await gateway.close();
      await tellRefused();
      await planner.stop();
      await reports.close();
      await pipeline.stop();
      await history.stop();
      await log.close();
      await accounts.stop();
    },
  };
}
