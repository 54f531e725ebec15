import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { View } from '#shared/views.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { hall } from '#test/support/profiles.ts';
import { openTestLog, runApp, type RunningApp } from '#test/support/running-app.ts';

let redis: OwnRedis;
let running: RunningApp[] = [];
let ids = 0;

beforeAll(async () => {
  redis = await startOwnRedis();
});
afterEach(async () => {
  for (const server of running) await server.stop();
  running = [];
  await redis.flush();
});
afterAll(() => redis.remove());

async function start(): Promise<RunningApp> {
  const server = await runApp(await openTestLog(redis.socketPath), [hall()]);
  running.push(server);
  return server;
}

async function stop(server: RunningApp): Promise<void> {
  running = running.filter((each) => each !== server);
  await server.stop();
}

const START = Date.now() - 25 * 60_000;
const fact = (seconds: number, type: string, fields: object) => ({
  id: `e${++ids}`,
  at: START + seconds * 1_000,
  type,
  branch: 'hall',
  ...fields,
});

/** One after the other at a single counter, each 20 s after the ticket, for 60 s; then three who wait. */
const aMorning = () => [
  fact(0, 'agent.signedIn', { agent: 'li', counter: 'c1', queues: ['personal'] }),
  ...Array.from({ length: 14 }, (_, i) => {
    const contact = `s${i}`;
    return [
      fact(85 * i + 5, 'contact.queued', { contact, queue: 'personal' }),
      fact(85 * i + 25, 'contact.called', { contact, counter: 'c1' }),
      fact(85 * i + 25, 'contact.started', { contact, counter: 'c1', agent: 'li' }),
      fact(85 * i + 85, 'contact.ended', { contact }),
    ];
  }).flat(),
  ...['k', 'l', 'm', 'n'].map((contact) => fact(1_490, 'contact.queued', { contact, queue: 'personal' })),
  fact(1_495, 'contact.started', { contact: 'k', counter: 'c1', agent: 'li' }),
  fact(1_499, 'queue.observed', { queue: 'corporate', waiting: 3, countersOpen: 2 }),
];

const viewOf = async <V extends 'floor' | 'customerWall' | 'staffWall'>(
  server: RunningApp,
  view: V,
): Promise<View<V>> => (await server.get(`/api/v1/branches/hall?view=${view}`)) as View<V>;

describe('[WT5] the expected wait of a newcomer', () => {
  it('is in the floor and both walls, with the record of the estimates', async () => {
    const server = await start();
    await server.tell(aMorning());
    await server.app.settled();
    const { waits } = (await viewOf(server, 'floor')).tables;
    expect(waits).toMatchObject([
      { id: 'personal', none: null, judged: expect.any(Number) as number },
      { id: 'corporate', none: 'noServiceTimes', p50Seconds: null, judged: 0 },
    ]);
    const [personal] = waits;
    expect(personal?.p50Seconds).toBeGreaterThan(60);
    expect(personal?.p80Seconds).toBeGreaterThan(personal?.p50Seconds ?? NaN);
    expect((await viewOf(server, 'staffWall')).tables.waits).toEqual(waits);
    const [service, observed] = (await viewOf(server, 'customerWall')).tables.services;
    expect(service?.wait).toBe('range');
    expect((service?.highMinutes ?? NaN) - (service?.lowMinutes ?? NaN)).toBeGreaterThanOrEqual(2);
    expect(observed).toMatchObject({ wait: 'unsure', lowMinutes: null, highMinutes: null });
  });

  it('is the same after a restart, by the record the checkpoint holds', async () => {
    const first = await start();
    await first.tell(aMorning());
    await first.app.settled();
    const before = first.app.branches.get('hall')?.live.waits;
    expect(before?.handling.get('personal')?.newest).toHaveLength(14);
    await stop(first);
    const second = await start();
    const metrics = await (await fetch(`${second.address}/metrics`)).text();
    expect(metrics).toMatch(/^muster_folded_events 0$/m);
    expect(second.app.branches.get('hall')?.live.waits).toEqual(before);
    expect((await viewOf(second, 'customerWall')).tables.services[0]?.wait).toBe('range');
  });
});
