import { describe, expect, it } from 'vitest';
import { satisfies } from '../../../scripts/setup/dependencies.mjs';

const wanted = {
  '': {},
  'node_modules/a': { version: '1.0.0' },
  'node_modules/for-another-platform': { version: '2.0.0', optional: true },
};

describe('satisfies', () => {
  it('is content when all but optional packages are there', () => {
    expect(satisfies({ 'node_modules/a': { version: '1.0.0' } }, wanted)).toBe(true);
  });

  it('does not mind a package nobody asked for', () => {
    const installed = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } };
    expect(satisfies(installed, wanted)).toBe(true);
  });

  it('misses a package that is absent', () => {
    expect(satisfies({}, wanted)).toBe(false);
  });

  it('misses a package of another version, an optional one too', () => {
    expect(satisfies({ 'node_modules/a': { version: '1.0.1' } }, wanted)).toBe(false);
    const oldOptional = {
      'node_modules/a': { version: '1.0.0' },
      'node_modules/for-another-platform': { version: '1.9.0' },
    };
    expect(satisfies(oldOptional, wanted)).toBe(false);
  });
});
