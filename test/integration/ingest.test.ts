import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAILURES, type FailureBody } from '#shared/failure.ts';
import { createMemoryEventLog } from '#server/log/memory-event-log.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { hall, hotline } from '#test/support/profiles.ts';
import { KEYS, openTestLog, runApp, type RunningApp } from '#test/support/running-app.ts';
import { until } from '#test/support/until.ts';

let redis: OwnRedis;
let server: RunningApp;
let ids = 0;

beforeAll(async () => {
  redis = await startOwnRedis();
  server = await runApp(await openTestLog(redis.socketPath), [hall(), hotline()]);
});
afterAll(async () => {
  await server.stop();
  await redis.remove();
});

const queued = (id = `e${++ids}`) => ({
  id,
  at: Date.now(),
  type: 'contact.queued',
  contact: id,
  queue: 'personal',
  branch: 'hall',
});

async function refused(asked: Promise<Response>): Promise<[number, string]> {
  const response = await asked;
  expect(response.headers.get('content-type')).toContain('application/json');
  const { error } = (await response.json()) as FailureBody;
  expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(error.message).toBe(FAILURES[error.code].message);
  return [response.status, error.code];
}

describe('POST /api/v1/events', () => {
  it('answers 200 with what became of each event', async () => {
    const [first, second] = [queued(), queued()];
    const response = await server.post([first, second, first, { ...queued(), queue: '' }, 'nonsense']);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      accepted: 2,
      duplicate: 1,
      rejected: [
        { index: 3, id: `e${ids}`, reason: 'invalid-field', field: 'queue' },
        { index: 4, id: null, reason: 'not-an-event', field: null },
      ],
    });
    expect(await (await server.post([second])).json()).toEqual({ accepted: 0, duplicate: 1, rejected: [] });
  });

  it('takes NDJSON, a line that cannot be read set aside by its place', async () => {
    const body = [JSON.stringify(queued()), '', '{"id":', JSON.stringify(queued()), '\r'].join('\n');
    const response = await server.post(body, {
      headers: { 'Content-Type': 'application/x-ndjson; charset=utf-8' },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      accepted: 2,
      rejected: [{ index: 1, reason: 'not-json' }],
    });
  });

  it('takes a thousand events', async () => {
    const response = await server.post(Array.from({ length: 1_000 }, () => queued()));
    expect(await response.json()).toEqual({ accepted: 1_000, duplicate: 0, rejected: [] });
  });

  it('a full post shows on the floor', async () => {
    const before = (await server.get('/api/v1/branches/hotline')) as { head: { offeredToday: number } };
    await server.tell([{ ...queued(), branch: 'hotline' }]);
    await until(async () => {
      const { head } = (await server.get('/api/v1/branches/hotline')) as typeof before;
      return head.offeredToday === before.head.offeredToday + 1;
    }, 'the call is counted');
  });

  it.each([
    ['no key', { key: null }],
    ['another key', { key: 'mk_wrong' }],
    ['no bearer', { key: null, headers: { Authorization: KEYS.all.key } }],
    ['a key in another scheme', { key: null, headers: { Authorization: `Basic ${KEYS.all.key}` } }],
  ])('[SF1] 401 with %s', async (_case, options) => {
    expect(await refused(server.post([queued()], options))).toEqual([401, 'unauthorized']);
  });

  it('[SF1] a key writes to its own branches only', async () => {
    const items = [queued(), { ...queued(), branch: 'hotline' }];
    const answer: unknown = await (await server.post(items, { key: KEYS.hall.key })).json();
    expect(answer).toMatchObject({
      accepted: 1,
      rejected: [{ index: 1, reason: 'branch-not-allowed', field: 'branch' }],
    });
  });

  it('a branch the network does not know is told from one the key may not write to', async () => {
    const items = [{ ...queued(), branch: 'unbuilt' }];
    const answer: unknown = await (await server.post(items, { key: KEYS.region.key })).json();
    expect(answer).toMatchObject({ accepted: 0, rejected: [{ reason: 'unknown-branch' }] });
  });

  it('413 for more than a thousand events', async () => {
    const items = Array.from({ length: 1_001 }, () => queued());
    expect(await refused(server.post(items))).toEqual([413, 'too-large']);
  });

  it('413 for more than a mebibyte', async () => {
    expect(await refused(server.post(`[${' '.repeat(1_024 * 1_024)}]`))).toEqual([413, 'too-large']);
  });

  it.each([
    ['text/plain', { 'Content-Type': 'text/plain' }],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['gzip', { 'Content-Encoding': 'gzip' }],
    ['brotli', { 'Content-Encoding': 'br' }],
  ])('415 for %s', async (_case, headers) => {
    const body = gzipSync(JSON.stringify([queued()]));
    expect(await refused(server.post(new Uint8Array(body), { headers }))).toEqual([
      415,
      'unsupported-media-type',
    ]);
  });

  it.each([
    ['nothing', ''],
    ['half a list', '[{"id":1}'],
    ['an object', '{"events":[]}'],
    ['bytes that are no UTF-8', new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d])],
    ['a list of nothing', '[]'],
  ])('422 for %s', async (_case, body) => {
    expect(await refused(server.post(body))).toEqual([422, 'unreadable']);
  });

  it('422 for NDJSON of which no line can be read', async () => {
    const headers = { 'Content-Type': 'application/x-ndjson' };
    expect(await refused(server.post('nonsense\n{', { headers }))).toEqual([422, 'unreadable']);
  });

  it('429 with Retry-After when a source has too many posts on their way', async () => {
    const log = createMemoryEventLog();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = {
      ...log,
      append: (requests: Parameters<typeof log.append>[0]) => held.then(() => log.append(requests)),
    };
    const busy = await runApp(slow, [hall()]);
    const posts = Array.from({ length: 65 }, () => busy.post([queued()]));
    const late = await Promise.race(posts);
    expect([late.status, late.headers.get('retry-after')]).toEqual([429, '1']);
    release();
    const statuses = (await Promise.all(posts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(64);
    await busy.stop();
  });
});

describe('other addresses', () => {
  it('unknown ones are 404 in the same shape', async () => {
    expect(await refused(fetch(`${server.address}/api/v1/nothing`))).toEqual([404, 'not-found']);
    expect(await refused(fetch(`${server.address}/api/v1/branches/nowhere`))).toEqual([404, 'not-found']);
    expect(await refused(fetch(`${server.address}/api/v1/network?scope=nowhere`))).toEqual([
      404,
      'not-found',
    ]);
  });

  it.each([
    '/api/v1/branches/hall?view=secrets',
    '/api/v1/network?sort=age',
    '/api/v1/network?limit=-1',
    '/api/v1/branches/hall?colour=red',
  ])('422 for %s', async (path) => {
    expect(await refused(fetch(`${server.address}${path}`))).toEqual([422, 'invalid']);
  });

  it('lists branches, and gives the network page by page', async () => {
    expect(await server.get('/api/v1/branches')).toMatchObject({
      branches: [{ id: 'hall' }, { id: 'hotline' }],
    });
    const page = await server.get('/api/v1/network?sort=id&limit=1');
    expect(page).toMatchObject({ total: 2, rows: [{ id: 'hall' }], next: 'hall' });
    const rest = await server.get('/api/v1/network?sort=id&limit=1&cursor=hall');
    expect(rest).toMatchObject({ rows: [{ id: 'hotline' }], next: null });
  });

  it('is well, ready, and counts what it was sent', async () => {
    expect(await server.get('/healthz')).toEqual({ ok: true });
    expect(await server.get('/readyz')).toMatchObject({ ok: true });
    const metrics = await (await fetch(`${server.address}/metrics`)).text();
    expect(metrics).toMatch(/muster_ingest_events_total\{source="head office",result="accepted"\} \d+/);
  });
});
