import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toSnapshot, type ViewState } from '#shared/delta.ts';
import { PROTOCOL_VERSION, type WatchRequest } from '#shared/protocol.ts';
import { decodeView } from '#shared/view-codec.ts';
import type { ViewName } from '#shared/views.ts';
import { type Console, knock, openConsole, socketTo } from '#test/support/console.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { hall, hotline } from '#test/support/profiles.ts';
import { openTestLog, runApp, type RunningApp } from '#test/support/running-app.ts';
import { soon, until } from '#test/support/until.ts';

const FLOOR = { view: 'floor', branch: 'hall' } as const;
const NAMES = ['李雷', 'Han Meimei', 'agent-li', '家里有事'];
let redis: OwnRedis;
let server: RunningApp;
let consoles: Console[] = [];
let ids = 0;

beforeAll(async () => {
  redis = await startOwnRedis();
  // Only tests of time itself may see time pass: a long day and a patient expectation of sources.
  const always = [{ opens: '00:00', closes: '24:00' }];
  server = await runApp(await openTestLog(redis.socketPath), [hall({ hours: always }), hotline()]);
});
afterEach(() => {
  for (const each of consoles) each.close();
  consoles = [];
});
afterAll(async () => {
  await server.stop();
  await redis.remove();
});

async function open(): Promise<Console> {
  const opened = await openConsole(server.address);
  consoles.push(opened);
  return opened;
}

const fact = (type: string, fields: object) => ({
  id: `e${++ids}`,
  at: Date.now(),
  type,
  branch: 'hall',
  ...fields,
});
const visit = (ticket: string) => [
  fact('contact.queued', { contact: ticket, queue: 'personal', ticket }),
  fact('contact.called', { contact: ticket, counter: 'c1', agent: 'agent-li' }),
  fact('contact.started', { contact: ticket, counter: 'c1', agent: 'agent-li' }),
];

/** A view with its rows in order of their ids, as text; the position of a row in its table carries no meaning. */
function textOf(view: unknown): string {
  const { head, tables } = view as { head: object; tables: Record<string, Record<string, unknown>[]> };
  const sorted = Object.entries(tables).map(([name, rows]) => [
    name,
    [...rows].sort((a, b) => (String(a.id ?? a.ticket) < String(b.id ?? b.ticket) ? -1 : 1)),
  ]);
  return JSON.stringify([head, sorted]);
}

const decoded = (name: ViewName, view: ViewState): string => textOf(decodeView(name, toSnapshot(view)));

/** Waits until what a console shows is what HTTP says. */
async function inStep(one: Console, channel: number, { view, ...place }: WatchRequest): Promise<void> {
  const path = 'branch' in place ? `/api/v1/branches/${place.branch}?view=${view}` : '';
  let [shown, said] = ['', ''];
  await until(async () => {
    said = textOf(await server.get(path));
    shown = decoded(view, one.view(channel));
    return shown === said;
  }, 'console and HTTP agree').catch(() => expect(shown).toBe(said));
}

describe('watching', () => {
  it('begins with a snapshot and goes on with frames, equal to what HTTP gives', async () => {
    const one = await open();
    const { channel, version, protocol } = await one.watch(FLOOR);
    expect(protocol).toBe(PROTOCOL_VERSION);
    await server.tell([
      fact('agent.signedIn', { agent: 'agent-li', counter: 'c1', name: '李雷' }),
      ...visit('A1'),
    ]);
    await inStep(one, channel, FLOOR);
    await server.tell([fact('contact.ended', { contact: 'A1' }), ...visit('A2')]);
    await inStep(one, channel, FLOOR);
    expect(one.gaps).toBe(0);
    const again = await one.watch(FLOOR);
    expect(again.channel).toBe(channel);
    expect(again.version).toBeGreaterThan(version);
  });

  it('two consoles of one view share its frames; a newcomer is in step at once', async () => {
    const [first, second] = [await open(), await open()];
    const { channel } = await first.watch(FLOOR);
    await server.tell(visit('A3'));
    expect((await second.watch(FLOOR)).channel).toBe(channel);
    await server.tell(visit('A4'));
    await inStep(first, channel, FLOOR);
    await inStep(second, channel, FLOOR);
    expect(first.gaps + second.gaps).toBe(0);
  });

  it.each(['staffWall', 'customerWall'] as const)('the %s too', async (view) => {
    const one = await open();
    const { channel } = await one.watch({ view, branch: 'hall' });
    await server.tell(visit(`B${++ids}`));
    await inStep(one, channel, { view, branch: 'hall' });
  });

  it('the network table shows the branch that changed', async () => {
    const one = await open();
    const { channel } = await one.watch({ view: 'row', scope: 'east' });
    await server.tell([{ ...fact('contact.queued', { contact: 'call', queue: 'q' }), branch: 'hotline' }]);
    const rows = () => decodeView('row', toSnapshot(one.view(channel))).tables.branches;
    await until(
      () => rows().some((row) => row.id === 'hotline' && row.waiting === 1),
      'the call is in the table',
    );
  });

  it('[LV2] heartbeats come while nothing happens', async () => {
    const one = await open();
    const { channel } = await one.watch({ view: 'customerWall', branch: 'hotline' });
    const [beaten, , , ages] = (await soon(
      once(one.socket as unknown as NodeJS.EventEmitter, 'heartbeat'),
      'a heartbeat',
    )) as [number, number, number, { logMs: number }];
    expect(beaten).toBe(channel);
    expect(ages.logMs).toBeLessThan(3_000);
  });

  it('resync gives the whole view again; unwatch ends it', async () => {
    const one = await open();
    const { channel, epoch } = await one.watch({ view: 'staffWall', branch: 'hall' });
    const state = await new Promise((resolve) => one.socket.emit('resync', channel, resolve));
    expect(state).toMatchObject({ ok: true, channel, epoch });
    one.socket.emit('unwatch', channel);
    expect(await new Promise((resolve) => one.socket.emit('resync', channel, resolve))).toMatchObject({
      ok: false,
      code: 'not-found',
    });
  });

  it('[SF2] no name ever reaches a customer wall: every byte is looked at', async () => {
    const [wall, floor] = [await open(), await open()];
    const { channel } = await wall.watch({ view: 'customerWall', branch: 'hall' });
    const watched = await floor.watch(FLOOR);
    await server.tell([
      fact('agent.signedIn', { agent: 'agent-li', counter: 'c1', name: '李雷' }),
      fact('agent.signedIn', { agent: 'agent-han', counter: 'c2', name: 'Han Meimei' }),
      fact('agent.stateChanged', { agent: 'agent-han', state: 'break', reason: '家里有事' }),
      ...visit('C1'),
    ]);
    await inStep(wall, channel, { view: 'customerWall', branch: 'hall' });
    await inStep(floor, watched.channel, FLOOR);
    expect(wall.raw.join()).toContain('C1');
    for (const name of NAMES) {
      expect(floor.raw.join()).toContain(name);
      expect(wall.raw.join()).not.toContain(name);
    }
  });
});

describe('who may connect', () => {
  it('pages of this server, by any of its own names', async () => {
    const { port } = new URL(server.address);
    expect(await knock(server.address, server.address)).toBe('connected');
    expect(await knock(server.address, `http://localhost:${port}`)).toBe('connected');
  });

  it.each(['http://evil.example', 'null', 'http://localhost', 'https://localhost', null])(
    '[SF1] not a page of %s',
    async (origin) => {
      expect(await knock(server.address, origin)).not.toBe('connected');
    },
  );

  it('[SF1] a foreign name pointed at this address reads nothing', async () => {
    const asked = request(`${server.address}/api/v1/branches`, { headers: { Host: 'evil.example' } }).end();
    const [answer] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(403);
  });

  it('polling is not offered', async () => {
    expect(
      (
        await fetch(`${server.address}/live/?EIO=4&transport=polling`, {
          headers: { Origin: server.address },
        })
      ).status,
    ).toBe(400);
  });
});

describe('what a socket may ask', () => {
  it.each([
    ['not-found', { view: 'floor', branch: 'nowhere' }],
    ['not-found', { view: 'floor', branch: '__proto__' }],
    ['not-found', { view: 'row', scope: 'nowhere' }],
    ['invalid', { view: 'secrets', branch: 'hall' }],
    ['invalid', { view: '__proto__', branch: 'hall' }],
    ['invalid', { view: 'row', branch: 'hall' }],
    ['invalid', { view: 'floor' }],
    ['invalid', { view: 'floor', branch: { id: 'hall' } }],
    ['invalid', { view: 'floor', branch: 'hall', room: 'v1' }],
    ['invalid', 'floor'],
    ['invalid', null],
    ['invalid', Buffer.from('floor')],
  ])('%s: %j', async (code, wish) => {
    const one = await open();
    expect(await soon(one.ask(wish), 'an answer')).toMatchObject({ ok: false, code });
    expect(await one.watch(FLOOR)).toMatchObject({ protocol: PROTOCOL_VERSION });
  });

  it('eight views at a time', async () => {
    const one = await open();
    const views = ['floor', 'customerWall', 'staffWall'] as const;
    const wishes = ['hall', 'hotline'].flatMap((branch) => views.map((view) => ({ view, branch })));
    for (const wish of [...wishes, { view: 'row', scope: 'all' }, { view: 'row', scope: 'east' }]) {
      expect(await one.ask(wish)).toMatchObject({ ok: true });
    }
    expect(await one.ask({ view: 'row', scope: 'west' })).toMatchObject({
      ok: false,
      code: 'too-many-requests',
    });
  });

  it('[SF3] nonsense hurts nobody else: unknown events, missing answers, foreign channels, long messages', async () => {
    const [rude, polite] = [await open(), await open()];
    const { channel } = await polite.watch(FLOOR);
    const raw = rude.socket as unknown as { emit(name: string, ...values: unknown[]): void };
    raw.emit('watch');
    raw.emit('watch', FLOOR);
    raw.emit('watch', FLOOR, 'no function');
    raw.emit('unwatch', channel);
    raw.emit('unwatch', { toString: 'x' });
    raw.emit('resync');
    raw.emit('join', `v${channel}`);
    raw.emit('__proto__', {});
    const gone = once(rude.socket as unknown as NodeJS.EventEmitter, 'disconnect');
    raw.emit('watch', 'x'.repeat(17 * 1_024));
    await soon(gone, 'the long message closes the socket');
    await server.tell(visit(`D${++ids}`));
    await inStep(polite, channel, FLOOR);
  });

  it('a socket that never watches is sent nothing', async () => {
    const idle = socketTo(server.address);
    const heard: unknown[] = [];
    idle.onAny((...told: unknown[]) => heard.push(told));
    idle.connect();
    await soon(once(idle as unknown as NodeJS.EventEmitter, 'connect'), 'a connection');
    const one = await open();
    const { channel } = await one.watch(FLOOR);
    await server.tell(visit(`E${++ids}`));
    await inStep(one, channel, FLOOR);
    expect(heard).toEqual([]);
    idle.close();
  });
});
