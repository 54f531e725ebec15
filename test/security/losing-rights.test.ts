/** Ways to lose a right while watching: from the request that takes it to the last byte, on the node of the socket and another. */
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '#server/log/keys.ts';
import { joinRedisSignals } from '#server/log/redis-signals.ts';
import { knock, openConsole } from '#test/support/console.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { openTestLog } from '#test/support/running-app.ts';
import { accountsFolder, startSecured } from '#test/support/secured.ts';
import { until } from '#test/support/until.ts';
import { ENDS, keyRevoked, lastByte, NARROWS, openSite, type Site } from '#test/support/ways-to-lose.ts';

/** From the request that takes the right away until nothing more comes, ms. */
const LIMIT_MS = 1_000;
/** The same where no push comes through, ms. */
const SWEEP_LIMIT_MS = 15_500;

let redis: OwnRedis;
let site: Site;
const folder = accountsFolder();
const measured: Record<string, number> = {};

beforeAll(async () => {
  redis = await startOwnRedis();
  const node = async () =>
    startSecured(await openTestLog(redis.socketPath), folder.path, {
      signals: joinRedisSignals({ socketPath: redis.socketPath }, keys.rights, pino({ level: 'silent' })),
    });
  site = await openSite(await node(), await node());
});
afterAll(async () => {
  process.stderr.write(`ms to the last byte: ${JSON.stringify(measured)}\n`);
  await site.here.stop();
  await site.there.stop();
  await site.provider.close();
  await redis.remove();
  folder.remove();
});

describe('[SF1] who watches stops seeing within a second', () => {
  it.each(Object.entries(ENDS))('%s', async (name, prepare) => {
    const loss = await prepare(site);
    const { ms, ended, word } = await lastByte(site, loss);
    measured[name] = Math.round(ms);
    expect(ms).toBeLessThanOrEqual(LIMIT_MS);
    expect(ended).toBe(true);
    expect(word).toBe('ended');
    const { cookie } = loss;
    for (const { server, ask } of [site.here, site.there]) {
      expect((await ask('/api/v1/branches', { cookie })).status).toBe(401);
      expect(await knock(server.address, server.address, cookie)).toBe('unauthorized');
    }
  });

  it.each(Object.entries(NARROWS))('%s; the socket stays for what is left', async (name, prepare) => {
    const loss = await prepare(site);
    const { ms, ended, word } = await lastByte(site, loss);
    measured[name] = Math.round(ms);
    expect(ms).toBeLessThanOrEqual(LIMIT_MS);
    expect(ended).toBe(false);
    expect(word).toBe('changed');
    const { cookie } = loss;
    expect((await site.here.ask('/api/v1/branches/hall', { cookie })).status).toBe(404);
    expect((await site.here.ask('/api/v1/branches/far', { cookie })).status).toBe(200);
  });

  it('the key of a source revoked: the next post is refused', async () => {
    const ms = await keyRevoked(site);
    measured['source key revoked'] = Math.round(ms);
    expect(ms).toBeLessThanOrEqual(LIMIT_MS);
  });
});

describe('[SF1] the key of a source', () => {
  it('tells no types but those it was made for', async () => {
    const { key } = (await site.asAdmin('/api/v1/source-keys', {
      body: { source: 'counter', branches: ['hall'], types: ['source.heartbeat'] },
    })) as { key: string };
    const other = [{ id: 'k', at: Date.now(), type: 'contact.queued', contact: 'k', queue: 'personal' }];
    await until(async () => {
      const answer = await site.here.server.post(other, { key });
      return answer.status === 200 && (await answer.text()).includes('type-not-allowed');
    }, 'the key on the other node');
  });
});

describe('[SF1] a right that is given', () => {
  it('is there at once, without a new sign-in', async () => {
    const { here, asAdmin } = site;
    const { cookie, id } = await here.enter('gains', 'viewer', { kind: 'branch', id: 'far' });
    const seat = await openConsole(here.server.address, cookie);
    expect((await seat.ask({ view: 'floor', branch: 'hall' })).ok).toBe(false);
    const asked = performance.now();
    await asAdmin(`/api/v1/people/${id}/grants`, {
      body: { role: 'viewer', scope: { kind: 'branch', id: 'hall' } },
    });
    await until(async () => (await seat.ask({ view: 'floor', branch: 'hall' })).ok, 'the branch', LIMIT_MS);
    measured['branch added'] = Math.round(performance.now() - asked);
    seat.close();
  });
});

describe('[SF1] with Redis away', () => {
  it('the node that took the right closes its socket at once, another one at its next sweep', async () => {
    const { here, there, asAdmin } = site;
    const { cookie, session } = await here.enter('cut-off', 'viewer');
    const seat = await openConsole(here.server.address, cookie);
    const far = await openConsole(there.server.address, cookie);
    await redis.kill();
    const asked = performance.now();
    await asAdmin(`/api/v1/sessions/${session}/end`, { body: {} }, here);
    await until(() => !seat.socket.connected, 'the end of the socket', LIMIT_MS);
    measured['with Redis away, same node'] = Math.round(performance.now() - asked);
    await until(() => !far.socket.connected, 'the end of the other socket', SWEEP_LIMIT_MS);
    measured['with Redis away, other node'] = Math.round(performance.now() - asked);
    await redis.start();
  });
});
