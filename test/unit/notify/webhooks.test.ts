import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebhookInput } from '#shared/notices.ts';
import { createNotify } from '#server/notify/notify.ts';
import { openWebhookStore } from '#server/notify/webhook-store.ts';
import { manualClock } from '#server/clock.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
let receiver: Server;
let address: string;
let status = 204;
let heard: { body: string; signature: string | undefined }[] = [];

beforeEach(async () => {
  heard = [];
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      heard.push({ body, signature: request.headers['muster-signature'] as string | undefined });
      response.writeHead(status).end(status === 500 ? 'no room' : undefined);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterEach(() => new Promise((resolve) => receiver.close(resolve)));

function notify(allowPrivate = true) {
  const clock = manualClock(NOON);
  const store = openWebhookStore(null);
  const parts = { store, moves: () => [], allowPrivate, clock, logger: pino({ level: 'silent' }) };
  return { ...createNotify(parts), store, clock };
}
const wanted = (changes: object = {}) => WebhookInput.parse({ url: address, ...changes });

describe('a webhook', () => {
  it('is tried with a signed notice, and what the receiver said is told', async () => {
    const { put, test } = notify();
    put('chat', wanted());
    status = 204;
    expect(await test('chat')).toMatchObject({ taken: true, answer: { status: 204 } });
    status = 500;
    expect(await test('chat')).toMatchObject({ taken: false, answer: { status: 500, body: 'no room' } });
    expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({ action: 'test', at: NOON });
    expect(heard[0]?.signature).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    expect(await test('nothing')).toBeNull();
  });

  it('gets another secret that is told once', () => {
    const { put, rotate, store } = notify();
    put('chat', wanted());
    const before = store.all()[0]?.secret;
    const answer = rotate('chat');
    expect(answer?.secret).toBe(store.all()[0]?.secret);
    expect(answer?.secret).not.toBe(before);
    expect(answer?.webhook).not.toHaveProperty('secret');
    expect(rotate('nothing')).toBeNull();
  });

  it('that is switched on again is not told of what happened meanwhile', () => {
    const { put, store, clock } = notify();
    put('chat', wanted());
    clock.advanceTo(clock.now() + 1_000);
    put('chat', wanted({ enabled: false }));
    clock.advanceTo(clock.now() + 1_000);
    put('chat', wanted({ enabled: true }));
    expect(store.all()[0]?.since).toBe(NOON + 2_000);
  });

  it.each([
    ['http://127.0.0.1/', 'scheme'],
    ['https://127.0.0.1/', 'not-public'],
    ['https://user:word@example.com/', 'credentials'],
    ['nowhere', 'not-a-url'],
  ])('is refused with the reason: %s', (url, refused) => {
    expect(notify(false).put('chat', wanted({ url }))).toEqual({ refused });
  });
});
