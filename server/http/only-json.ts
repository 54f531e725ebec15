import type { RequestHandler } from 'express';
import { Refusal } from './refuse.ts';

/** Lets JSON through only: a form of a foreign page could send anything else unasked. */
export const onlyJson: RequestHandler = (request, _response, next) => {
  if (!request.is('json')) throw new Refusal('unsupported-media-type');
  next();
};
