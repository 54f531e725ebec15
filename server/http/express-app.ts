/** The HTTP side: routes in their order, headers on everything, refusals at the end. */
import type { RequestListener } from 'node:http';
import express, { type RequestHandler, type Router } from 'express';
import type { Logger } from '../logger.ts';
import { requireAccess } from './access-table.ts';
import type { OriginRule } from './allowed-origin.ts';
import { inSlices } from './in-slices.ts';
import { errorHandler, Refusal, SECURITY_HEADERS } from './refuse.ts';

/** Half a year. */
const HSTS = 'max-age=15552000';

/** A listener for these routes; `open` ones need no console. Throws when one of them is not in the access table. */
export function createExpressApp(parts: {
  origin: OriginRule;
  logger: Logger;
  /** Stands before the routes of the console and decides who reaches them. */
  gate: RequestHandler;
  /** Browsers reach Muster over HTTPS and shall not try otherwise. */
  secure?: boolean;
  open: readonly Router[];
  console: readonly (Router | RequestHandler)[];
}): RequestListener {
  requireAccess([...parts.open, ...parts.console]);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.use((_request, response, next) => {
    response.set(SECURITY_HEADERS);
    if (parts.secure === true) response.set('Strict-Transport-Security', HSTS);
    next();
  });
  for (const routes of parts.open) app.use(routes);
  app.use((request, _response, next) => {
    if (!parts.origin.allowsHost(request)) throw new Refusal('forbidden');
    next();
  });
  app.use(parts.gate);
  for (const routes of parts.console) app.use(routes);
  app.use(() => {
    throw new Refusal('not-found');
  });
  app.use(errorHandler(parts.logger));
  return inSlices(app);
}
