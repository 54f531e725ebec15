/** Every reason Muster gives for refusing something; the list is closed, texts may change, codes may not. */
export const FAILURES = {
  unauthorized: { status: 401, message: 'no valid key or session' },
  forbidden: { status: 403, message: 'not allowed for this key or session' },
  'not-found': { status: 404, message: 'there is no such thing, or it is not yours to see' },
  conflict: { status: 409, message: 'that cannot be done as things stand' },
  'too-large': { status: 413, message: 'the request is larger than allowed' },
  'unsupported-media-type': {
    status: 415,
    message: 'send application/json or application/x-ndjson, uncompressed',
  },
  unreadable: { status: 422, message: 'nothing in the request could be read' },
  invalid: { status: 422, message: 'a field is missing, unknown or wrong' },
  'too-many-requests': { status: 429, message: 'slow down' },
  unavailable: { status: 503, message: 'the log cannot take it now; try again' },
  internal: { status: 500, message: 'something went wrong on our side' },
} as const satisfies Record<string, { status: number; message: string }>;

export type FailureCode = keyof typeof FAILURES;

/** The body of every refusal. */
export interface FailureBody {
  error: { code: FailureCode; message: string; field?: string; requestId: string };
}

/** Answer to a socket request: the value, or one code of the closed list. */
export type Ack<T> = ({ ok: true } & T) | { ok: false; code: FailureCode; message: string };
