/** Calls to addresses that people name (webhooks): only where they may lead, and only to the address that was looked at. */
import { lookup } from 'node:dns/promises';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { type LookupFunction, isIP } from 'node:net';
import type { OutgoingRefusal } from '#shared/notices.ts';
import { kindOfAddress } from './outgoing-networks.ts';

/** The call was not made, or came to nothing. */
export class OutgoingRefused extends Error {
  override name = 'OutgoingRefused';
  readonly reason: OutgoingRefusal;
  constructor(reason: OutgoingRefusal, options?: ErrorOptions) {
    super(`the address cannot be called: ${reason}`, options);
    this.reason = reason;
  }
}

/** An address of a host, as it was looked up. */
export interface HostAddress {
  address: string;
  family: number;
}

export interface OutgoingPolicy {
  /** The receiver may stand in our own house: private networks, this machine, plain HTTP. Never cloud metadata. */
  allowPrivate: boolean;
  /** Ports that may be called besides 80 and 443; any when `'any'`. */
  ports?: readonly number[] | 'any';
  /** Looks a host up; the system's way when left out. */
  resolve?: (host: string) => Promise<readonly HostAddress[]>;
}

export interface OutgoingCall {
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

export interface OutgoingAnswer {
  status: number;
  /** What was said, cut after 64 kB. */
  body: string;
}

/** From the first look at the name to the last byte, ms. */
const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 65_536;
const USUAL_PORTS: readonly number[] = [80, 443];

/** The address as it may be called by its looks, before any name is looked up. Throws {@link OutgoingRefused}. */
export function outgoingUrl(text: string, { allowPrivate, ports = [] }: OutgoingPolicy): URL {
  const url = URL.parse(text);
  if (url === null) throw new OutgoingRefused('not-a-url');
  const isTls = url.protocol === 'https:';
  if (!isTls && !(url.protocol === 'http:' && allowPrivate)) throw new OutgoingRefused('scheme');
  if (url.username !== '' || url.password !== '') throw new OutgoingRefused('credentials');
  const port = portOf(url);
  if (ports !== 'any' && ![...USUAL_PORTS, ...ports].includes(port)) throw new OutgoingRefused('port');
  const host = hostOf(url);
  if (isIP(host) !== 0) checkAddress(host, allowPrivate);
  return url;
}

/**
 * Calls the address once: its name is looked up once, every address found must be allowed, and the connection goes to
 * one of these. Redirects are not followed. Throws {@link OutgoingRefused}.
 */
export async function guardedFetch(
  text: string,
  call: OutgoingCall,
  policy: OutgoingPolicy,
): Promise<OutgoingAnswer> {
  const url = outgoingUrl(text, policy);
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const addresses = await addressesOf(hostOf(url), policy, signal);
  const answer = await send(url, call, addresses, signal);
  if (answer.status >= 300 && answer.status < 400) throw new OutgoingRefused('redirect');
  return answer;
}

const portOf = ({ port, protocol }: URL): number =>
  port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);

/** The host without the brackets of IPv6. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

function checkAddress(address: string, allowPrivate: boolean): void {
  const kind = kindOfAddress(address);
  if (kind === 'forbidden' || (kind === 'private' && !allowPrivate)) throw new OutgoingRefused('not-public');
}

const systemResolve = (host: string): Promise<readonly HostAddress[]> => lookup(host, { all: true });

async function addressesOf(
  host: string,
  { allowPrivate, resolve = systemResolve }: OutgoingPolicy,
  signal: AbortSignal,
): Promise<readonly HostAddress[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  const addresses = await Promise.race([resolve(host), aborted(signal)]).catch((error: unknown) => {
    throw error instanceof OutgoingRefused ? error : new OutgoingRefused('unknown-host', { cause: error });
  });
  if (addresses.length === 0) throw new OutgoingRefused('unknown-host');
  for (const { address } of addresses) checkAddress(address, allowPrivate);
  return addresses;
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new OutgoingRefused('no-answer'));
    });
  });

/** Answers every question for a name with the addresses that were checked, so that no second look-up can differ. */
const fixedLookup =
  (addresses: readonly HostAddress[]): LookupFunction =>
  (_host, { all }, done) => {
    const [first] = addresses;
    if (all === true) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family ?? 0);
  };

function send(
  url: URL,
  { method, headers = {}, body }: OutgoingCall,
  addresses: readonly HostAddress[],
  signal: AbortSignal,
): Promise<OutgoingAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(new OutgoingRefused('no-answer', { cause: error }));
    };
    const request = url.protocol === 'https:' ? tlsRequest : plainRequest;
    // No agent: a kept connection could belong to an address that was looked up before.
    const options = { method, headers, signal, agent: false, lookup: fixedLookup(addresses) };
    const outgoing = request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const finish = (): void => {
        const told = Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, body: told });
      };
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes < MAX_ANSWER_BYTES) return;
        finish();
        answer.destroy();
      });
      answer.on('end', finish);
      answer.on('error', fail);
    });
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}
