/** Where notices are sent, and what was delivered: the file `webhooks.json` of the data folder. */
import { z } from 'zod';
import { Id } from '#shared/ids.ts';
import { type Webhook, WebhookInput } from '#shared/notices.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';

const KeptWebhook = WebhookInput.extend({ id: Id, since: z.number(), secret: z.string() });
export type KeptWebhook = z.infer<typeof KeptWebhook>;

const Kept = z.strictObject({
  webhooks: z.array(KeptWebhook).default([]),
  /** By webhook, the notices that need not be sent to it any more: when that became so, epoch ms, by id. */
  settled: z.record(z.string(), z.record(z.string(), z.number())).default({}),
});

export interface WebhookStore {
  all(): readonly KeptWebhook[];
  put(webhook: KeptWebhook): void;
  /** False when there was none. */
  remove(id: string): boolean;
  isSettled(webhook: string, notice: string): boolean;
  /** A notice was taken, or given up, at this time. */
  settle(webhook: string, notice: string, at: number): void;
}

/** Notices are made of moves that are not older than this, ms. */
const KEEP_MS = 24 * 3_600_000;

/** The store of a file; without one it forgets with the process. Throws ConfigError naming the field. */
export function openWebhookStore(file: string | null): WebhookStore {
  const kept = (file === null ? null : readJsonFile(file, Kept)) ?? Kept.parse({});
  const save = (): void => {
    if (file !== null) writeJsonFile(file, kept);
  };
  return {
    all: () => kept.webhooks,
    put(webhook) {
      kept.webhooks = [...kept.webhooks.filter(({ id }) => id !== webhook.id), webhook];
      save();
    },
    remove(id) {
      const left = kept.webhooks.filter((each) => each.id !== id);
      const isThere = left.length < kept.webhooks.length;
      kept.webhooks = left;
      delete kept.settled[id];
      if (isThere) save();
      return isThere;
    },
    isSettled: (webhook, notice) => kept.settled[webhook]?.[notice] !== undefined,
    settle(webhook, notice, at) {
      const before = Object.entries(kept.settled[webhook] ?? {}).filter(([, then]) => at - then < KEEP_MS);
      kept.settled[webhook] = Object.fromEntries([...before, [notice, at]]);
      save();
    },
  };
}

/** As it may be shown. */
export const withoutSecret = ({ secret: _secret, ...shown }: KeptWebhook): Webhook => shown;
