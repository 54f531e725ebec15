/**
 * `POST /api/v1/events`: facts from sources, as a JSON array or as NDJSON. It stands before the router of everything
 * else: this is the one address that is called for every event of every hall.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Ingest, type IngestAnswer, type Item, MAX_EVENTS, type SourcePrincipal } from '../ingest.ts';
import type { Logger } from '../logger.ts';
import { answerFailure, answerJson, Refusal } from './refuse.ts';

const PATH = '/api/v1/events';
const MAX_BODY_BYTES = 1_024 * 1_024;
/** Posts of one source in flight; more would only wait in memory. */
const MAX_IN_FLIGHT = 64;
const BEARER = /^Bearer (\S+)$/i;
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;
const LINES_TYPE = /^application\/x-ndjson\s*(?:;|$)/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

export interface IngestEndpointParts {
  ingest: Ingest;
  /** Who presents this key, or `undefined`. */
  sourceOf: (key: string) => SourcePrincipal | undefined;
  /** Told of every answer. */
  onAnswer: (source: string, answer: IngestAnswer) => void;
  logger: Logger;
}

/** Takes a request that posts events: true, and it is answered; 200 comes after the log has the events on disk. */
export type IngestEndpoint = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The endpoint. */
export function createIngestEndpoint({
  ingest,
  sourceOf,
  onAnswer,
  logger,
}: IngestEndpointParts): IngestEndpoint {
  const inFlight = new Map<string, number>();

  const take = async (request: IncomingMessage): Promise<IngestAnswer> => {
    const principal = authenticate(request);
    const read = readerFor(request);
    const body = await readBody(request);
    const running = inFlight.get(principal.source) ?? 0;
    if (running >= MAX_IN_FLIGHT) throw new Refusal('too-many-requests');
    inFlight.set(principal.source, running + 1);
    try {
      const answer = await ingest.post(principal, checked(read(decode(body))));
      onAnswer(principal.source, answer);
      return answer;
    } finally {
      const left = (inFlight.get(principal.source) ?? 1) - 1;
      if (left > 0) inFlight.set(principal.source, left);
      else inFlight.delete(principal.source);
    }
  };

  const authenticate = ({ headers }: IncomingMessage): SourcePrincipal => {
    const key = BEARER.exec(headers.authorization ?? '')?.[1];
    const principal = key === undefined ? undefined : sourceOf(key);
    if (!principal) throw new Refusal('unauthorized');
    return principal;
  };

  return (request, response) => {
    if (request.method !== 'POST' || pathOf(request.url ?? '') !== PATH) return false;
    take(request).then(
      (answer) => {
        answerJson(response, 200, answer);
      },
      (error: unknown) => {
        answerFailure(response, error, logger);
        // What was not read of a refused body is let go.
        request.resume();
      },
    );
    return true;
  };
}

const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';

function readerFor({ headers }: IncomingMessage): (text: string) => Item[] {
  const type = headers['content-type'] ?? '';
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity')
    throw new Refusal('unsupported-media-type');
  if (JSON_TYPE.test(type)) return jsonItems;
  if (LINES_TYPE.test(type)) return lineItems;
  throw new Refusal('unsupported-media-type');
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw new Refusal('too-large');
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const parts: Buffer[] = [];
  let bytes = 0;
  request.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) reject(new Refusal('too-large'));
    else parts.push(part);
  });
  request.on('end', () => {
    resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts));
  });
  request.on('close', () => {
    // Cut off in the middle: nobody is there to read the answer.
    if (!request.complete) reject(new Refusal('unreadable'));
  });
  return await promise;
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new Refusal('unreadable');
  }
}

function checked(items: Item[]): Item[] {
  if (items.length > MAX_EVENTS) throw new Refusal('too-large');
  if (items.every((item) => 'unreadable' in item)) throw new Refusal('unreadable');
  return items;
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
