/** Administration of source keys: those made here, beside those of network.json, which are changed there. */
import { type Response, Router } from 'express';
import { Nothing } from '#shared/accounts.ts';
import {
  EVENT_TYPES,
  NewSourceKey,
  type NewSourceKeyAnswer,
  type SourceKeyEntry,
  type SourceKeysAnswer,
} from '#shared/administration.ts';
import type { KeptAccounts } from '../../auth/accounts.ts';
import type { KeyRefusal } from '../../auth/source-keys.ts';
import type { Network } from '../../network.ts';
import { body, readBody } from '../body.ts';
import { Refusal } from '../refuse.ts';

/** The routes. */
export function sourceKeyRoutes({ keys }: KeptAccounts, network: Network): Router {
  return Router()
    .get('/api/v1/source-keys', async (_request, response) => {
      const all = [...(await keys.list()), ...fromFile(network)];
      response.json({ keys: all, types: EVENT_TYPES } satisfies SourceKeysAnswer);
    })
    .post('/api/v1/source-keys', readBody, async (request, response) => {
      const wanted = body(NewSourceKey, request);
      const unknown = wanted.branches.find((branch) => branch !== '*' && !network.branch(branch));
      if (unknown !== undefined) throw new Refusal('invalid', 'branches');
      answerKey(response, await keys.add(wanted));
    })
    .post('/api/v1/source-keys/:id/rotate', readBody, async (request, response) => {
      body(Nothing, request);
      answerKey(response, await keys.rotate(request.params.id));
    })
    .post('/api/v1/source-keys/:id/revoke', readBody, async (request, response) => {
      body(Nothing, request);
      if ((await keys.revoke(request.params.id)) !== 'done') throw new Refusal('not-found');
      response.json({});
    });
}

function answerKey(response: Response, made: NewSourceKeyAnswer | KeyRefusal): void {
  if (made === 'not-found') throw new Refusal('not-found');
  if (made === 'two-live') throw new Refusal('conflict', 'source');
  response.json(made);
}

const fromFile = (network: Network): SourceKeyEntry[] =>
  network.sourceKeys().map(({ source, sha256, branches, note = '' }) => ({
    id: `file-${sha256.slice(0, 12)}`,
    source,
    branches,
    types: null,
    note,
    from: 'file',
    createdAt: null,
    expiresAt: null,
    usedAt: null,
    state: 'live',
  }));
