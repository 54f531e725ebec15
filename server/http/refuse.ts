/** Answers in JSON, and refusals in one shape: `{error: {code, message, field?, requestId}}`. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import { type FailureBody, type FailureCode, FAILURES } from '#shared/failure.ts';
import type { Logger } from '../logger.ts';

/** On every answer, whoever gives it. */
export const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
} as const;

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

/** Answers with JSON. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  // As text, not as bytes: then head and body leave in one write.
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    ...headers,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** Answers with the refusal an error stands for; only faults of ours are logged. */
export function answerFailure(response: ServerResponse, error: unknown, logger: Logger): void {
  const { code, field } = refusalOf(error);
  if (code === 'internal') logger.error({ err: error }, 'a request failed');
  const { status, message } = FAILURES[code];
  const body: FailureBody = {
    error: { code, message, requestId: randomUUID(), ...(field === undefined ? {} : { field }) },
  };
  const retry = code === 'unavailable' || code === 'too-many-requests';
  answerJson(response, status, body, retry ? { 'Retry-After': '1' } : {});
}

const BY_STATUS: Partial<Record<number, FailureCode>> = {
  400: 'unreadable',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
};
/** Errors of parts that are away, by name: the same request may succeed later. */
const AWAY = new Set(['LogUnavailable', 'HistoryUnavailable', 'AccountsUnavailable']);

function refusalOf(error: unknown): { code: FailureCode; field?: string | undefined } {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return { code: 'internal' };
  if (AWAY.has(error.name)) return { code: 'unavailable' };
  if (error.name === 'AnswerTooLarge') return { code: 'too-large' };
  if (error.name === 'PasswordsBusy') return { code: 'too-many-requests' };
  // The router marks what the client did wrong by a 4xx status.
  const status = 'status' in error ? Number(error.status) : 500;
  return { code: status >= 400 && status < 500 ? (BY_STATUS[status] ?? 'unreadable') : 'internal' };
}

/** The last stop of the router: what a route threw becomes a refusal. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) next(error);
    else answerFailure(response, error, logger);
  };
}
