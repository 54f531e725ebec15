import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FloorHead } from '#shared/views.ts';
import { LogUnavailable, type EventLog } from '#server/log/event-log.ts';
import { createRng } from '#server/rng.ts';
import { openConsole } from '#test/support/console.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { hall } from '#test/support/profiles.ts';
import { openTestLog, runApp, type RunningApp } from '#test/support/running-app.ts';
import { soon, until } from '#test/support/until.ts';

let redis: OwnRedis;
let running: RunningApp[] = [];
let ids = 0;

beforeAll(async () => {
  redis = await startOwnRedis();
});
beforeEach(() => redis.flush());
afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  running = [];
});
afterAll(() => redis.remove());

async function start(log?: EventLog): Promise<RunningApp> {
  const server = await runApp(log ?? (await openTestLog(redis.socketPath)), [hall()]);
  running.push(server);
  return server;
}

async function stop(server: RunningApp): Promise<void> {
  running = running.filter((each) => each !== server);
  await server.stop();
}

const queued = (contact = `k${++ids}`) => ({
  id: `q ${contact}`,
  at: Date.now(),
  type: 'contact.queued',
  branch: 'hall',
  contact,
  queue: 'personal',
});
const fact = (type: string, fields: object) => ({
  id: `e${++ids}`,
  at: Date.now(),
  type,
  branch: 'hall',
  ...fields,
});

interface Floor {
  head: FloorHead;
  tables: Record<string, unknown>;
}
const floorOf = async (server: RunningApp): Promise<Floor> =>
  (await server.get('/api/v1/branches/hall')) as Floor;

/** What of a floor may not depend on when it is looked at. */
async function counted(server: RunningApp): Promise<unknown> {
  const { head, tables } = await floorOf(server);
  const { occupancy30: _o, counterUse30: _u, openingRateToday: _r, ...rest } = head;
  return { rest, tables };
}

/** A little of everything. */
const aMorning = () => [
  fact('agent.signedIn', { agent: 'li', counter: 'c1', name: '李雷' }),
  fact('counter.opened', { counter: 'c1', agent: 'li' }),
  queued('a'),
  queued('b'),
  queued('c'),
  fact('contact.called', { contact: 'a', counter: 'c1' }),
  fact('contact.started', { contact: 'a', counter: 'c1', agent: 'li' }),
  fact('contact.held', { contact: 'a' }),
  fact('contact.abandoned', { contact: 'b' }),
  fact('queue.observed', { queue: 'corporate', waiting: 3, longestWaitSeconds: 60 }),
];

const foldedBy = async (server: RunningApp): Promise<number> => {
  const text = await (await fetch(`${server.address}/metrics`)).text();
  return Number(/^muster_folded_events (\d+)$/m.exec(text)?.[1]);
};

describe('when Redis is away', () => {
  it('[SF3] posts are refused with Retry-After, nothing is counted, and the server stays up', async () => {
    const server = await start();
    await server.tell([queued()]);
    await redis.kill();
    const response = await server.post([queued()]);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response.json()).toMatchObject({ error: { code: 'unavailable' } });
    expect(await server.get('/healthz')).toEqual({ ok: true });
    expect((await floorOf(server)).head.waiting).toBe(1);
    await redis.start();
    await until(async () => (await server.post([queued('late')])).status === 200, 'posts are taken again');
    await until(async () => (await floorOf(server)).head.waiting === 2, 'the late one is on the floor');
  });

  it('[LV5] consoles go on with frames when it is back, in step', async () => {
    const server = await start();
    const one = await openConsole(server.address);
    const { channel, epoch } = await one.watch({ view: 'floor', branch: 'hall' });
    await redis.kill();
    await redis.start();
    await until(async () => (await server.post([queued('after')])).status === 200, 'posts are taken again');
    await until(() => one.view(channel).head[0] === 1, 'the frame has come');
    expect(one.gaps).toBe(0);
    expect((await one.watch({ view: 'floor', branch: 'hall' })).epoch).toBe(epoch);
    one.close();
  });

  it('somebody empties it: what is live stays, and what is told from now on is folded', async () => {
    const server = await start();
    await server.post([queued('before')]);
    await soon(server.app.settled(), 'it is folded');
    await redis.flush();
    await server.post([queued('after')]);
    await until(async () => (await floorOf(server)).head.waiting === 2, 'both wait');
  });

  it('[SF3] no acknowledged event is lost when it is killed under load, none is counted twice', async () => {
    const server = await start();
    const rng = createRng(7);
    const acknowledged = new Set<string>();
    let open = true;
    const source = async (name: string): Promise<void> => {
      for (let batch = 0; open; batch++) {
        const items = Array.from({ length: 20 }, (_, i) => queued(`${name}-${batch}-${i}`));
        // As a source does: the same batch again until it is answered.
        const isTaken = async (): Promise<boolean> => (await server.post(items)).status === 200;
        await until(isTaken, 'the batch is taken');
        for (const { contact } of items) acknowledged.add(contact);
      }
    };
    const sources = ['s1', 's2', 's3', 's4'].map(source);
    for (let kill = 1; kill <= 4; kill++) {
      const goal = acknowledged.size + 100 + Math.floor(rng() * 400);
      await until(() => acknowledged.size >= goal, 'some batches are taken');
      await redis.kill();
      await redis.start();
    }
    open = false;
    await Promise.all(sources);
    await soon(server.app.settled(), 'everything is folded');
    const waiting = server.app.branches.get('hall')?.live.state.queues.get('personal')?.waiting;
    expect(new Set(waiting?.keys())).toEqual(acknowledged);
    expect((await floorOf(server)).head.offeredToday).toBe(acknowledged.size);
  });
});

describe('after a restart', () => {
  it('[LV5] the floor is as before, from the checkpoint alone', async () => {
    const first = await start();
    await first.tell(aMorning());
    await first.app.settled();
    const before = await counted(first);
    await stop(first);
    const second = await start();
    expect(await counted(second)).toEqual(before);
    expect(await foldedBy(second)).toBe(0);
    await second.tell([queued('d')]);
    await second.app.settled();
    expect((await floorOf(second)).head.offeredToday).toBe(4);
  });

  it('[LV5] the floor is as before when no checkpoint was saved', async () => {
    const log = await openTestLog(redis.socketPath);
    const first = await start({ ...log, saveCheckpoint: () => Promise.reject(new LogUnavailable('killed')) });
    await first.tell(aMorning());
    await first.app.settled();
    const before = await counted(first);
    await stop(first);
    const second = await start();
    expect(await counted(second)).toEqual(before);
    expect(await foldedBy(second)).toBe(aMorning().length);
  });

  it('a fact acknowledged before is still known as told', async () => {
    const items = [queued('same')];
    const first = await start();
    expect(await first.tell(items)).toMatchObject({ accepted: 1 });
    await stop(first);
    await redis.kill();
    await redis.start();
    expect(await (await start()).tell(items)).toMatchObject({ accepted: 0, duplicate: 1 });
  });

  it('[LV5] consoles are told when to come back, and find a new epoch', async () => {
    const first = await start();
    const one = await openConsole(first.address);
    const before = await one.watch({ view: 'floor', branch: 'hall' });
    const told = once(one.socket as unknown as NodeJS.EventEmitter, 'reconnect');
    const gone = once(one.socket as unknown as NodeJS.EventEmitter, 'disconnect');
    await stop(first);
    const [afterMs] = (await soon(told, 'the goodbye')) as [number];
    expect(afterMs).toBeGreaterThanOrEqual(0);
    expect(afterMs).toBeLessThanOrEqual(2_000);
    await soon(gone, 'the end of the connection');
    const again = await openConsole((await start()).address);
    expect((await again.watch({ view: 'floor', branch: 'hall' })).epoch).not.toBe(before.epoch);
    again.close();
  });
});
