/** The settings of a process; the only reader of its environment. */
import { resolve } from 'node:path';
import { z } from 'zod';

/** Longest a retention may be set to, days. */
const MAX_KEEP_DAYS = 36_500;
const keepDays = (days: number) => z.coerce.number().int().min(1).max(MAX_KEEP_DAYS).default(days);

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
  TRUSTED_NETWORK: z.enum(['yes', 'no']).default('no'),
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
  logLevel: string;
}

/** A setting is missing or wrong; the message names it. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Reads the settings. Throws {@link ConfigError}. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`${issue?.path.join('.') ?? 'a setting'}: ${issue?.message ?? 'is wrong'}`);
  }
  const { PORT, HOST, DATA_DIR, REDIS_URL, DATABASE_URL, PUBLIC_ORIGIN, TRUSTED_NETWORK, LOG_LEVEL } =
    parsed.data;
  const { KEEP_INTERVALS_DAYS, KEEP_VISITS_DAYS, KEEP_DAYS_DAYS } = parsed.data;
  // There are no accounts yet: whoever reaches the port sees the halls.
  if (!LOOPBACK.has(HOST) && TRUSTED_NETWORK !== 'yes') {
    throw new ConfigError(
      `HOST: ${HOST} would show the console to other machines without sign-in; ` +
        'set TRUSTED_NETWORK=yes if only people who may see everything can reach it',
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
    logLevel: LOG_LEVEL,
  };
}

/** Where this process finds programs; a process it starts needs the same. */
export const searchPath = (): string | undefined => process.env['PATH'];
