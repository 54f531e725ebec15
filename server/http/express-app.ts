/** The HTTP side: routes in their order, headers on everything, refusals at the end. */
import express, { type Express, type RequestHandler, type Router } from 'express';
import type { Logger } from '../logger.ts';
import type { OriginRule } from './allowed-origin.ts';
import { errorHandler, Refusal, SECURITY_HEADERS } from './refuse.ts';

/** An Express app of these routes; `open` ones need no console. */
export function createExpressApp(parts: {
  origin: OriginRule;
  logger: Logger;
  open: readonly Router[];
  console: readonly (Router | RequestHandler)[];
}): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.use((_request, response, next) => {
    response.set(SECURITY_HEADERS);
    next();
  });
  for (const routes of parts.open) app.use(routes);
  app.use((request, _response, next) => {
    if (!parts.origin.allowsHost(request)) throw new Refusal('forbidden');
    next();
  });
  for (const routes of parts.console) app.use(routes);
  app.use(() => {
    throw new Refusal('not-found');
  });
  app.use(errorHandler(parts.logger));
  return app;
}
