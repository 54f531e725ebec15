/** How somebody wants pages to look: kept with the account, of nobody else, and nothing but what the page knows. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Me } from '#shared/accounts.ts';
import { type OwnSite, startOwnSite } from '#test/support/secured.ts';

let site: OwnSite;
beforeAll(async () => {
  site = await startOwnSite();
});
afterAll(() => site.remove());

const chosen = (cookie: string, body: object): Promise<Response> =>
  site.secured.ask('/api/v1/me/display', { cookie, body });
const displayOf = async (cookie: string): Promise<unknown> =>
  ((await (await site.secured.ask('/api/v1/me', { cookie })).json()) as Me).signedIn?.display;

it('is nothing at first; what is chosen is added to what was', async () => {
  const { cookie } = site.admin;
  expect(await displayOf(cookie)).toEqual({});
  expect((await chosen(cookie, { theme: 'dark', undoSeconds: 30 })).status).toBe(200);
  expect((await chosen(cookie, { theme: null, language: 'zh-CN' })).status).toBe(200);
  expect(await displayOf(cookie)).toEqual({ theme: null, undoSeconds: 30, language: 'zh-CN' });
});

it.each([
  { theme: 'pink' },
  { undoSeconds: 1 },
  { undoSeconds: 61 },
  { density: 'tiny' },
  { shortcuts: 'yes' },
  { fontSize: 40 },
])('refuses %j and keeps what was there', async (body) => {
  const before = await displayOf(site.admin.cookie);
  expect((await chosen(site.admin.cookie, body)).status).toBe(422);
  expect(await displayOf(site.admin.cookie)).toEqual(before);
});

it('is of whoever is signed in', async () => {
  expect((await chosen('', { theme: 'dark' })).status).toBe(401);
});

it('does not end the session that chose, as a change of rights would', async () => {
  await chosen(site.admin.cookie, { shortcuts: false });
  expect((await site.secured.ask('/api/v1/people', { cookie: site.admin.cookie })).status).toBe(200);
});

it('is not in the audit trail, which would be full of it', async () => {
  await chosen(site.admin.cookie, { density: 'compact' });
  await site.secured.kept.audit.settled();
  const trail = await site.secured.ask('/api/v1/audit?text=display', { cookie: site.admin.cookie });
  expect(await trail.json()).toMatchObject({ entries: [] });
});
