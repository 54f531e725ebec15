/** What a console can ask without a socket: branches, one branch's view, the network. */
import { Router } from 'express';
import { z } from 'zod';
import type { WaitingAnswer } from '#shared/expected-waits.ts';
import { Id } from '#shared/ids.ts';
import type { WatchRequest } from '#shared/protocol.ts';
import { VIEW_NAMES, type View } from '#shared/views.ts';
import { query } from './query.ts';
import { Refusal } from './refuse.ts';

/** What the routes need of the live state. */
export interface LiveReader {
  /** Branches the caller may see. */
  branches(): {
    id: string;
    nameZh: string;
    nameEn: string;
    region: string;
    regionZh: string;
    regionEn: string;
    channel: string;
  }[];
  /** A view as of now with its fields by name; `undefined` when there is no such view for the caller. */
  view(request: WatchRequest): View<'floor' | 'row' | 'customerWall' | 'staffWall'> | undefined;
  /** Tells who waits in a queue of a branch; `undefined` when there is no such branch for the caller. */
  waiting(branch: string): ((queue: string) => WaitingAnswer) | undefined;
}

const BranchView = z.strictObject({ view: z.enum(VIEW_NAMES).default('floor') });
const WaitingQuery = z.strictObject({ queue: Id });
const SORTS = ['late', 'waiting', 'worstRatio', 'id'] as const;
const NetworkQuery = z.strictObject({
  scope: z.string().default('all'),
  status: z.enum(['normal', 'risk', 'breach', 'stale', 'closed']).optional(),
  sort: z.enum(SORTS).default('late'),
  /** Id of the last row of the page before. */
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(3_000).default(500),
});

/** The routes. */
export function readRoutes(live: LiveReader): Router {
  return Router()
    .get('/api/v1/branches', (_request, response) => {
      response.json({ branches: live.branches() });
    })
    .get('/api/v1/branches/:id', (request, response) => {
      const { view } = query(BranchView, request);
      const wish: WatchRequest =
        view === 'row' ? { view, scope: 'all' } : { view, branch: request.params.id };
      const found = live.view(wish);
      if (!found) throw new Refusal('not-found');
      if (view !== 'row') {
        response.json({ view, ...found });
        return;
      }
      const row = (found as View<'row'>).tables.branches.find(({ id }) => id === request.params.id);
      if (!row) throw new Refusal('not-found');
      response.json({ view, ...row });
    })
    .get('/api/v1/branches/:id/waiting', (request, response) => {
      const waitingIn = live.waiting(request.params.id);
      if (!waitingIn) throw new Refusal('not-found');
      response.json(waitingIn(query(WaitingQuery, request).queue));
    })
    .get('/api/v1/network', (request, response) => {
      const { scope, status, sort, cursor, limit } = query(NetworkQuery, request);
      const found = live.view({ view: 'row', scope }) as View<'row'> | undefined;
      if (!found) throw new Refusal('not-found', 'scope');
      const rows = found.tables.branches
        .filter((row) => status === undefined || row.status === status)
        .sort((a, b) => (sort === 'id' ? 0 : (b[sort] ?? 0) - (a[sort] ?? 0)) || (a.id < b.id ? -1 : 1));
      const from = cursor === undefined ? 0 : rows.findIndex(({ id }) => id === cursor) + 1;
      const page = rows.slice(from, from + limit);
      const next = from + limit < rows.length ? (page.at(-1)?.id ?? null) : null;
      response.json({ total: rows.length, rows: page, next });
    });
}
