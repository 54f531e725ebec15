import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  guardedFetch,
  type OutgoingPolicy,
  OutgoingRefused,
  outgoingUrl,
} from '#server/http/outgoing-address.ts';
import { kindOfAddress } from '#server/http/outgoing-networks.ts';

const OUTSIDE: OutgoingPolicy = { allowPrivate: false, ports: 'any' };
const IN_HOUSE: OutgoingPolicy = { allowPrivate: true, ports: 'any' };
const POST = { method: 'POST', body: '{}' } as const;

const running: Server[] = [];
afterEach(() => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function receiver(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<number> {
  const server = createServer(answer);
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const reasonOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof OutgoingRefused) return error.reason;
    throw error;
  }
  return 'allowed';
};

describe('the address of a webhook', () => {
  it.each([
    ['127.1', 'not-public'],
    ['0', 'not-public'],
    ['2130706433', 'not-public'],
    ['0x7f.0.0.1', 'not-public'],
    ['0177.0.0.1', 'not-public'],
    ['localhost', 'not-public'],
    ['127.0.0.1', 'not-public'],
    ['10.1.2.3', 'not-public'],
    ['172.31.255.255', 'not-public'],
    ['192.168.0.1', 'not-public'],
    ['100.64.0.1', 'not-public'],
    ['169.254.169.254', 'not-public'],
    ['168.63.129.16', 'not-public'],
    ['224.0.0.1', 'not-public'],
    ['255.255.255.255', 'not-public'],
    ['[::]', 'not-public'],
    ['[::1]', 'not-public'],
    ['[::ffff:169.254.169.254]', 'not-public'],
    ['[::ffff:8.8.8.8]', 'not-public'],
    ['[::127.0.0.1]', 'not-public'],
    ['[64:ff9b::7f00:1]', 'not-public'],
    ['[2002:7f00:1::]', 'not-public'],
    ['[fe80::1]', 'not-public'],
    ['[fd00:ec2::254]', 'not-public'],
    ['[fc00::1]', 'not-public'],
    ['[ff02::1]', 'not-public'],
  ])('%s is refused', async (host, reason) => {
    expect(await reasonOf(() => guardedFetch(`https://${host}/`, POST, OUTSIDE))).toBe(reason);
  });

  it.each([
    ['not a url', 'not-a-url'],
    ['//example.com', 'not-a-url'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://example.com/', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['http://example.com/', 'scheme'],
    ['https://somebody:secret@example.com/', 'credentials'],
    ['https://example.com@10.0.0.1/', 'credentials'],
    ['https://example.com:22/', 'port'],
    ['https://example.com:6379/', 'port'],
  ])('%s is refused by its looks', async (text, reason) => {
    expect(await reasonOf(() => outgoingUrl(text, { allowPrivate: false }))).toBe(reason);
  });

  it.each(['https://example.com/hook', 'https://8.8.8.8/', 'https://[2606:4700::1111]/'])(
    '%s may be called',
    (text) => {
      expect(outgoingUrl(text, { allowPrivate: false }).href).toBe(text);
    },
  );

  it('is never metadata of a cloud, in our own house neither', () => {
    const told = [
      '169.254.169.254',
      '100.100.100.200',
      '168.63.129.16',
      'fd00:ec2::254',
      '0.0.0.0',
      '::ffff:a9fe:a9fe',
    ];
    expect(told.map(kindOfAddress)).toEqual(told.map(() => 'forbidden'));
  });

  it('may have a port that was set', () => {
    expect(outgoingUrl('https://example.com:8443/', { allowPrivate: false, ports: [8443] }).port).toBe(
      '8443',
    );
  });
});

describe('a name of a webhook', () => {
  const named = (...addresses: string[]): OutgoingPolicy => ({
    ...OUTSIDE,
    resolve: () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))),
  });

  it.each([
    [['10.0.0.7']],
    [['8.8.8.8', '127.0.0.1']],
    [['2606:4700::1111', '::ffff:10.0.0.1']],
    [['169.254.169.254']],
  ])('that stands for %j is refused', async (addresses) => {
    const attempt = () => guardedFetch('https://hook.example/', POST, named(...addresses));
    expect(await reasonOf(attempt)).toBe('not-public');
  });

  it('that nobody knows is refused', async () => {
    const unknown = () => Promise.reject(new Error('ENOTFOUND'));
    const attempt = () => guardedFetch('https://hook.example/', POST, { ...OUTSIDE, resolve: unknown });
    expect(await reasonOf(attempt)).toBe('unknown-host');
    expect(await reasonOf(() => guardedFetch('https://hook.example/', POST, named()))).toBe('unknown-host');
  });

  it('is asked for once, and the call goes to the address that was checked', async () => {
    let asked = 0;
    const hosts: (string | undefined)[] = [];
    const port = await receiver(({ headers }, response) => {
      hosts.push(headers.host);
      response.end('thanks');
    });
    const resolve = () => {
      asked += 1;
      // A second question would be led to where nothing listens.
      return Promise.resolve([{ address: asked === 1 ? '127.0.0.1' : '127.0.0.9', family: 4 }]);
    };
    const answer = await guardedFetch(`http://hook.example:${port}/`, POST, { ...IN_HOUSE, resolve });
    expect(answer).toEqual({ status: 200, body: 'thanks' });
    expect(asked).toBe(1);
    expect(hosts).toEqual([`hook.example:${port}`]);
  });
});

describe('the answer of a webhook', () => {
  it('is not followed elsewhere', async () => {
    const visited: (string | undefined)[] = [];
    const port = await receiver(({ url }, response) => {
      visited.push(url);
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    });
    expect(await reasonOf(() => guardedFetch(`http://127.0.0.1:${port}/in`, POST, IN_HOUSE))).toBe(
      'redirect',
    );
    expect(visited).toEqual(['/in']);
  });

  it('is cut when it is long', async () => {
    const port = await receiver((_request, response) => void response.end('x'.repeat(1_000_000)));
    const { body } = await guardedFetch(`http://127.0.0.1:${port}/`, POST, IN_HOUSE);
    expect(body).toHaveLength(65_536);
  });

  it('that never comes is said to be missing', async () => {
    const port = await receiver((request) => request.socket.destroy());
    expect(await reasonOf(() => guardedFetch(`http://127.0.0.1:${port}/`, POST, IN_HOUSE))).toBe('no-answer');
  });
});
