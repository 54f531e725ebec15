/** A real redis-server of a test's own: one that can be killed, stay away, and come back with what it had. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisServerCommand } from '#server/log/embedded-redis/binary.mjs';
import { launch, type ServerProcess } from '#server/log/embedded-redis/server-process.ts';
import { ask, isReady } from '#server/log/embedded-redis/socket.ts';
import { until } from './until.ts';

export interface OwnRedis {
  socketPath: string;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Starts it on the same data; resolves when it answers. */
  start(): Promise<void>;
  /** Forgets everything. */
  flush(): Promise<void>;
  /** Kills it and removes its data. */
  remove(): Promise<void>;
}

/** Starts one with the same durability as the embedded one: every write is synced. */
export async function startOwnRedis(): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-redis-'));
  const socketPath = join(folder, 'redis.sock');
  const args = ['--port', '0', '--unixsocket', socketPath, '--dir', folder, '--save', ''];
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];
  let server: ServerProcess;

  const start = async (): Promise<void> => {
    server = launch(redisServerCommand(), [...args, ...durable]);
    await until(async () => server.isOver() || (await isReady(socketPath)), 'redis-server answers');
    if (server.isOver()) throw new Error(`redis-server did not start: ${await server.lastWords()}`);
  };
  const kill = async (): Promise<void> => {
    server.kill('SIGKILL');
    await server.ended;
  };

  await start();
  return {
    socketPath,
    start,
    kill,
    async flush() {
      await ask(socketPath, 'FLUSHALL', /\+OK/);
    },
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
