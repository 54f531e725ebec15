import { createHmac } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { NOTICE_ACTIONS } from '#shared/notice-actions.ts';
import type { Notice } from '#shared/notices.ts';
import { manualClock } from '#server/clock.ts';
import { type CallAnswer, createDeliveries } from '#server/notify/deliveries.ts';
import type { WebhookCall } from '#server/notify/webhook-call.ts';
import { openWebhookStore } from '#server/notify/webhook-store.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;
const place = (branch: string) => ({ branch, nameZh: branch, nameEn: branch });
const notice = (id: string, over: Partial<Notice> = {}): Notice => ({
  id,
  at: NOON,
  action: 'move.accepted',
  by: 'Li',
  move: 'm-1',
  lever: 'send',
  person: { id: 'n1', name: 'n1', home: 'north' },
  from: place('north'),
  to: place('south'),
  dueAt: NOON + 20 * MINUTE,
  ...over,
});
const webhook = {
  id: 'chat',
  url: 'https://chat.example/hook',
  secret: 'a secret nobody knows',
  branches: ['south'],
  actions: [...NOTICE_ACTIONS],
  note: '',
  enabled: true,
  since: NOON - MINUTE,
};

/** One webhook, what it is called with, and what it answers: the next of `answers`, the last one again and again. */
function sending(notices: Notice[], answers: CallAnswer[], over: Partial<typeof webhook> = {}) {
  const clock = manualClock(NOON);
  const store = openWebhookStore(null);
  store.put({ ...webhook, ...over });
  const calls: { at: number; url: string; call: WebhookCall }[] = [];
  const deliveries = createDeliveries({
    store,
    notices: () => notices,
    call: (url, call) => {
      calls.push({ at: (clock.now() - NOON) / 1_000, url, call });
      return Promise.resolve(answers[Math.min(calls.length, answers.length) - 1] ?? { status: 500 });
    },
    clock,
    logger: pino({ level: 'silent' }),
  });
  const pass = async (minutes: number): Promise<void> => {
    for (const end = clock.now() + minutes * MINUTE; clock.now() < end;) {
      clock.advanceTo(clock.now() + 1_000);
      await deliveries.tick();
    }
  };
  return { calls, deliveries, pass, store };
}

describe('notices to webhooks', () => {
  it('are sent once, signed over time and body', async () => {
    const { calls, deliveries, pass } = sending([notice('m-1.2')], [{ status: 204 }]);
    await pass(5);
    expect(calls.length).toBe(1);
    const [sent] = calls;
    if (sent === undefined) throw new Error('not sent');
    const { headers, body } = sent.call;
    const signature = createHmac('sha256', webhook.secret)
      .update(`${NOON + 1_000}.${body}`)
      .digest('hex');
    expect(headers['Muster-Signature']).toBe(`t=${NOON + 1_000},v1=${signature}`);
    expect(headers['Muster-Notice']).toBe('m-1.2');
    expect(JSON.parse(body)).toEqual(notice('m-1.2'));
    expect(deliveries.log()).toMatchObject([{ state: 'delivered', attempts: 1, answer: '204' }]);
  });

  it('come again with growing rests until they are taken', async () => {
    const { calls, deliveries, pass } = sending(
      [notice('m-1.2')],
      [{ status: 500 }, { refused: 'no-answer', forGood: false }, { status: 200 }],
    );
    await pass(5);
    expect(calls.map(({ at }) => at)).toEqual([1, 11, 41]);
    expect(deliveries.log()).toMatchObject([{ state: 'delivered', attempts: 3 }]);
  });

  it('are given up after eight attempts, and at once where no call can ever be made', async () => {
    const never = sending([notice('m-1.2')], [{ status: 503 }]);
    await never.pass(200);
    expect(never.calls.length).toBe(8);
    expect(never.deliveries.log()).toMatchObject([{ state: 'failed', answer: '503', nextAt: null }]);
    const wrong = sending([notice('m-1.2')], [{ refused: 'scheme', forGood: true }]);
    await wrong.pass(5);
    expect(wrong.calls.length).toBe(1);
    expect(wrong.deliveries.log()).toMatchObject([{ state: 'failed', answer: 'scheme' }]);
  });

  it('are those of its halls, of the steps it asked for, and not of before it was set up', async () => {
    const notices = [
      notice('m-1.2'),
      notice('m-2.2', { to: place('east') }),
      notice('m-3.2', { from: place('south'), to: place('east') }),
      notice('m-4.2', { at: NOON - 2 * MINUTE }),
      notice('m-5.2', { action: 'move.late' }),
    ];
    const { calls, pass } = sending(notices, [{ status: 200 }], { actions: ['move.accepted'] });
    await pass(1);
    expect(calls.map(({ call }) => call.headers['Muster-Notice']).sort()).toEqual(['m-1.2', 'm-3.2']);
  });
});
