/** The settings of a process; the only reader of its environment. */
import { resolve } from 'node:path';
import { z } from 'zod';

/** Longest a retention may be set to, days. */
const MAX_KEEP_DAYS = 36_500;
const keepDays = (days: number) => z.coerce.number().int().min(1).max(MAX_KEEP_DAYS).default(days);

const MAX_PROXIES = 8;
const MAX_SESSION_HOURS = 168;

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  KEEP_INTERVALS_DAYS: keepDays(400),
  KEEP_VISITS_DAYS: keepDays(90),
  KEEP_DAYS_DAYS: keepDays(3_650),
  PUBLIC_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  ACCOUNTS: z.enum(['on', 'off']).default('on'),
  TRUSTED_NETWORK: z.enum(['yes', 'no']).default('no'),
  PROXIES: z.coerce.number().int().min(0).max(MAX_PROXIES).default(0),
  SESSION_HOURS: z.coerce.number().positive().max(MAX_SESSION_HOURS).default(12),
  SESSION_IDLE_MINUTES: z.coerce
    .number()
    .positive()
    .max(MAX_SESSION_HOURS * 60)
    .default(60),
  PRIVATE_WEBHOOKS: z.enum(['yes', 'no']).default('no'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('warn'),
});

export interface KeepDays {
  /** Quarter-hours of queues, agents and counters. */
  intervals: number;
  /** Single visits and ratings. */
  visits: number;
  /** Sums of whole days. */
  days: number;
}

export interface Config {
  port: number;
  host: string;
  /** Absolute folder of everything Muster keeps. */
  dataDir: string;
  /** Without it an embedded Redis is started in the data folder. */
  redisUrl: string | undefined;
  /** PostgreSQL for history; without it a file in the data folder. */
  databaseUrl: string | undefined;
  /** How long history is kept, days. */
  keepDays: KeepDays;
  /** Origin under which browsers reach Muster, when not this machine's own address. */
  publicOrigin: string | undefined;
  /** `off`: whoever reaches the port sees everything. */
  accounts: 'on' | 'off';
  /** Other machines may come without a sign-in, or without HTTPS: somebody said so. */
  trustedNetwork: boolean;
  /** Proxies of ours in front, whose word on where a request comes from counts. */
  proxies: number;
  /** When sessions end: in all, and without use, ms. */
  sessions: { absoluteMs: number; idleMs: number };
  /** Webhooks may stand in our own house. */
  privateWebhooks: boolean;
  logLevel: string;
}

/** A setting is missing or wrong; the message names it. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const openTo = (setting: string, host: string): string =>
  `HOST: ${host} would show the console to other machines without sign-in (${setting}); ` +
  'set TRUSTED_NETWORK=yes if only people who may see everything can reach it';

const isPlainElsewhere = (origin: string): boolean => {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'http:' && !LOOPBACK.has(hostname);
};

/** Throws when the demonstration, which lets visitors in by themselves, would be open to other machines unasked. */
export function checkDemonstration({ host, publicOrigin, trustedNetwork }: Config): void {
  if ((!LOOPBACK.has(host) || publicOrigin !== undefined) && !trustedNetwork)
    throw new ConfigError(openTo('--demo', host));
}

/** Reads the settings. Throws {@link ConfigError}. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`${issue?.path.join('.') ?? 'a setting'}: ${issue?.message ?? 'is wrong'}`);
  }
  const {
    PORT,
    HOST,
    DATA_DIR,
    REDIS_URL,
    DATABASE_URL,
    PUBLIC_ORIGIN,
    ACCOUNTS,
    TRUSTED_NETWORK,
    LOG_LEVEL,
  } = parsed.data;
  const { KEEP_INTERVALS_DAYS, KEEP_VISITS_DAYS, KEEP_DAYS_DAYS } = parsed.data;
  const trustedNetwork = TRUSTED_NETWORK === 'yes';
  const isExposed = !LOOPBACK.has(HOST) || PUBLIC_ORIGIN !== undefined;
  if (isExposed && ACCOUNTS === 'off' && !trustedNetwork) throw new ConfigError(openTo('ACCOUNTS=off', HOST));
  const isPlain = PUBLIC_ORIGIN === undefined ? !LOOPBACK.has(HOST) : isPlainElsewhere(PUBLIC_ORIGIN);
  if (isPlain && !trustedNetwork) {
    throw new ConfigError(
      `${PUBLIC_ORIGIN === undefined ? 'HOST' : 'PUBLIC_ORIGIN'}: passwords and sessions would cross the network in the ` +
        'open; set PUBLIC_ORIGIN to the https address of a proxy in front, or TRUSTED_NETWORK=yes',
    );
  }
  return {
    port: PORT,
    host: HOST,
    dataDir: resolve(DATA_DIR),
    redisUrl: REDIS_URL,
    databaseUrl: DATABASE_URL,
    keepDays: { intervals: KEEP_INTERVALS_DAYS, visits: KEEP_VISITS_DAYS, days: KEEP_DAYS_DAYS },
    publicOrigin: PUBLIC_ORIGIN === undefined ? undefined : new URL(PUBLIC_ORIGIN).origin,
    accounts: ACCOUNTS,
    trustedNetwork,
    proxies: parsed.data.PROXIES,
    sessions: {
      absoluteMs: parsed.data.SESSION_HOURS * HOUR_MS,
      idleMs: parsed.data.SESSION_IDLE_MINUTES * MINUTE_MS,
    },
    privateWebhooks: parsed.data.PRIVATE_WEBHOOKS === 'yes',
    logLevel: LOG_LEVEL,
  };
}

/** Where this process finds programs; a process it starts needs the same. */
export const searchPath = (): string | undefined => process.env['PATH'];
