import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NetworkFile } from '#shared/network.ts';
import { authorize } from '#server/auth/authorize.ts';
import { ConfigError, readConfig } from '#server/config.ts';
import { addSourceKey, createNetwork, readNetworkFile } from '#server/network.ts';
import { hall } from '#test/support/profiles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-network-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string): void => writeFileSync(join(folder, 'network.json'), text);
const name = { zh: '厅', en: 'Hall' };
const region = { id: 'r', name };

describe('network.json', () => {
  it('lends special days to every branch, whose own come first, and refuses those that say nothing', () => {
    const hall = { id: 'a', name: { zh: 'a', en: 'a' }, region: { id: 'r', name: { zh: 'r', en: 'r' } } };
    const file = NetworkFile.parse({
      branches: [{ ...hall, calendar: [{ date: '2026-10-01', factor: 0.5 }] }],
      calendar: [
        { date: '2026-10-01', factor: 0 },
        { date: '2026-10-10', likeWeekday: 5 },
      ],
    });
    expect(createNetwork(file).branch('a')?.calendar).toEqual([
      { date: '2026-10-01', factor: 0.5 },
      { date: '2026-10-10', likeWeekday: 5 },
    ]);
    const day = (calendar: object[]) => NetworkFile.safeParse({ calendar }).success;
    expect(day([{ date: '2026-10-01' }])).toBe(false);
    expect(day([{ date: '2026-02-30', factor: 1 }])).toBe(false);
    expect(
      day([
        { date: '2026-10-01', factor: 1 },
        { date: '2026-10-01', factor: 2 },
      ]),
    ).toBe(false);
  });

  it('without one there are no branches and no keys', () => {
    expect(readNetworkFile(folder)).toEqual({ branches: [], sourceKeys: [], definitions: [], calendar: [] });
  });

  it('gives branches with their defaults', () => {
    write(JSON.stringify({ branches: [{ id: 'a', name, region }] }));
    expect(readNetworkFile(folder).branches).toMatchObject([
      { id: 'a', zone: 'UTC', channel: 'hall', demo: false },
    ]);
  });

  it.each([
    ['is not JSON', '{'],
    ['branches.0.zone', JSON.stringify({ branches: [{ id: 'a', name, region, zone: 'Mars/Olympus' }] })],
    ['branches.0.name', JSON.stringify({ branches: [{ id: 'a', region }] })],
    [
      'branches.0.hours.0.opens',
      JSON.stringify({ branches: [{ id: 'a', name, region, hours: [{ opens: '9', closes: '17:00' }] }] }),
    ],
    ['sourceKeys.0.sha256', JSON.stringify({ sourceKeys: [{ source: 's', sha256: 'x', branches: ['a'] }] })],
  ])('a mistake is told by its place: %s', (place, text) => {
    write(text);
    expect(() => readNetworkFile(folder)).toThrow(ConfigError);
    expect(() => readNetworkFile(folder)).toThrow(place);
  });

  it('two branches of the same id are refused', () => {
    expect(() => createNetwork({ branches: [hall(), hall()], sourceKeys: [] })).toThrow(ConfigError);
  });

  it('[SF1] keeps the hash of a key, never the key, and nobody else may read it', () => {
    write(JSON.stringify({ branches: [{ id: 'a', name, region }] }));
    const key = addSourceKey(folder, 'machine', ['a']);
    const file = readNetworkFile(folder);
    expect(readFileSync(join(folder, 'network.json'), 'utf8')).not.toContain(key);
    expect(statSync(join(folder, 'network.json')).mode & 0o077).toBe(0);
    expect(file.branches).toHaveLength(1);
    expect(createNetwork(file).sourceKey(key)).toMatchObject({ source: 'machine', branches: ['a'] });
    expect(createNetwork(file).sourceKey(`${key}x`)).toBeUndefined();
  });
});

describe('the gate', () => {
  it.each([
    ['a console sees', { kind: 'console' }, 'see', 'a', true],
    ['a console tells nothing', { kind: 'console' }, 'tell', 'a', false],
    ['a source tells of its own', { kind: 'source', source: 's', branches: ['a'] }, 'tell', 'a', true],
    ['a source tells of no other', { kind: 'source', source: 's', branches: ['a'] }, 'tell', 'b', false],
    [
      'a source of everything tells of all',
      { kind: 'source', source: 's', branches: ['*'] },
      'tell',
      'b',
      true,
    ],
    ['a source sees nothing', { kind: 'source', source: 's', branches: ['*'] }, 'see', 'a', false],
  ] as const)('[SF1] %s', (_case, principal, action, branch, may) => {
    expect(authorize(principal, action, { branch, region: undefined })).toBe(may);
  });
});

describe('settings', () => {
  it('all have defaults; empty ones count as not set', () => {
    expect(readConfig({ PORT: '' })).toMatchObject({ port: 8080, host: '127.0.0.1', logLevel: 'warn' });
  });

  it.each([
    ['PORT', { PORT: 'http' }],
    ['PORT', { PORT: '70000' }],
    ['REDIS_URL', { REDIS_URL: 'http://localhost' }],
    ['PUBLIC_ORIGIN', { PUBLIC_ORIGIN: 'muster.example' }],
    ['HOST', { HOST: '0.0.0.0' }],
  ])('a wrong %s is told by its name', (setting, environment) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).toThrow(setting);
  });

  it('[SF1] other machines are let in only when somebody says so', () => {
    expect(readConfig({ HOST: '0.0.0.0', TRUSTED_NETWORK: 'yes' }).host).toBe('0.0.0.0');
  });

  it('a public origin is kept as an origin', () => {
    expect(readConfig({ PUBLIC_ORIGIN: 'https://muster.example/x' }).publicOrigin).toBe(
      'https://muster.example',
    );
  });
});
