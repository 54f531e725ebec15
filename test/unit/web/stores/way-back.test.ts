import { describe, expect, it } from 'vitest';
import { ownAddress } from '#lib/stores/way-back.ts';

const ORIGIN = 'https://muster.example';
const HOME = `${ORIGIN}/`;

describe('ownAddress', () => {
  it('keeps path, query and fragment of our own pages', () => {
    expect(ownAddress('/h/east/floor?f=1#q', ORIGIN)).toBe(`${ORIGIN}/h/east/floor?f=1#q`);
    expect(ownAddress(`${ORIGIN}/n/all/network`, ORIGIN)).toBe(`${ORIGIN}/n/all/network`);
  });

  it.each([
    null,
    '',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/h/east/floor',
    'https://muster.example.evil.example/',
    'https://muster.example@evil.example/',
    'http://muster.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    ' javascript:alert(1)',
    '\tjava\nscript:alert(1)',
  ])('leads home instead of to %j', (address) => {
    expect(ownAddress(address, ORIGIN)).toBe(HOME);
  });

  it('never gives a path that a browser would read as another host', () => {
    expect(new URL(ownAddress('/.//evil.example', ORIGIN)).origin).toBe(ORIGIN);
  });
});
