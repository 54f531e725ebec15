import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** The kernel holds 108 bytes (104 on macOS) for the path of a unix socket, its end mark included. */
const MAX_SOCKET_PATH_BYTES = 103;
const ANSWER_TIMEOUT_MS = 1_000;

/** Where the Redis of a data folder listens: inside it, or in the system's temporary folder when that path is too long. */
export function socketPathFor(folder: string): string {
  const inside = join(folder, 'redis.sock');
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES) return inside;
  const own = join(tmpdir(), `muster-${userInfo().uid}`);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(own, `${name}.sock`);
}

/**
 * Sends one inline command to the server on a socket and gives its answer as soon as `expected` matches it;
 * null when nobody answers so within a second.
 */
export function ask(socketPath: string, command: string, expected: RegExp): Promise<RegExpExecArray | null> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let answer = '';
    const settle = (match: RegExpExecArray | null) => {
      socket.destroy();
      resolve(match);
    };
    socket.setEncoding('utf8').setTimeout(ANSWER_TIMEOUT_MS, () => settle(null));
    socket.on('connect', () => socket.write(`${command}\r\n`));
    socket.on('data', (text: string) => {
      answer += text;
      const match = expected.exec(answer);
      if (match !== null) settle(match);
    });
    socket.on('close', () => settle(null));
    // A refused connection closes the socket; the close handler answers.
    socket.on('error', () => undefined);
  });
}

/** Whether the server on the socket answers and has loaded its data. */
export async function isReady(socketPath: string): Promise<boolean> {
  const answer = await ask(socketPath, 'PING', /^(\+PONG|-[A-Z]+)/);
  return answer?.[1] === '+PONG';
}
