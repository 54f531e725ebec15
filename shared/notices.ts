/**
 * What people are told of moves: on the screens of whoever may see one of the two halls, and by webhooks.
 *
 * | route, under `/api/v1` | body | answer |
 * |---|---|---|
 * | GET  /notices | | NoticesAnswer: of the halls one may see, the newest first |
 * | GET  /webhooks | | WebhooksAnswer |
 * | PUT  /webhooks/:id | WebhookInput | { webhook: Webhook, secret?: string }: the secret only when it was made now |
 * | POST /webhooks/:id/rotate | {} | { webhook: Webhook, secret: string }: the old secret is over |
 * | POST /webhooks/:id/test | {} | WebhookTested: what came of a {@link TestNotice} |
 * | POST /webhooks/:id/remove | {} | {} |
 *
 * A webhook gets `POST` with a {@link Notice} as JSON, `Muster-Notice: <id>` and
 * `Muster-Signature: t=<epoch ms>,v1=<hex HMAC-SHA256 of "<t>.<body>" by the secret>`. Any 2xx takes it; else it comes
 * again, up to eight times within about three hours. The same notice may come twice: its id says so. An address that
 * may not be called is refused as `url.<why>`, why being an {@link OutgoingRefusal}.
 */
import { z } from 'zod';
import { Id, Text } from './ids.ts';
import type { Lever } from './levers.ts';
import { NOTICE_ACTIONS } from './notice-actions.ts';
import type { SuggestedPlace } from './suggestions.ts';

export type NoticeAction = (typeof NOTICE_ACTIONS)[number];

export interface Notice {
  /** Of this notice alone. */
  id: string;
  at: number;
  action: NoticeAction;
  /** Who did it; `null` when it was seen by itself. */
  by: string | null;
  move: string;
  lever: Lever;
  /** `null` where customers are steered. */
  person: { id: string; name: string; home: string } | null;
  from: NoticePlace;
  to: NoticePlace;
  /** When the person should serve there, epoch ms. */
  dueAt: number | null;
}
export type NoticePlace = Pick<SuggestedPlace, 'branch' | 'nameZh' | 'nameEn'>;

export interface NoticesAnswer {
  notices: Notice[];
}

const SECRET_CHARACTERS = { least: 16, most: 200 };
const MAX_PLACES = 10_000;

export const WebhookInput = z.strictObject({
  url: z.string().min(1).max(2_000),
  /** Signs what is sent; made when left out. */
  secret: z.string().min(SECRET_CHARACTERS.least).max(SECRET_CHARACTERS.most).optional(),
  /** Of moves that touch one of these; `*` for all. */
  branches: z
    .array(z.union([Id, z.literal('*')]))
    .min(1)
    .max(MAX_PLACES)
    .default(['*']),
  actions: z
    .array(z.enum(NOTICE_ACTIONS))
    .min(1)
    .default([...NOTICE_ACTIONS]),
  note: z.prefault(Text, ''),
  /** Nothing is sent while it is off, nor afterwards of that time. */
  enabled: z.boolean().default(true),
});
export type WebhookInput = z.infer<typeof WebhookInput>;

/** A webhook as it may be shown: its secret is never told again. */
export interface Webhook extends Omit<WebhookInput, 'secret'> {
  id: string;
  /** Notices of before are not sent. */
  since: number;
}

/** Why a call to an address was not made, or came to nothing. */
export type OutgoingRefusal =
  'not-a-url' | 'scheme' | 'credentials' | 'port' | 'unknown-host' | 'not-public' | 'redirect' | 'no-answer';

/** What is sent to try a webhook. */
export interface TestNotice {
  id: string;
  at: number;
  action: 'test';
}
export interface WebhookTested {
  /** Any 2xx takes it. */
  taken: boolean;
  answer: { status: number; body: string } | { refused: OutgoingRefusal };
  /** From the call until the answer. */
  tookMs: number;
}

/** One notice on its way to one webhook. */
export interface Delivery {
  webhook: string;
  notice: string;
  action: NoticeAction;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  lastAt: number;
  /** When it is tried again; `null` when it is not. */
  nextAt: number | null;
  /** What the last attempt brought: a status, or why there was none. */
  answer: string;
}

export interface WebhooksAnswer {
  webhooks: Webhook[];
  /** The newest first. */
  deliveries: Delivery[];
}
