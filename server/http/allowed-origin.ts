/** Which pages may talk to this server: its own, by exact origin; a foreign page in somebody's browser may not. */
import type { IncomingMessage } from 'node:http';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export interface OriginRule {
  /** The `Origin` header must be ours; a socket without one is refused. */
  allowsSocket(request: IncomingMessage): boolean;
  /** The `Host` header must be ours, so that a foreign name pointed at this address reads nothing. */
  allowsHost(request: IncomingMessage): boolean;
}

/** The rule for a public origin, or for this machine's own addresses on the port in use. */
export function originRule(publicOrigin: string | undefined, port: () => number): OriginRule {
  const origins = (): string[] =>
    publicOrigin === undefined ? LOOPBACK.map((host) => `http://${host}:${port()}`) : [publicOrigin];
  return {
    allowsSocket: ({ headers }) => headers.origin !== undefined && origins().includes(headers.origin),
    allowsHost: ({ headers }) =>
      publicOrigin !== undefined || origins().some((origin) => origin === `http://${headers.host ?? ''}`),
  };
}
