import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { describe, expect, it } from 'vitest';
import { createSeal } from '#server/auth/secrets.ts';
import { checkDemonstration, ConfigError, readConfig } from '#server/config.ts';
import { accessOf, requireAccess } from '#server/http/access-table.ts';
import { clientAddress } from '#server/http/client-address.ts';
import { createCookies } from '#server/http/cookies.ts';

const nothing = (_request: IncomingMessage, response: ServerResponse) => void response.end();

describe('[SF1] the access table', () => {
  it('a server with a route that is not in it does not start, and says which', () => {
    const router = Router().get('/api/v1/me', nothing).post('/api/v1/secret-door', nothing);
    expect(() => requireAccess([router])).toThrow('POST /api/v1/secret-door');
    expect(() => requireAccess([Router().get('/api/v1/me', nothing)])).not.toThrow();
  });

  it('has no entry for what is not in it, however it is spelled', () => {
    expect(accessOf('GET', '/api/v1/people')?.route).toBe('GET /api/v1/people');
    expect(accessOf('HEAD', '/api/v1/people/')?.route).toBe('GET /api/v1/people');
    expect(accessOf('GET', '/API/v1/People')?.needs).toBe('administer');
    for (const [method, path] of [
      ['DELETE', '/api/v1/people'],
      ['GET', '/api/v1/people/x/y'],
      ['GET', '/api/v1/me.json'],
      ['OPTIONS', '/api/v1/me'],
    ] as const)
      expect(accessOf(method, path)).toBeUndefined();
  });
});

describe('cookies', () => {
  const request = (cookie: string) => ({ headers: { cookie } }) as IncomingMessage;

  it('bear the host prefix where there is HTTPS, and none but those count', () => {
    expect(createCookies(true).read(request('muster-session=a; __Host-muster-session=b'), 'session')).toBe(
      'b',
    );
    expect(createCookies(true).read(request('muster-session=a'), 'session')).toBeUndefined();
    expect(createCookies(false).read(request('x=y; muster-session=a'), 'session')).toBe('a');
    expect(createCookies(false).read(request('muster-session='), 'session')).toBeUndefined();
  });
});

describe('where a request comes from', () => {
  const request = (forwarded?: string) =>
    ({
      headers: { 'x-forwarded-for': forwarded },
      socket: { remoteAddress: '10.0.0.1' },
    }) as unknown as IncomingMessage;

  it('is the word of our own proxies only', () => {
    expect(clientAddress(0)(request('6.6.6.6'))).toBe('10.0.0.1');
    expect(clientAddress(1)(request('6.6.6.6, 192.0.2.1'))).toBe('192.0.2.1');
    expect(clientAddress(2)(request('6.6.6.6, 192.0.2.1'))).toBe('6.6.6.6');
    expect(clientAddress(1)(request())).toBe('10.0.0.1');
  });
});

describe('the seal', () => {
  it('opens what it sealed, unchanged only', () => {
    const [seal, other] = [createSeal(randomBytes(32)), createSeal(randomBytes(32))];
    const sealed = seal.seal('秘密');
    expect(seal.open(sealed)).toBe('秘密');
    expect(other.open(sealed)).toBeNull();
    expect(seal.open(`${sealed.slice(0, -2)}AA`)).toBeNull();
    expect(seal.open('')).toBeNull();
    expect(seal.seal('秘密')).not.toBe(sealed);
  });
});

describe('settings', () => {
  it.each([
    ['no accounts for other machines', { ACCOUNTS: 'off', HOST: '0.0.0.0' }],
    ['no accounts behind a proxy', { ACCOUNTS: 'off', PUBLIC_ORIGIN: 'https://muster.example' }],
    ['passwords in the open', { PUBLIC_ORIGIN: 'http://muster.example' }],
  ])('refuse %s unless somebody says so', (_what, environment) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig({ ...environment, TRUSTED_NETWORK: 'yes' })).not.toThrow();
  });

  it('keep the demonstration on this machine unless somebody says so', () => {
    expect(() => checkDemonstration(readConfig({}))).not.toThrow();
    expect(() => checkDemonstration(readConfig({ PUBLIC_ORIGIN: 'https://muster.example' }))).toThrow(
      ConfigError,
    );
    const asked = readConfig({ PUBLIC_ORIGIN: 'https://muster.example', TRUSTED_NETWORK: 'yes' });
    expect(() => checkDemonstration(asked)).not.toThrow();
  });
});
