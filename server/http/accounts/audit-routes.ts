/** The audit trail for those who may read it: searched page by page, or as a table for a spreadsheet. */
import { Router } from 'express';
import { AuditQuery } from '#shared/administration.ts';
import type { KeptAccounts } from '../../auth/accounts.ts';
import { query } from '../query.ts';
import { type Pages, streamCsv } from '../stream-rows.ts';

/** Entries read at a time for a file. */
const FILE_PAGE = 1_000;

/** The route. */
export function auditRoutes({ audit }: KeptAccounts): Router {
  return Router().get('/api/v1/audit', async (request, response) => {
    const asked = query(AuditQuery, request);
    if (asked.format === 'json') {
      response.json(await audit.search(asked));
      return;
    }
    const pages = async function* (): AsyncGenerator<object[], object> {
      let cursor = asked.cursor;
      do {
        const { entries, next } = await audit.search({ ...asked, cursor, limit: FILE_PAGE });
        yield entries;
        cursor = next ?? undefined;
      } while (cursor !== undefined);
      return {};
    };
    audit.note({ action: 'audit.exported', after: asked });
    await streamCsv(response, pages() satisfies Pages);
  });
}
