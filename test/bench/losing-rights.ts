/**
 * How long somebody whose right is taken goes on seeing, while a thousand consoles lose their connection and come back
 * again and again: two nodes with one Redis and one accounts database in this process, the consoles in another. Prints one
 * JSON object. `node test/bench/losing-rights.ts [--consoles 1000]`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { rounded } from '#server/cli/bench/percentiles.ts';
import { openConsole } from '#server/cli/bench/wire.ts';
import { printResult, progress } from '#server/cli/result.ts';
import { keys } from '#server/log/keys.ts';
import { joinRedisSignals } from '#server/log/redis-signals.ts';
import { startOwnRedis } from '#test/support/own-redis.ts';
import { openTestLog } from '#test/support/running-app.ts';
import { accountsFolder, startSecured } from '#test/support/secured.ts';
import { ENDS, keyRevoked, lastByte, NARROWS, openSite } from '#test/support/ways-to-lose.ts';

const LIMIT_MS = 1_000;
const NS_PER_MS = 1e6;

interface Storm {
  address: string;
  cookies: string[];
}

/** All consoles drop and come back at once, and again as soon as the last one watches. */
function rage({ address, cookies }: Storm): void {
  let rounds = 0;
  const round = async (): Promise<void> => {
    const sockets = await Promise.all(
      cookies.map(
        (cookie) =>
          new Promise<{ close(): void }>((resolve) => {
            const socket = openConsole(
              address,
              { view: 'floor', branch: 'hall' },
              () => {
                resolve(socket);
              },
              () => undefined,
              cookie,
            );
          }),
      ),
    );
    process.send?.({ rounds: ++rounds });
    for (const socket of sockets) socket.close();
    await round();
  };
  void round();
}

async function measure(consoles: number): Promise<void> {
  const redis = await startOwnRedis();
  const folder = accountsFolder();
  const node = async () =>
    startSecured(await openTestLog(redis.socketPath), folder.path, {
      signals: joinRedisSignals({ socketPath: redis.socketPath }, keys.rights, pino({ level: 'silent' })),
    });
  const site = await openSite(await node(), await node());
  const { here, there, provider } = site;
  const cookies: string[] = [];
  for (let i = 0; i < consoles; i++) cookies.push((await here.enter(`storm-${i}`, 'viewer')).cookie);
  progress(`${consoles} people have signed in`);

  let rounds = 0;
  const storm: ChildProcess = fork(fileURLToPath(import.meta.url), ['--storm']);
  storm.on('message', (told: { rounds: number }) => ({ rounds } = told));
  storm.send({ address: here.server.address, cookies } satisfies Storm);
  await new Promise((resolve) => storm.once('message', resolve));

  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const began = { at: performance.now(), rounds };
  const lastByteMs: Record<string, number> = {};
  for (const [name, prepare] of Object.entries({ ...ENDS, ...NARROWS })) {
    const { ms, word } = await lastByte(site, await prepare(site));
    lastByteMs[name] = rounded(ms);
    progress(`${name}: "${word}" and the last byte after ${rounded(ms)} ms`);
  }
  lastByteMs['source key revoked'] = rounded(await keyRevoked(site));
  delay.disable();
  const seconds = (performance.now() - began.at) / 1_000;
  storm.kill();
  await here.stop();
  await there.stop();
  await provider.close();
  await redis.remove();
  folder.remove();
  const worstMs = Math.max(...Object.values(lastByteMs));
  printResult({
    ok: worstMs <= LIMIT_MS,
    consoles,
    reconnectsPerSecond: Math.round(((rounds - began.rounds) * consoles) / seconds),
    loopP99Ms: rounded(delay.percentile(99) / NS_PER_MS),
    worstMs,
    lastByteMs,
  });
}

const { values } = parseArgs({
  options: { consoles: { type: 'string', default: '1000' }, storm: { type: 'boolean', default: false } },
});
if (values.storm) process.once('message', (order: Storm) => rage(order));
else await measure(Number(values.consoles));
