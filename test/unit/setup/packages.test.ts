import { describe, expect, it } from 'vitest';
import { licences, packageFaults } from '../../../scripts/setup/packages.mjs';

const good = { version: '1.0.0', integrity: 'sha512-abc', license: 'MIT' };

describe('packageFaults', () => {
  it('finds nothing in exact, hashed, permissive packages', () => {
    const manifest = { dependencies: { a: '1.0.0' }, devDependencies: { b: '2.0.0-rc.1' } };
    const locked = {
      '': {},
      'node_modules/a': good,
      'node_modules/b': { ...good, license: 'MPL-2.0', dev: true },
      'node_modules/c': { ...good, license: '(GPL-3.0 OR MIT)' },
    };
    expect(packageFaults(manifest, locked)).toEqual([]);
  });

  it.each(['^1.0.0', '~1.0.0', '*', 'latest', 'git+ssh://host/a', 'file:../a'])(
    'names a package asked for as %s',
    (version) => {
      expect(packageFaults({ dependencies: { a: version } }, {})).toHaveLength(1);
    },
  );

  it.each([
    ['without a hash', { version: '1.0.0', license: 'MIT' }],
    ['with a weak hash', { ...good, integrity: 'sha1-abc' }],
    ['from another host', { ...good, resolved: 'https://example.org/a.tgz' }],
    ['without a licence', { version: '1.0.0', integrity: 'sha512-abc' }],
    ['that ships under a licence for tools only', { ...good, license: 'MPL-2.0' }],
    ['under half a permissive licence', { ...good, license: 'MIT AND GPL-3.0' }],
  ])('names a package %s', (_what, entry) => {
    expect(packageFaults({}, { 'node_modules/x/node_modules/a': entry })).toEqual([
      expect.stringMatching(/^a /),
    ]);
  });
});

describe('licences', () => {
  it('knows the ones read by hand, by name', () => {
    const locked = { 'node_modules/@x/y/node_modules/sqlite-wasm-kysely': { version: '1.0.0', dev: true } };
    expect(licences(locked)).toEqual([
      { name: 'sqlite-wasm-kysely', version: '1.0.0', licence: 'MIT', ships: false },
    ]);
  });
});
