/** Refusals in one shape: `{error: {code, message, field?, requestId}}`. */
import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Response } from 'express';
import { type FailureBody, type FailureCode, FAILURES } from '#shared/failure.ts';
import type { Logger } from '../logger.ts';

/** Something that is refused with a code of the closed list. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: FailureCode;
  readonly field: string | undefined;
  constructor(code: FailureCode, field?: string) {
    super(FAILURES[code].message);
    this.code = code;
    this.field = field;
  }
}

/** Answers with a refusal. */
function refuse(response: Response, code: FailureCode, field?: string): void {
  const { status, message } = FAILURES[code];
  const requestId = randomUUID();
  const body: FailureBody = {
    error: { code, message, requestId, ...(field === undefined ? {} : { field }) },
  };
  if (code === 'unavailable' || code === 'too-many-requests') response.set('Retry-After', '1');
  response.status(status).json(body);
}

const BY_STATUS: Partial<Record<number, FailureCode>> = {
  400: 'unreadable',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
};

/** The last stop: what a route threw becomes a refusal; only faults of ours are logged. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof Refusal) {
      refuse(response, error.code, error.field);
      return;
    }
    if (error instanceof Error && error.name === 'LogUnavailable') {
      refuse(response, 'unavailable');
      return;
    }
    // The body reader and the router mark what the client did wrong by a 4xx status.
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    if (status >= 400 && status < 500) {
      refuse(response, BY_STATUS[status] ?? 'unreadable');
      return;
    }
    logger.error({ err: error }, 'a request failed');
    refuse(response, 'internal');
  };
}
