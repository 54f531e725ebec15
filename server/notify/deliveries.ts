/** Brings notices to webhooks: each until it is taken, with growing rests, or given up. */
import type { Delivery, Notice } from '#shared/notices.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { isTaken, webhookCall, type WebhookCall } from './webhook-call.ts';
import type { KeptWebhook, WebhookStore } from './webhook-store.ts';

export interface Deliveries {
  /** Begins what is due; to be called about every second. Resolves when that has ended. */
  tick(): Promise<void>;
  /** What was tried lately, the newest first. */
  log(): Delivery[];
}

/** What a call brought: a status, or in a word why there was none; a call that can never be made is not tried again. */
export type CallAnswer = { status: number } | { refused: string; forGood: boolean };

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** Rests after the first, second, … attempt, ms; after the last one it is given up. */
const RESTS_MS = [
  10 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  60 * MINUTE_MS,
  60 * MINUTE_MS,
] as const;
const LOG_LENGTH = 200;

export function createDeliveries(parts: {
  store: WebhookStore;
  /** All that people are to be told of now. */
  notices: () => readonly Notice[];
  call: (url: string, call: WebhookCall) => Promise<CallAnswer>;
  clock: Clock;
  logger: Logger;
}): Deliveries {
  const { store, notices, call, clock, logger } = parts;
  const known = new Map<string, Delivery>();
  const under = new Set<string>();

  const deliver = async (webhook: KeptWebhook, notice: Notice, key: string): Promise<void> => {
    under.add(key);
    const attempts = (known.get(key)?.attempts ?? 0) + 1;
    try {
      const answer = await call(webhook.url, webhookCall(webhook, notice, clock.now()));
      const wasTaken = 'status' in answer && isTaken(answer.status);
      const rest = 'forGood' in answer && answer.forGood ? undefined : RESTS_MS[attempts - 1];
      const state = wasTaken ? 'delivered' : rest === undefined ? 'failed' : 'waiting';
      const now = clock.now();
      const nextAt = state === 'waiting' ? now + (rest ?? 0) : null;
      const told = 'status' in answer ? String(answer.status) : answer.refused;
      known.delete(key);
      known.set(key, {
        ...{ webhook: webhook.id, notice: notice.id, action: notice.action },
        ...{ state, attempts, lastAt: now, nextAt, answer: told },
      });
      if (state !== 'waiting') store.settle(webhook.id, notice.id, now);
      if (state === 'failed')
        logger.warn({ webhook: webhook.id, notice: notice.id, answer: told }, 'a webhook was given up');
    } finally {
      under.delete(key);
    }
  };

  const forget = (): void => {
    const over = [...known].filter(([, { state }]) => state !== 'waiting');
    for (const [key] of over.slice(0, Math.max(0, over.length - LOG_LENGTH))) known.delete(key);
  };

  return {
    async tick() {
      const webhooks = store.all();
      if (webhooks.length === 0) return;
      const now = clock.now();
      const all = notices().toReversed();
      const due = webhooks.flatMap((webhook) =>
        all
          .filter((notice) => isFor(webhook, notice) && !store.isSettled(webhook.id, notice.id))
          .map((notice) => ({ webhook, notice, key: JSON.stringify([webhook.id, notice.id]) }))
          .filter(({ key }) => !under.has(key) && now >= (known.get(key)?.nextAt ?? -Infinity)),
      );
      await Promise.all(due.map(({ webhook, notice, key }) => deliver(webhook, notice, key)));
      forget();
    },
    log: () => [...known.values()].reverse(),
  };
}

const isFor = (
  { enabled, since, branches, actions }: KeptWebhook,
  { at, action, from, to }: Notice,
): boolean =>
  enabled &&
  at >= since &&
  actions.includes(action) &&
  branches.some((branch) => branch === '*' || branch === from.branch || branch === to.branch);
