/** Telling people of moves: what there is to tell, and the webhooks it goes to. */
import type { Notice, Webhook, WebhookInput, WebhooksAnswer } from '#shared/notices.ts';
import { newToken } from '../auth/secrets.ts';
import type { Clock } from '../clock.ts';
import type { LiveMove } from '../domain/staffing/fold-moves.ts';
import { noticesOf } from '../domain/staffing/notices.ts';
import {
  guardedFetch,
  OutgoingRefused,
  type OutgoingRefusal,
  outgoingUrl,
} from '../http/outgoing-address.ts';
import type { Logger } from '../logger.ts';
import { type CallAnswer, createDeliveries } from './deliveries.ts';
import type { WebhookCall } from './webhook-call.ts';
import { type WebhookStore, withoutSecret } from './webhook-store.ts';

export interface Notify {
  /** What people are to be told of, the newest first. */
  notices(): Notice[];
  webhooks(): WebhooksAnswer;
  /** Sets a webhook up, or changes it: then its secret stays unless another is given. `null` when the address may not be called. */
  put(id: string, wanted: WebhookInput): { webhook: Webhook; secret?: string } | null;
  /** False when there is none. */
  remove(id: string): boolean;
  /** To be called about every second. */
  tick(): Promise<void>;
}

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
  const call = async (url: string, call: WebhookCall): Promise<CallAnswer> => {
    try {
      return { status: (await guardedFetch(url, call, policy)).status };
    } catch (error) {
      if (!(error instanceof OutgoingRefused)) throw error;
      return { refused: error.reason, forGood: FOR_GOOD.has(error.reason) };
    }
  };
  const deliveries = createDeliveries({ ...parts, notices, call });
  return {
    notices,
    webhooks: () => ({ webhooks: store.all().map(withoutSecret), deliveries: deliveries.log() }),
    put(id, { secret: given, ...wanted }) {
      try {
        outgoingUrl(wanted.url, policy);
      } catch (error) {
        if (error instanceof OutgoingRefused) return null;
        throw error;
      }
      const before = store.all().find((each) => each.id === id);
      const secret = given ?? before?.secret ?? newToken();
      const webhook = { ...wanted, id, secret, since: before?.since ?? clock.now() };
      store.put(webhook);
      const isNew = given === undefined && before === undefined;
      return { webhook: withoutSecret(webhook), ...(isNew ? { secret } : {}) };
    },
    remove: store.remove,
    tick: deliveries.tick,
  };
}
