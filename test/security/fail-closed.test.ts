/** Accounts that cannot be asked: nobody is let in, whatever they hold; and in again as soon as accounts are back. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsFile } from '#server/auth/accounts.ts';
import { knock } from '#test/support/console.ts';
import { KEYS } from '#test/support/running-app.ts';
import { type Entered, type OwnSite, pairWall, type Secured, startOwnSite } from '#test/support/secured.ts';

/** Tables that every look at somebody's rights reads. */
const READ = ['sessions', 'devices'] as const;

let site: OwnSite;
let secured: Secured;
let admin: Entered;
let wall: { cookie: string };

beforeAll(async () => {
  site = await startOwnSite();
  ({ secured, admin } = site);
  wall = await pairWall(secured, admin.cookie);
});
afterAll(() => site.remove());

function rename(toAway: boolean): void {
  const file = new DatabaseSync(accountsFile(site.folder));
  for (const table of READ)
    file.exec(
      toAway
        ? `alter table ${table} rename to ${table}_away`
        : `alter table ${table}_away rename to ${table}`,
    );
  file.close();
}

describe('[SF1] while accounts cannot be read', () => {
  beforeAll(() => rename(true));
  afterAll(() => rename(false));

  it.each([
    ['/api/v1/branches', 'session'],
    ['/api/v1/branches', 'device'],
    ['/api/v1/me', 'session'],
    ['/api/v1/people', 'session'],
  ] as const)('%s is refused to a %s, with when to come back', async (path, kind) => {
    const response = await secured.ask(path, { cookie: kind === 'session' ? admin.cookie : wall.cookie });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toMatchObject({ error: { code: 'unavailable' } });
  });

  it('nothing is changed', async () => {
    const response = await secured.ask('/api/v1/people', {
      cookie: admin.cookie,
      body: { login: 'new', name: 'New', grants: [] },
    });
    expect(response.status).toBe(503);
    expect(await secured.kept.people.byLogin('new')).toBeUndefined();
  });

  it('no socket is opened', async () => {
    const { address } = secured.server;
    for (const { cookie } of [admin, wall]) expect(await knock(address, address, cookie)).toBe('unavailable');
  });

  it('sources whose keys are known go on telling', async () => {
    const beat = [{ id: 'beat', at: Date.now(), branch: 'hall', type: 'source.heartbeat' }];
    expect((await secured.server.post(beat, { key: KEYS.all.key })).status).toBe(200);
  });
});

it('[SF1] when they are back, everybody is let in as before', async () => {
  const { address } = secured.server;
  expect((await secured.ask('/api/v1/branches', { cookie: admin.cookie })).status).toBe(200);
  expect(await knock(address, address, wall.cookie)).toBe('connected');
});
