/**
 * Ten thousand sign-ins at once, each from an address of its own, so that no limit of an address spares the server a
 * password: what the event loop and somebody who watches a hall notice. The server runs in this process, who floods and who
 * watches in others. Prints one JSON object. `node test/bench/sign-in-flood.ts [--attempts 10000]`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { percentile, rounded } from '#server/cli/bench/percentiles.ts';
import { postEvents } from '#server/cli/bench/post-events.ts';
import { openConsole } from '#server/cli/bench/wire.ts';
import { printResult, progress } from '#server/cli/result.ts';
import { startOwnRedis } from '#test/support/own-redis.ts';
import { KEYS, openTestLog } from '#test/support/running-app.ts';
import { accountsFolder, startSecured } from '#test/support/secured.ts';

const LOOP_LIMIT_MS = 200;
const NS_PER_MS = 1e6;
const QUIET_MS = 5_000;
/** Pause between two facts of whoever watches, ms. */
const FACT_EVERY_MS = 20;

interface Order {
  address: string;
  attempts: number;
  cookie: string;
  /** Of a source. */
  key: string;
}

/** Tries to sign in so many times at once; what the server said, by status. */
async function flood({ address, attempts }: Order): Promise<void> {
  const outcomes = await Promise.all(Array.from({ length: attempts }, (_, i) => attempt(address, i)));
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  process.send?.(counts);
}

function attempt(address: string, i: number): Promise<string> {
  return new Promise((resolve) => {
    const body = JSON.stringify({ login: `flood-${i % 500}`, password: 'a wrong password' });
    const call = request(`${address}/api/v1/sign-in`, {
      method: 'POST',
      agent: false,
      localAddress: `127.1.${i >> 8}.${i & 255}`,
      headers: { 'content-type': 'application/json', 'content-length': body.length, origin: address },
    });
    call.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => {
        resolve(String(answer.statusCode));
      });
    });
    call.on('error', ({ message }) => {
      resolve(message);
    });
    call.end(body);
  });
}

/** Tells a fact and waits for the frame it makes, again and again; when asked, how long that took since last asked. */
async function watch({ address, cookie, key }: Order): Promise<void> {
  let framed: (() => void) | undefined;
  await new Promise<void>((resolve) => {
    const watched = (): void => {
      resolve();
    };
    const heard = (name: string): void => {
      if (name === 'frame') framed?.();
    };
    openConsole(address, { view: 'floor', branch: 'hall' }, watched, heard, cookie);
  });
  let took: number[] = [];
  process.on('message', () => {
    process.send?.(took);
    took = [];
  });
  process.send?.([]);
  for (let i = 0; ; i++) {
    const contact = `w${i}`;
    const fact = { id: contact, at: Date.now(), type: 'contact.queued', branch: 'hall', contact };
    const frame = new Promise<void>((resolve) => (framed = resolve));
    const startedAt = performance.now();
    await postEvents({ address, key }, [{ ...fact, queue: 'personal', ticket: contact }]);
    await frame;
    took.push(performance.now() - startedAt);
    await sleep(FACT_EVERY_MS);
  }
}

const answerOf = <T>(child: ChildProcess, question?: object): Promise<T> =>
  new Promise((resolve) => {
    child.once('message', (answer) => resolve(answer as T));
    if (question) child.send(question);
  });

const shown = (took: number[]) => {
  const sorted = Float64Array.from(took).sort();
  return {
    frames: sorted.length,
    p50: rounded(percentile(sorted, 0.5)),
    p99: rounded(percentile(sorted, 0.99)),
    worst: rounded(percentile(sorted, 1)),
  };
};

async function measure(attempts: number): Promise<void> {
  const redis = await startOwnRedis();
  const folder = accountsFolder();
  const secured = await startSecured(await openTestLog(redis.socketPath), folder.path);
  const { cookie } = await secured.enter('watcher', 'viewer');
  const order: Order = { address: secured.server.address, attempts, cookie, key: KEYS.all.key };
  const self = fileURLToPath(import.meta.url);
  const watcher = fork(self, ['--role', 'watch']);
  await answerOf(watcher, order);
  await sleep(QUIET_MS);
  const quiet = shown(await answerOf<number[]>(watcher, {}));
  progress(`before: ${JSON.stringify(quiet)}`);

  const flooder = fork(self, ['--role', 'flood']);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const startedAt = performance.now();
  const outcomes = await answerOf<Record<string, number>>(flooder, order);
  const seconds = (performance.now() - startedAt) / 1_000;
  delay.disable();
  const during = shown(await answerOf<number[]>(watcher, {}));
  progress(`during: ${JSON.stringify(during)}`);
  watcher.kill();
  flooder.kill();
  await secured.stop();
  await redis.remove();
  folder.remove();
  const loopP99Ms = rounded(delay.percentile(99) / NS_PER_MS);
  printResult({
    ok: loopP99Ms <= LOOP_LIMIT_MS,
    attempts,
    seconds: rounded(seconds),
    outcomes,
    loopP99Ms,
    loopWorstMs: rounded(delay.max / NS_PER_MS),
    factToFrameMs: { quiet, during },
  });
}

const { values } = parseArgs({
  options: { attempts: { type: 'string', default: '10000' }, role: { type: 'string' } },
});
if (values.role === undefined) await measure(Number(values.attempts));
else {
  const work = values.role === 'flood' ? flood : watch;
  process.once('message', (order: Order) => void work(order));
}
