/** Notices of moves, and the webhooks they are sent to. */
import { Router } from 'express';
import { Nothing } from '#shared/accounts.ts';
import { Id } from '#shared/ids.ts';
import { type NoticesAnswer, WebhookInput } from '#shared/notices.ts';
import type { Notify } from '../notify/notify.ts';
import { body, readBody } from './body.ts';
import { Refusal } from './refuse.ts';

export interface NoticeRouteParts extends Pick<
  Notify,
  'notices' | 'webhooks' | 'put' | 'rotate' | 'test' | 'remove'
> {
  isBranch: (id: string) => boolean;
  maySee: (branch: string) => boolean;
  /** Puts what somebody did into the audit trail. */
  audit: (act: { action: string; subject: string; after: unknown }) => void;
}

/** More than these nobody reads. */
const MOST = 50;

/** The routes. */
export function noticeRoutes(parts: NoticeRouteParts): Router {
  const { notices, webhooks, put, rotate, test, remove, isBranch, maySee, audit } = parts;
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
      if ('refused' in answer) throw new Refusal('invalid', `url.${answer.refused}`);
      audit({ action: 'webhook.set', subject: id.data, after: answer.webhook });
      response.json(answer);
    })
    .post('/api/v1/webhooks/:id/rotate', readBody, (request, response) => {
      body(Nothing, request);
      const answer = rotate(request.params.id);
      if (answer === null) throw new Refusal('not-found');
      audit({ action: 'webhook.rotated', subject: request.params.id, after: null });
      response.json(answer);
    })
    .post('/api/v1/webhooks/:id/test', readBody, async (request, response) => {
      body(Nothing, request);
      const tested = await test(request.params.id);
      if (tested === null) throw new Refusal('not-found');
      audit({ action: 'webhook.tested', subject: request.params.id, after: { taken: tested.taken } });
      response.json(tested);
    })
    .post('/api/v1/webhooks/:id/remove', readBody, (request, response) => {
      body(Nothing, request);
      if (!remove(request.params.id)) throw new Refusal('not-found');
      audit({ action: 'webhook.removed', subject: request.params.id, after: null });
      response.json({});
    });
}
