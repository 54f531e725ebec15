import type { IncomingMessage } from 'node:http';

/** Where a request comes from; behind `proxies` of ours their word is taken, of anybody else's not. */
export function clientAddress(proxies: number): (request: IncomingMessage) => string {
  return ({ headers, socket }) => {
    const forwarded = headers['x-forwarded-for'];
    const told = typeof forwarded === 'string' ? forwarded.split(',').map((each) => each.trim()) : [];
    return [...told, socket.remoteAddress ?? ''].at(-1 - proxies) ?? socket.remoteAddress ?? '';
  };
}
