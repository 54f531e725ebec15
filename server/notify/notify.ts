/** Telling people of moves: what there is to tell, and the webhooks it goes to. */
import type {
  Notice,
  OutgoingRefusal,
  TestNotice,
  Webhook,
  WebhookInput,
  WebhooksAnswer,
  WebhookTested,
} from '#shared/notices.ts';
import { newToken } from '../auth/secrets.ts';
import type { Clock } from '../clock.ts';
import type { LiveMove } from '../domain/staffing/fold-moves.ts';
import { noticesOf } from '../domain/staffing/notices.ts';
import { guardedFetch, type OutgoingAnswer, OutgoingRefused, outgoingUrl } from '../http/outgoing-address.ts';
import type { Logger } from '../logger.ts';
import { createDeliveries } from './deliveries.ts';
import { isTaken, webhookCall, type WebhookCall } from './webhook-call.ts';
import { type WebhookStore, withoutSecret } from './webhook-store.ts';

export interface Notify {
  /** What people are to be told of, the newest first. */
  notices(): Notice[];
  webhooks(): WebhooksAnswer;
  /** Sets a webhook up, or changes it: then its secret stays unless another is given; or why the address may not be called. */
  put(id: string, wanted: WebhookInput): { webhook: Webhook; secret?: string } | { refused: OutgoingRefusal };
  /** Gives it another secret; `null` when there is none. */
  rotate(id: string): { webhook: Webhook; secret: string } | null;
  /** Sends it something now, once; `null` when there is none. */
  test(id: string): Promise<WebhookTested | null>;
  /** False when there is none. */
  remove(id: string): boolean;
  /** To be called about every second. */
  tick(): Promise<void>;
}

/** Of what a receiver said so much is shown. */
const SHOWN_CHARACTERS = 500;
/** Looks that no second try can change. */
const FOR_GOOD: ReadonlySet<OutgoingRefusal> = new Set(['not-a-url', 'scheme', 'credentials', 'port']);

export function createNotify(parts: {
  store: WebhookStore;
  moves: () => readonly LiveMove[];
  /** Webhooks may stand in our own house. */
  allowPrivate: boolean;
  clock: Clock;
  logger: Logger;
}): Notify {
  const { store, moves, allowPrivate, clock } = parts;
  const policy = { allowPrivate, ...(allowPrivate ? { ports: 'any' as const } : {}) };
  const notices = (): Notice[] => noticesOf(moves(), clock.now());
  const call = async (
    url: string,
    call: WebhookCall,
  ): Promise<OutgoingAnswer | { refused: OutgoingRefusal; forGood: boolean }> => {
    try {
      return await guardedFetch(url, call, policy);
    } catch (error) {
      if (!(error instanceof OutgoingRefused)) throw error;
      return { refused: error.reason, forGood: FOR_GOOD.has(error.reason) };
    }
  };
  const find = (id: string) => store.all().find((each) => each.id === id);
  const deliveries = createDeliveries({ ...parts, notices, call });
  return {
    notices,
    webhooks: () => ({ webhooks: store.all().map(withoutSecret), deliveries: deliveries.log() }),
    put(id, { secret: given, ...wanted }) {
      try {
        outgoingUrl(wanted.url, policy);
      } catch (error) {
        if (error instanceof OutgoingRefused) return { refused: error.reason };
        throw error;
      }
      const before = find(id);
      const secret = given ?? before?.secret ?? newToken();
      // What happened while it was off is not told afterwards.
      const since = before?.enabled === true ? before.since : clock.now();
      const webhook = { ...wanted, id, secret, since };
      store.put(webhook);
      const isNew = given === undefined && before === undefined;
      return { webhook: withoutSecret(webhook), ...(isNew ? { secret } : {}) };
    },
    rotate(id) {
      const before = find(id);
      if (before === undefined) return null;
      const webhook = { ...before, secret: newToken() };
      store.put(webhook);
      return { webhook: withoutSecret(webhook), secret: webhook.secret };
    },
    async test(id) {
      const webhook = find(id);
      if (webhook === undefined) return null;
      const began = clock.monotonic();
      const notice: TestNotice = { id: `test-${newToken()}`, at: clock.now(), action: 'test' };
      const answer = await call(webhook.url, webhookCall(webhook, notice, clock.now()));
      const tookMs = Math.round(clock.monotonic() - began);
      if ('refused' in answer) return { taken: false, answer: { refused: answer.refused }, tookMs };
      const { status, body } = answer;
      const shown = { status, body: body.slice(0, SHOWN_CHARACTERS) };
      return { taken: isTaken(status), answer: shown, tookMs };
    },
    remove: store.remove,
    tick: deliveries.tick,
  };
}
