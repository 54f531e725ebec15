import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Identity } from '#server/auth/accounts.ts';
import { systemClock } from '#server/clock.ts';
import { createGateway, type Gateway } from '#server/realtime/gateway.ts';
import { socketTo } from '#test/support/console.ts';
import { PERSON } from '#test/support/principals.ts';
import { soon } from '#test/support/until.ts';

const SIGNED_IN: Identity = { principal: PERSON, credential: { kind: 'session', hash: 'h' } };

let gateway: Gateway;
let http: Server;
afterEach(() => gateway.close());

/** A gateway whose accounts answer the handshake when they are told to, and know nobody when they are asked again. */
async function stage() {
  const asked = Promise.withResolvers<undefined>();
  const answer = Promise.withResolvers<Identity>();
  http = createServer();
  gateway = createGateway({
    http,
    isAllowed: () => true,
    publisher: () => {
      throw new Error('nothing is watched here');
    },
    identify: () => {
      asked.resolve(undefined);
      return answer.promise;
    },
    renew: () => Promise.resolve(new Map()),
    narrowed: () => null,
    clock: systemClock,
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const socket = socketTo(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const connected = new Promise<void>((resolve) => socket.on('connect', resolve));
  const over = new Promise<string>((resolve) => socket.on('access', resolve));
  socket.connect();
  await soon(asked.promise, 'the handshake');
  return { answer, connected, over, socket };
}

it('[SF1] a right that is lost while the socket is opened is lost', async () => {
  const { answer, over } = await stage();
  // The push comes before there is a socket to close.
  await gateway.recheck();
  answer.resolve(SIGNED_IN);
  expect(await soon(over, 'the end of the socket')).toBe('ended');
});

it('[SF1] a socket that nothing happened to meanwhile is not looked up twice', async () => {
  const { answer, connected, socket } = await stage();
  answer.resolve(SIGNED_IN);
  await soon(connected, 'the socket');
  expect(gateway.connected()).toBe(1);
  socket.close();
});
