/** Alerts from the first fact to the log, over real HTTP and a real log, with time that passes by itself. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertLogRow, AlertRulesAnswer, BackTestAnswer, PlacedAlert } from '#shared/alert-requests.ts';
import type { AlertRule } from '#shared/alerts.ts';
import type { View } from '#shared/views.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { hall } from '#test/support/profiles.ts';
import { openTestLog, type RunningApp, runApp } from '#test/support/running-app.ts';
import { pastVisits } from '#test/support/past-visits.ts';
import { until } from '#test/support/until.ts';

let redis: OwnRedis;
let running: RunningApp;
/** Open all day, so that the tests need no clock. */
const profile = hall({ hours: [{ opens: '00:00', closes: '24:00' }] });
const start = async (): Promise<void> => {
  running = await runApp(await openTestLog(redis.socketPath), [profile]);
};

beforeEach(async () => {
  redis = await startOwnRedis();
  await start();
});
afterEach(async () => {
  await running.stop();
  await redis.remove();
});

const send = async (method: 'POST' | 'PUT', path: string, body: unknown = {}) => {
  const response = await fetch(`${running.address}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as unknown };
};
const active = async (): Promise<PlacedAlert[]> =>
  ((await running.get('/api/v1/alerts')) as { alerts: PlacedAlert[] }).alerts;
const rules = async (): Promise<AlertRulesAnswer> =>
  (await running.get('/api/v1/alert-rules?branch=hall')) as AlertRulesAnswer;
const ruleOf = async (id: AlertRule['id']): Promise<AlertRule> => {
  const found = (await rules()).rules.find(({ rule }) => rule.id === id);
  if (!found) throw new Error(id);
  return found.rule;
};

/** A rule that raises at once, and somebody who waits too long. */
async function oneLate(): Promise<PlacedAlert> {
  const rule = { ...(await ruleOf('waitOverTarget')), raiseAfterSeconds: 0 };
  expect((await send('PUT', '/api/v1/alert-rules/waitOverTarget', { branch: 'hall', rule })).status).toBe(
    200,
  );
  const at = Date.now() - 20 * 60_000;
  await running.tell([
    { id: 'now', at: Date.now(), type: 'source.heartbeat', branch: 'hall' },
    { id: 'q', at, type: 'contact.queued', branch: 'hall', contact: 'k', queue: 'personal' },
  ]);
  await until(async () => (await active()).length === 1, 'it to be so');
  const [alert] = await active();
  if (!alert) throw new Error('none');
  return alert;
}

describe('alerts', () => {
  it('are raised, shown, acknowledged once by two people at the same time, and outlive a restart', async () => {
    const alert = await oneLate();
    expect(alert).toMatchObject({
      branch: 'hall',
      nameEn: 'Renmin Road',
      rule: 'waitOverTarget',
      priority: 'high',
      subjectEn: 'Personal',
    });
    const floor = (await running.get('/api/v1/branches/hall')) as View<'floor'>;
    expect(floor.tables.alerts.map(({ id }) => id)).toEqual([alert.id]);
    expect(floor.head).toMatchObject({ alertsUnseen: 1, alertsLastHour: 1 });

    const path = `/api/v1/alerts/${alert.id}/ack`;
    const answers = await Promise.all([send('POST', path), send('POST', path), send('POST', path)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const steps = async () =>
      ((await running.get('/api/v1/alerts/log?branch=hall')) as { entries: AlertLogRow[] }).entries;
    await until(async () => (await steps()).length === 2, 'both steps');
    expect((await steps()).map(({ action }) => action)).toEqual(['alert.acknowledged', 'alert.raised']);

    const before = await active();
    await running.stop();
    await start();
    expect(await active()).toEqual(before);
  }, 40_000);

  it('are shelved with a reason, taken back, judged, and refuse what makes no sense', async () => {
    const { id } = await oneLate();
    const shelve = `/api/v1/alerts/${id}/shelve`;
    expect(await send('POST', shelve, { minutes: 20 })).toMatchObject({ status: 422 });
    const shelved = await send('POST', shelve, { minutes: 15, reason: 'two are on their way' });
    expect(shelved.body).toMatchObject({ alert: { id, shelvedBy: 'console' } });
    const back = await send('POST', `/api/v1/alerts/${id}/unshelve`);
    expect(back.body).toMatchObject({ alert: { id, shelvedBy: null } });
    expect((await send('POST', `/api/v1/alerts/${id}/judge`, { verdict: 'handled' })).status).toBe(200);
    expect((await send('POST', `/api/v1/alerts/${id}/dance`)).status).toBe(404);
    expect((await send('POST', '/api/v1/alerts/nobody/ack')).status).toBe(404);
    const form = await fetch(`${running.address}/api/v1/alerts/${id}/ack`, { method: 'POST', body: 'x=1' });
    expect(form.status).toBe(415);
    await until(async () => (await rules()).rules[0]?.record.handled === 1, 'it to be so');
  }, 40_000);

  it('[AL5] a rule is tried on the past before it is set', async () => {
    const rule = await ruleOf('waitOverTarget');
    const backTest = async () =>
      (await send('POST', '/api/v1/alert-rules/back-test', { branch: 'hall', rule })).body as BackTestAnswer;
    expect(await backTest()).toMatchObject({ days: [], notTestable: 'noDays' });
    expect((await rules()).days).toBe(1);
    const visits = pastVisits({ now: Date.now(), days: 3, aDay: 1, queue: 'personal' });
    await running.tell(visits.map((visit) => ({ ...visit, branch: 'hall' })));
    await until(async () => (await backTest()).days.length === 3, 'the past days to be in history');
    expect(await backTest()).toMatchObject({ notTestable: null });
    expect((await rules()).days).toBe(3);
    const worse = { ...rule, clearAt: 2 };
    const refused = await send('POST', '/api/v1/alert-rules/back-test', { branch: 'hall', rule: worse });
    expect(refused).toMatchObject({ status: 422, body: { error: { field: 'rule.clearAt' } } });
    const states = await send('POST', '/api/v1/alert-rules/back-test', {
      branch: 'hall',
      rule: await ruleOf('breakOver'),
    });
    expect(states.body).toMatchObject({ notTestable: 'needsStates' });
  }, 40_000);
});
