import { join } from 'node:path';
import type { BranchProfileInput } from '#shared/network.ts';
import { createApp } from '../app.ts';
import { type Accounts, accountsFile, noAccounts } from '../auth/accounts.ts';
import { sealOf } from '../auth/secrets.ts';
import { systemClock } from '../clock.ts';
import { checkDemonstration, readConfig } from '../config.ts';
import { createHistory } from '../history/history.ts';
import { historyFile, removeHistoryFile } from '../history/open.ts';
import { ALL_SHARDS } from '../log/shards.ts';
import { keys } from '../log/keys.ts';
import { joinRedisSignals } from '../log/redis-signals.ts';
import { createLogger } from '../logger.ts';
import { createThreadedForesight } from '../planner/threaded-foresight.ts';
import { completeProfiles, type NetworkContent, readNetworkFile } from '../network.ts';
import { openNetworkSettings } from '../network-settings.ts';
import { openWebhookStore } from '../notify/webhook-store.ts';
import { agreedBy } from '../sources/demonstration/agreed-orders.ts';
import { openNounStore } from '../noun-store.ts';
import { openStaffingStore } from '../staffing-store.ts';
import { openLog } from './open-log.ts';
import { prepareDemonstration } from './demonstration.ts';

// Without accounts the server starts without SQL.
const accountParts = () => import('../auth/open-accounts.ts');

/** `muster serve`: runs until it is told to stop. */
export async function serve(options: { demo?: boolean }): Promise<void> {
  const config = readConfig();
  if (options.demo === true) checkDemonstration(config);
  const logger = createLogger(config.logLevel);
  // The demonstration has a log of its own: it is dropped when its day is over.
  const folder = options.demo === true ? join(config.dataDir, 'demo') : config.dataDir;
  const demonstration = options.demo === true ? prepareDemonstration(folder, systemClock.now()) : undefined;
  const settings = openNetworkSettings({
    folder,
    ...(demonstration && { beside: besideDemonstration(config.dataDir, demonstration.branches) }),
  });
  const { network } = settings;
  const where = config.redisUrl !== undefined && !demonstration ? { redisUrl: config.redisUrl } : { folder };
  const {
    log,
    address: redis,
    stop,
  } = await openLog(where, logger, { empty: demonstration?.startsAnew === true });
  const file = historyFile(folder);
  if (demonstration?.startsAnew === true) removeHistoryFile(file);
  const { databaseUrl } = config;
  const database = databaseUrl !== undefined && !demonstration ? { databaseUrl } : { file };
  const history = await createHistory(
    {
      redis,
      database,
      known: { branches: [...network.branches()] },
      shards: ALL_SHARDS,
      keepDays: config.keepDays,
      logLevel: config.logLevel,
    },
    logger,
  );
  const foresight = createThreadedForesight({
    profiles: network.branches(),
    database,
    warningsFile: join(folder, 'warnings.json'),
  });
  const { accounts, setUpPath } =
    config.accounts === 'off' && !demonstration
      ? { accounts: noAccounts(), setUpPath: null }
      : await (
          await accountParts()
        ).openAccounts({
          mode: demonstration ? 'demo' : 'on',
          demoForAll: config.trustedNetwork,
          database:
            databaseUrl !== undefined && !demonstration ? { databaseUrl } : { file: accountsFile(folder) },
          network,
          seal: sealOf(folder),
          signals: joinRedisSignals(redis, keys.rights, logger),
          limits: config.sessions,
          clock: systemClock,
          logger,
        });
  const staffing = openStaffingStore(join(folder, 'staffing.json'), demonstration?.staffing);
  const app = createApp({
    ...config,
    accounts,
    log,
    history,
    foresight,
    staffing,
    webhooks: openWebhookStore(join(folder, 'webhooks.json')),
    nouns: openNounStore(join(folder, 'nouns.json')),
    network,
    settings,
    clock: systemClock,
    logger,
  });

  const stopping = new AbortController();
  const stopAll = (exitCode: number): void => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    process.exitCode = exitCode;
    app
      .stop()
      .then(stop)
      .then(
        () => process.exit(),
        (error: unknown) => {
          logger.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stopAll(0);
    });
  }
  // A fault nobody expected: what is acknowledged is on disk, so a clean end and a new start are safest.
  process.on('unhandledRejection', (error) => {
    logger.fatal({ err: error }, 'unhandled rejection');
    stopAll(1);
  });

  let address: string;
  try {
    address = await app.start();
  } catch (error) {
    await app.stop().catch(() => undefined);
    await stop();
    throw error;
  }
  settings.follow(stopping.signal, (error) => {
    logger.warn({ err: error }, 'branches, targets and source keys stay as they were');
  });
  demonstration?.run({
    ingest: app.ingest,
    agreed: () => agreedBy(app.moves(), staffing.get(), systemClock.now()),
    clock: systemClock,
    signal: stopping.signal,
    logger,
  });
  say(address, config.dataDir, signInLine(accounts.mode, address, setUpPath));
}

/** What is set in the demonstration is its own; the branches and keys of the data folder stand beside. */
const besideDemonstration = (dataDir: string, made: readonly BranchProfileInput[]) => ({
  folder: dataDir,
  content: (): NetworkContent => {
    const file = readNetworkFile(dataDir);
    return { ...file, branches: [...file.branches, ...completeProfiles(made)] };
  },
});

function signInLine(mode: Accounts['mode'], address: string, setUpPath: string | null): string {
  if (mode === 'off') return 'Sign-in: switched off; the console is open to whoever reaches this address';
  if (mode === 'demo')
    return 'Sign-in: none needed; visitors of this demonstration are its manager, others can be chosen at /sign-in';
  return setUpPath === null
    ? `Sign-in: ${address}/sign-in`
    : `Set-up: ${address}${setUpPath} makes the first account; it works once, within a day`;
}

function say(address: string, dataDir: string, signIn: string): void {
  process.stdout.write(`Muster is live at ${address}\n${signIn}\nData is kept in ${dataDir}\n`);
}
