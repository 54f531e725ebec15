/** A real PostgreSQL of a test's own: one that can go away, and come back with what it had. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { postgresPrograms, postgresUser } from '../../scripts/setup/postgres.mjs';
import { until } from './until.ts';

export interface OwnPostgres {
  /** The address of a database of this name, made empty. */
  database(name: string): Promise<string>;
  /** Ends it at once, as a crash does; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it on the same data; resolves when it answers. */
  start(): Promise<void>;
  /** Kills it and removes its data. */
  remove(): Promise<void>;
}

/** Starts one on a unix socket of its own. It does not sync: what a power cut would take is not tested here. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const programs = postgresPrograms();
  if (programs === null) throw new Error('PostgreSQL is missing; `npm test` brings it');
  const user = postgresUser();
  const folder = mkdtempSync(join(tmpdir(), 'muster-postgres-'));
  if (user) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const addressOf = (name: string): string => `postgres://muster@${encodeURIComponent(folder)}/${name}`;
  let server: ChildProcess;

  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'muster', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { encoding: 'utf8', cwd: folder, ...user },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);

  const start = async (): Promise<void> => {
    const settings = ['listen_addresses=', 'fsync=off', 'jit=off', 'shared_buffers=32MB'];
    server = spawn(
      join(programs, 'postgres'),
      ['-D', data, '-k', folder, ...settings.flatMap((setting) => ['-c', setting])],
      { stdio: 'ignore', cwd: folder, ...user },
    );
    await until(
      async () => server.exitCode !== null || (await answers(addressOf('postgres'))),
      'PostgreSQL answers',
    );
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
  };
  const kill = async (): Promise<void> => {
    const gone = once(server, 'exit');
    server.kill('SIGQUIT');
    await gone;
  };

  await start();
  return {
    start,
    kill,
    async database(name) {
      await run(addressOf('postgres'), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await run(addressOf('postgres'), `CREATE DATABASE ${name}`);
      return addressOf(name);
    },
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one statement on a database. */
export async function run(address: string, statement: string): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const answers = (address: string): Promise<boolean> =>
  run(address, 'SELECT 1').then(
    () => true,
    () => false,
  );
