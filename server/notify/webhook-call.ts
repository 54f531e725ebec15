/** One notice as it is sent: signed, so that the receiver knows who sent it and that nobody changed it. */
import { createHmac } from 'node:crypto';
import type { Notice, TestNotice } from '#shared/notices.ts';
import type { KeptWebhook } from './webhook-store.ts';

export interface WebhookCall {
  method: 'POST';
  headers: Record<string, string>;
  body: string;
}

/** The call with which a webhook is told of a notice at `now`, epoch ms. */
export function webhookCall({ secret }: KeptWebhook, notice: Notice | TestNotice, now: number): WebhookCall {
  const body = JSON.stringify(notice);
  return {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      'Muster-Notice': notice.id,
      'Muster-Signature': `t=${now},v1=${signatureOf(secret, now, body)}`,
    },
    body,
  };
}

/** HMAC-SHA256 of time and body, in hex. */
const signatureOf = (secret: string, at: number, body: string): string =>
  createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');

/** True when a receiver that answers so has taken what was sent. */
export const isTaken = (status: number): boolean => status >= 200 && status < 300;
