/** The few packets of Engine.IO 4 and Socket.IO 5 a watching console needs: thousands of them fit into one process. */
import WebSocket from 'ws';
import { LIVE_PATH } from '../../realtime/gateway.ts';
import type { WatchRequest } from '#shared/protocol.ts';

const PACKET = { connect: '40', event: '42', ack: '43', ping: '2', pong: '3', open: '0' } as const;

export interface ConsoleSocket {
  close(): void;
}

/**
 * Connects and watches one view, as the session of a cookie where accounts are on; `onMessage` gets each event's name,
 * arguments and size in bytes.
 */
export function openConsole(
  address: string,
  request: WatchRequest,
  onWatched: (answer: unknown) => void,
  onMessage: (name: string, args: unknown[], bytes: number) => void,
  cookie?: string,
): ConsoleSocket {
  const url = `${address.replace(/^http/, 'ws')}${LIVE_PATH}?EIO=4&transport=websocket`;
  const socket = new WebSocket(url, {
    origin: address,
    perMessageDeflate: false,
    headers: cookie === undefined ? {} : { cookie },
  });
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text.startsWith(PACKET.event)) {
      const [name, ...args] = JSON.parse(text.slice(2)) as [string, ...unknown[]];
      onMessage(name, args, data.length);
    } else if (text === PACKET.ping) {
      socket.send(PACKET.pong);
    } else if (text.startsWith(PACKET.ack)) {
      onWatched((JSON.parse(text.slice(text.indexOf('['))) as unknown[])[0]);
    } else if (text.startsWith(PACKET.connect)) {
      socket.send(`${PACKET.event}0${JSON.stringify(['watch', request])}`);
    } else if (text.startsWith(PACKET.open)) {
      socket.send(PACKET.connect);
    }
  });
  socket.on('error', () => undefined);
  return {
    close: () => {
      socket.close();
    },
  };
}
