/** `POST /api/v1/events`: facts from sources, as a JSON array or as NDJSON. */
import express, { type Request, type Response, Router } from 'express';
import { type Ingest, type IngestAnswer, type Item, MAX_EVENTS, type SourcePrincipal } from '../ingest.ts';
import { Refusal } from './refuse.ts';

const MAX_BODY_BYTES = 1_024 * 1_024;
/** Posts of one source in flight; more would only wait in memory. */
const MAX_IN_FLIGHT = 64;
const utf8 = new TextDecoder('utf-8', { fatal: true });

export interface IngestRouteParts {
  ingest: Ingest;
  /** Who presents this key, or `undefined`. */
  sourceOf: (key: string) => SourcePrincipal | undefined;
  /** Told of every answer. */
  onAnswer: (source: string, answer: IngestAnswer) => void;
}

/** The route; 200 comes after the log has the accepted events on disk. */
export function ingestRoute({ ingest, sourceOf, onAnswer }: IngestRouteParts): Router {
  const inFlight = new Map<string, number>();
  const readBody = express.raw({ type: () => true, limit: MAX_BODY_BYTES, inflate: false });

  return Router().post('/api/v1/events', authenticate, readBody, async (request, response) => {
    const principal = principalOf(response);
    const items = readItems(request);
    const running = inFlight.get(principal.source) ?? 0;
    if (running >= MAX_IN_FLIGHT) throw new Refusal('too-many-requests');
    inFlight.set(principal.source, running + 1);
    try {
      const answer = await ingest.post(principal, items);
      onAnswer(principal.source, answer);
      response.json(answer);
    } finally {
      const left = (inFlight.get(principal.source) ?? 1) - 1;
      if (left > 0) inFlight.set(principal.source, left);
      else inFlight.delete(principal.source);
    }
  });

  function authenticate(request: Request, response: Response, next: () => void): void {
    const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const principal = key === undefined ? undefined : sourceOf(key);
    if (!principal) throw new Refusal('unauthorized');
    response.locals.principal = principal;
    next();
  }
}

const principalOf = (response: Response): SourcePrincipal => response.locals.principal as SourcePrincipal;

function readItems(request: Request): Item[] {
  const kind = request.is(['application/json', 'application/x-ndjson']);
  if (kind !== 'application/json' && kind !== 'application/x-ndjson')
    throw new Refusal('unsupported-media-type');
  const text = decode(request.body);
  const items = kind === 'application/json' ? jsonItems(text) : lineItems(text);
  if (items.length > MAX_EVENTS) throw new Refusal('too-large');
  if (items.every((item) => 'unreadable' in item)) throw new Refusal('unreadable');
  return items;
}

function decode(body: unknown): string {
  try {
    return utf8.decode(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  } catch {
    throw new Refusal('unreadable');
  }
}

function jsonItems(text: string): Item[] {
  const value = parse(text);
  if (!('value' in value) || !Array.isArray(value.value)) throw new Refusal('unreadable');
  return value.value.map((item: unknown) => ({ value: item }));
}

const lineItems = (text: string): Item[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parse);

function parse(text: string): Item {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { unreadable: true };
  }
}
