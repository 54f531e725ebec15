import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EmbeddedRedis, startEmbeddedRedis } from '#server/log/embedded-redis.ts';
import { ask, isReady } from '#server/log/embedded-redis/socket.ts';

const PARENT = fileURLToPath(new URL('../support/embedded-redis-parent.ts', import.meta.url));
const logger = { info: () => undefined, warn: () => undefined };

let folder: string;
let started: EmbeddedRedis[] = [];
let parents: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster 厅-'));
});

afterEach(async () => {
  await Promise.all(parents.map(endOrderly));
  await Promise.all(started.map((redis) => redis.stop()));
  started = [];
  parents = [];
  rmSync(folder, { recursive: true, force: true });
});

/** Lets a parent take its Redis along, so that no test leaves one behind. */
async function endOrderly(parent: ChildProcess): Promise<void> {
  if (parent.exitCode === null && parent.signalCode === null && parent.kill('SIGTERM'))
    await once(parent, 'exit');
}

async function start(dataFolder = folder): Promise<EmbeddedRedis> {
  const redis = await startEmbeddedRedis({ folder: dataFolder, logger });
  started.push(redis);
  return redis;
}

/** Another process that starts the folder's Redis and says `<socket> <redis pid>` once it is up. */
async function startElsewhere(): Promise<{ parent: ChildProcess; socketPath: string; redisPid: number }> {
  const parent = spawn(process.execPath, [PARENT, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  parents.push(parent);
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const { socketPath, pid } = JSON.parse(said.toString()) as { socketPath: string; pid: number };
  return { parent, socketPath, redisPid: pid };
}

async function write(socketPath: string, count: number): Promise<void> {
  for (let n = 0; n < count; n++) expect(await ask(socketPath, 'INCR written', /^:\d+\r\n/)).not.toBeNull();
}

async function written(socketPath: string): Promise<string | undefined> {
  return (await ask(socketPath, 'GET written', /\r\n(\d+)\r\n/))?.[1];
}

describe('embedded Redis', () => {
  it('answers on a socket in the data folder and is gone after stop', async () => {
    const redis = await start();
    expect(redis.socketPath).toBe(join(folder, 'redis.sock'));
    expect(await isReady(redis.socketPath)).toBe(true);
    await redis.stop();
    expect(redis.pid).toBeNull();
    expect(existsSync(redis.socketPath)).toBe(false);
  });

  it('syncs every write and evicts nothing', async () => {
    const { socketPath } = await start();
    expect(await ask(socketPath, 'CONFIG GET appendonly', /yes/)).not.toBeNull();
    expect(await ask(socketPath, 'CONFIG GET appendfsync', /always/)).not.toBeNull();
    expect(await ask(socketPath, 'CONFIG GET maxmemory-policy', /noeviction/)).not.toBeNull();
  });

  it('keeps its data over stop and start', async () => {
    const first = await start();
    await write(first.socketPath, 3);
    await first.stop();
    expect(await written((await start()).socketPath)).toBe('3');
  });

  it('is back with its data within a second after kill -9, again and again', async () => {
    const redis = await start();
    for (let round = 1; round <= 3; round++) {
      await write(redis.socketPath, 10);
      const pid = redis.pid ?? 0;
      process.kill(pid, 'SIGKILL');
      await vi.waitFor(async () => {
        expect(redis.pid).not.toBe(pid);
        expect(await isReady(redis.socketPath)).toBe(true);
      }, 1_000);
      expect(await written(redis.socketPath)).toBe(String(10 * round));
    }
  });

  it('takes over from a parent that was killed, with all that was acknowledged', async () => {
    const { parent, socketPath, redisPid } = await startElsewhere();
    await write(socketPath, 20);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    expect(await isReady(socketPath)).toBe(true);

    const redis = await start();
    expect(redis.pid).not.toBe(redisPid);
    expect(await written(redis.socketPath)).toBe('20');
  });

  it('takes over from an orphan whose socket file was removed', async () => {
    const { parent, socketPath, redisPid } = await startElsewhere();
    await write(socketPath, 5);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    rmSync(socketPath);

    const redis = await start();
    expect(redis.pid).not.toBe(redisPid);
    expect(await written(redis.socketPath)).toBe('5');
  });

  it('takes over from an orphan that hangs', async () => {
    const { parent, socketPath, redisPid } = await startElsewhere();
    await write(socketPath, 5);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    process.kill(redisPid, 'SIGSTOP');

    expect(await written((await start()).socketPath)).toBe('5');
  });

  it('takes its Redis along when its own process ends in an orderly way', async () => {
    const { parent, socketPath } = await startElsewhere();
    parent.kill('SIGTERM');
    await once(parent, 'exit');
    await vi.waitFor(async () => expect(await isReady(socketPath)).toBe(false), 2_000);
  });

  it('refuses a folder another process uses, naming folder and process', async () => {
    const { parent, socketPath } = await startElsewhere();
    await expect(start()).rejects.toThrow(`${folder} is in use by another Muster, process ${parent.pid}`);
    expect(await isReady(socketPath)).toBe(true);
  });

  it('uses a short socket path when the data folder lies too deep', async () => {
    const deep = join(folder, 'd'.repeat(60), 'e'.repeat(60));
    const redis = await start(deep);
    expect(Buffer.byteLength(redis.socketPath)).toBeLessThanOrEqual(103);
    expect(await isReady(redis.socketPath)).toBe(true);
  });

  it('says why when it cannot start', async () => {
    const missing = startEmbeddedRedis({ folder, logger, command: join(folder, 'no-redis') });
    await expect(missing).rejects.toThrow(/redis-server did not start: .*no-redis was not found/);
    const broken = startEmbeddedRedis({ folder, logger, command: '/bin/false' });
    await expect(broken).rejects.toThrow('redis-server did not start');
    expect((await start()).pid).not.toBeNull();
  });
});
