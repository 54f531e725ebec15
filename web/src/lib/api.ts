/** Asks the server over HTTP: the only place that does so for accounts and settings. Routes are in shared/accounts.ts. */
import { FAILURES, type FailureBody, type FailureCode } from '#shared/failure.ts';

const ROOT = '/api/v1';
/** Without an answer this long the server counts as away, ms. */
const PATIENCE_MS = 15_000;

/** The server said no, or nothing at all (`unavailable`). */
export class Refused extends Error {
  readonly code: FailureCode;
  /** The field that was refused. */
  readonly field: string | null;
  /** What the server's log knows the request by. */
  readonly requestId: string;
  /** All that was answered, where the route tells more than that. */
  readonly answer: unknown;

  constructor(code: FailureCode, field: string | null = null, requestId = '', answer: unknown = null) {
    super(FAILURES[code].message);
    this.code = code;
    this.field = field;
    this.requestId = requestId;
    this.answer = answer;
  }

  /** A refusal as it is; any other error means that the server was not reached. */
  static from(error: unknown): Refused {
    return error instanceof Refused ? error : new Refused('unavailable');
  }
}

/** Each resolves to the answer, and rejects with {@link Refused}. The answer's type is the contract's, not checked. */
export const api = {
  get: <T>(path: string): Promise<T> => ask<T>(path, { method: 'GET' }),
  post: <T = unknown>(path: string, body: object = {}): Promise<T> => ask<T>(path, withBody('POST', body)),
  put: <T = unknown>(path: string, body: object): Promise<T> => ask<T>(path, withBody('PUT', body)),
};

/** Address of a route for links that the browser follows by itself, such as files. */
export const apiPath = (path: string): string => `${ROOT}${path}`;

// The server takes changes as JSON from its own origin alone, which a foreign page cannot send.
const withBody = (method: string, body: object): RequestInit => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

async function ask<T>(path: string, request: RequestInit): Promise<T> {
  try {
    const response = await fetch(apiPath(path), { ...request, signal: AbortSignal.timeout(PATIENCE_MS) });
    const answer: unknown = await response.json();
    if (response.ok) return answer as T;
    throw refusal(answer);
  } catch (error) {
    throw Refused.from(error);
  }
}

function refusal(answer: unknown): Refused {
  const { error } = answer as Partial<FailureBody>;
  if (!error || !(error.code in FAILURES)) return new Refused('unavailable');
  return new Refused(error.code, error.field ?? null, error.requestId, answer);
}
