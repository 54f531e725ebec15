import { expect, it } from 'vitest';
import type { SourceKeyEntry } from '#shared/administration.ts';
import { roleOfTwo } from '#lib/views/settings/two-keys.ts';

const key = (id: string, over: Partial<SourceKeyEntry> = {}): SourceKeyEntry => ({
  id,
  source: 'kiosk',
  branches: ['*'],
  types: null,
  note: '',
  from: 'accounts',
  createdAt: 0,
  expiresAt: null,
  usedAt: null,
  state: 'live',
  ...over,
});

it('two live keys of a source are an old and a new one', () => {
  const [old, fresh] = [key('a'), key('b', { createdAt: 5 })];
  expect([roleOfTwo(old, [fresh, old]), roleOfTwo(fresh, [fresh, old])]).toEqual(['old', 'new']);
});

it.each([
  ['the other is revoked', key('b', { state: 'revoked' })],
  ['the other is over', key('b', { state: 'expired' })],
  ['the other is of another source', key('b', { source: 'pbx' })],
])('a key is neither when %s', (_why, other) => {
  expect(roleOfTwo(key('a'), [key('a'), other])).toBeNull();
});
