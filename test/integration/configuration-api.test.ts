/** Branches and targets that are set while the server runs, over real HTTP and a real log. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FailureBody } from '#shared/failure.ts';
import type { BranchProfilesAnswer } from '#shared/branch-profiles.ts';
import { USUAL_NOUNS } from '#shared/nouns.ts';
import type { TargetPreview, TargetsAnswer, TargetVersionsAnswer } from '#shared/targets.ts';
import type { View } from '#shared/views.ts';
import { dayText, hallDay } from '#server/domain/branch/hall-day.ts';
import { openConsole } from '#test/support/console.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { hall } from '#test/support/profiles.ts';
import { openTestLog, type RunningApp, runApp } from '#test/support/running-app.ts';
import { startOwnSite } from '#test/support/secured.ts';
import { until } from '#test/support/until.ts';

let redis: OwnRedis;
let running: RunningApp;
const profile = hall({ hours: [{ opens: '00:00', closes: '24:00' }] });
const day = (ahead = 0): string => dayText(hallDay(profile, Date.now()) + ahead);

beforeEach(async () => {
  redis = await startOwnRedis();
  running = await runApp(await openTestLog(redis.socketPath), [profile]);
});
afterEach(async () => {
  await running.stop();
  await redis.remove();
});

async function send(method: 'POST' | 'PUT', path: string, body: unknown) {
  const response = await fetch(`${running.address}/api/v1${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}
const refused = async (path: string, body: unknown, method: 'POST' | 'PUT' = 'POST') => {
  const { error } = (await send(method, path, body)).body as FailureBody;
  return [error.code, error.field];
};
const targetOf = async (queue: string): Promise<number | undefined> => {
  const view = (await running.get('/api/v1/branches/hall?view=floor')) as View<'floor'>;
  return view.tables.queues.find(({ id }) => id === queue)?.targetSeconds;
};

describe('[AS3] a version of the targets', () => {
  it('says what it would change, and live figures follow it without a restart', async () => {
    await running.tell([{ id: 'a', at: Date.now(), type: 'source.heartbeat', branch: 'hall' }]);
    const version = { validFrom: day(), branch: 'hall', queue: 'personal', targetSeconds: 300 };
    const preview = (await send('POST', '/target-versions/preview', version)).body as TargetPreview;
    expect(preview).toMatchObject({ changesInAll: 1, changes: [{ from: 900, to: 300 }] });
    expect(await targetOf('personal')).toBe(900);
    const { body } = await send('POST', '/target-versions', version);
    expect((body as TargetVersionsAnswer).versions).toEqual([
      { is: version, state: 'holds', removable: false },
    ]);
    expect(await targetOf('personal')).toBe(300);
    const { queues } = (await running.get('/api/v1/targets?branch=hall')) as TargetsAnswer;
    expect(queues[0]).toMatchObject({ since: day(), now: { targetSeconds: 300 }, next: null });
  });

  it('can be taken back until it holds', async () => {
    const version = { validFrom: day(1), targetSeconds: 300 };
    await send('POST', '/target-versions', version);
    const answer = (await running.get('/api/v1/targets?branch=hall')) as TargetsAnswer;
    expect(answer.queues[0]?.next).toMatchObject({ from: day(1), is: { targetSeconds: 300 } });
    const { body } = await send('POST', '/target-versions/remove', { validFrom: day(1) });
    expect((body as TargetVersionsAnswer).versions).toEqual([]);
    await send('POST', '/target-versions', { ...version, validFrom: day() });
    expect(await refused('/target-versions/remove', { validFrom: day() })).toEqual(['conflict', 'validFrom']);
  });

  it.each([
    [{ validFrom: day(-1), targetSeconds: 1 }, ['invalid', 'validFrom']],
    [{ validFrom: '2026-02-30', targetSeconds: 1 }, ['invalid', 'validFrom']],
    [{ validFrom: day(1), targetSeconds: -1 }, ['invalid', 'targetSeconds']],
    [{ validFrom: day(1), targetSeconds: 1, target: 1 }, ['invalid', 'target']],
    [{ validFrom: day(1), queue: 'unknown', targetSeconds: 1 }, ['invalid', 'queue']],
    [{ validFrom: day(1), branch: 'nowhere', targetSeconds: 1 }, ['not-found', 'branch']],
    [{ validFrom: day(3), targetSeconds: 1 }, ['conflict', 'validFrom']],
  ])('is refused by the field that is wrong: %o', async (version, refusal) => {
    await send('POST', '/target-versions', { validFrom: day(3), targetSeconds: 9 });
    const before = await running.get('/api/v1/target-versions');
    expect(await refused('/target-versions', version)).toEqual(refusal);
    expect(await running.get('/api/v1/target-versions')).toEqual(before);
  });
});

describe('a branch that is set up while the server runs', () => {
  it('takes facts, joins the network that is on screen, and is in history', async () => {
    const console = await openConsole(running.address, undefined);
    const { channel } = await console.watch({ view: 'row', scope: 'all' });
    const made = hall({ id: 'new', name: { zh: '新', en: 'New' } });
    expect((await send('PUT', '/branch-profiles/new', made)).status).toBe(200);
    await running.tell([{ id: 'b', at: Date.now(), type: 'source.heartbeat', branch: 'new' }]);
    await until(() => console.view(channel).tables[0]?.has('new') === true, 'the new branch in the network');
    console.close();
    const { branches } = (await running.get('/api/v1/branch-profiles')) as BranchProfilesAnswer;
    expect(branches.map(({ id }) => id).sort()).toEqual(['hall', 'new']);
    await send('PUT', '/branch-profiles/new', { ...made, expectedSeconds: 5 });
    expect(await running.get('/api/v1/branch-profiles/new')).toMatchObject({
      profile: { expectedSeconds: 5 },
    });
  });

  it.each([
    [{ zone: 'Mars' }, ['invalid', 'zone']],
    [{ channel: 'voice' }, ['conflict', 'channel']],
    [{ id: 'other' }, ['invalid', 'id']],
    [
      {
        queues: [
          { id: 'a', name: { zh: '', en: '' } },
          { id: 'a', name: { zh: '', en: '' } },
        ],
      },
      ['invalid', 'queues.1.id'],
    ],
    [{ counters: [{ id: 'c', label: '1', queues: ['none'] }] }, ['invalid', 'counters.0.queues']],
    [{ hours: [] }, ['invalid', 'hours']],
  ])('is refused by the field that is wrong: %o', async (changes, refusal) => {
    expect(await refused('/branch-profiles/hall', { ...profile, ...changes }, 'PUT')).toEqual(refusal);
  });
});

describe('what an organisation calls things', () => {
  const windows = { ...USUAL_NOUNS, en: { ...USUAL_NOUNS.en, counter: 'window' } };

  it('is what the catalogues say until somebody chooses', async () => {
    expect(await running.get('/api/v1/nouns')).toEqual(USUAL_NOUNS);
    expect(await send('PUT', '/nouns', windows)).toEqual({ status: 200, body: windows });
    expect(await running.get('/api/v1/nouns')).toEqual(windows);
  });

  it.each([
    [{ en: { ...USUAL_NOUNS.en, counter: 'till' } }, ['invalid', 'en.counter']],
    [{ 'zh-CN': undefined }, ['invalid', 'zh-CN']],
    [{ de: {} }, ['invalid', 'de']],
  ])('is refused by the field that is wrong: %o', async (wrong, refusal) => {
    await send('PUT', '/nouns', windows);
    expect(await refused('/nouns', { ...USUAL_NOUNS, ...wrong }, 'PUT')).toEqual(refusal);
    expect(await running.get('/api/v1/nouns')).toEqual(windows);
  });
});

describe('[SF1] somebody who may see one region', () => {
  it('has a new branch of it on screen at once, and of another region none', async () => {
    const { secured, admin, remove } = await startOwnSite();
    const { server, enter, ask } = secured;
    const { cookie } = await enter('mei', 'manager', { kind: 'region', id: 'east' });
    const console = await openConsole(server.address, cookie);
    let { channel } = await console.watch({ view: 'row', scope: 'all' });
    console.socket.on('snapshot', (state) => (channel = state.channel));
    const rows = (): string[] => [...(console.view(channel).tables[0]?.keys() ?? [])].sort();
    expect(rows()).toEqual(['hall', 'hotline']);
    const setUp = async (id: string, region: string): Promise<void> => {
      const body = hall({ id, region: { id: region, name: { zh: region, en: region } } });
      const path = `/api/v1/branch-profiles/${id}`;
      expect((await ask(path, { method: 'PUT', body, cookie: admin.cookie })).status).toBe(200);
    };
    await setUp('elsewhere', 'west');
    await setUp('new', 'east');
    await until(() => rows().includes('new'), 'the new branch');
    expect(rows()).toEqual(['hall', 'hotline', 'new']);
    console.close();
    await remove();
  });
});
