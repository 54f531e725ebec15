/** Notices of moves, and the webhooks they are sent to. */
import { Router } from 'express';
import { Nothing } from '#shared/accounts.ts';
import { Id } from '#shared/ids.ts';
import {
  type Notice,
  type NoticesAnswer,
  type Webhook,
  WebhookInput,
  type WebhooksAnswer,
} from '#shared/notices.ts';
import { body, readBody } from './body.ts';
import { Refusal } from './refuse.ts';

export interface NoticeRouteParts {
  notices: () => readonly Notice[];
  webhooks: () => WebhooksAnswer;
  put: (id: string, wanted: WebhookInput) => { webhook: Webhook; secret?: string } | null;
  remove: (id: string) => boolean;
  isBranch: (id: string) => boolean;
  maySee: (branch: string) => boolean;
  /** Puts what somebody did into the audit trail. */
  audit: (act: { action: string; subject: string; after: unknown }) => void;
}

/** More than these nobody reads. */
const MOST = 50;

/** The routes. */
export function noticeRoutes(parts: NoticeRouteParts): Router {
  const { notices, webhooks, put, remove, isBranch, maySee, audit } = parts;
  return Router()
    .get('/api/v1/notices', (_request, response) => {
      const seen = notices().filter(({ from, to }) => maySee(from.branch) || maySee(to.branch));
      response.json({ notices: seen.slice(0, MOST) } satisfies NoticesAnswer);
    })
    .get('/api/v1/webhooks', (_request, response) => {
      response.json(webhooks());
    })
    .put('/api/v1/webhooks/:id', readBody, (request, response) => {
      const id = Id.safeParse(request.params.id);
      if (!id.success) throw new Refusal('invalid', 'id');
      const wanted = body(WebhookInput, request);
      const unknown = wanted.branches.findIndex((branch) => branch !== '*' && !isBranch(branch));
      if (unknown >= 0) throw new Refusal('invalid', `branches.${unknown}`);
      const answer = put(id.data, wanted);
      if (answer === null) throw new Refusal('invalid', 'url');
      audit({ action: 'webhook.set', subject: id.data, after: answer.webhook });
      response.json(answer);
    })
    .post('/api/v1/webhooks/:id/remove', readBody, (request, response) => {
      body(Nothing, request);
      if (!remove(request.params.id)) throw new Refusal('not-found');
      audit({ action: 'webhook.removed', subject: request.params.id, after: null });
      response.json({});
    });
}
