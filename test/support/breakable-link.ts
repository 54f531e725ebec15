/** A network between a browser and a server that can be cut, or go silent without a word, at any moment. */
import { connect, createServer, type Socket } from 'node:net';

export interface BreakableLink {
  /** Host and port, for a browser that is told to find the server there: the server answers to its own name alone. */
  readonly host: string;
  /** `cut` ends every connection and takes no new one; `silent` keeps them and passes nothing on; `open` heals. */
  set(state: 'open' | 'cut' | 'silent'): void;
  close(): Promise<void>;
}

/** A link to a server at this address. */
export async function breakableLink(address: string): Promise<BreakableLink> {
  const port = Number(new URL(address).port);
  const sockets = new Set<Socket>();
  let state: 'open' | 'cut' | 'silent' = 'open';
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = connect(port, 'localhost');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('data', (bytes) => {
        // Bytes that were lost on the way end the connection once the network is back.
        if (state === 'open') other.write(bytes);
      });
      one.on('error', () => one.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = server.address();
  const endAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    host: `127.0.0.1:${typeof own === 'object' && own !== null ? own.port : 0}`,
    set(next) {
      if (next === 'cut' || state === 'silent') endAll();
      state = next;
    },
    close() {
      endAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
