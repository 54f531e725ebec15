import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { USUAL_NOUNS } from '#shared/nouns.ts';
import { openNounStore } from '#server/noun-store.ts';

let folder: string;
const file = (): string => join(folder, 'nouns.json');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-nouns-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('keeps what was chosen over a restart, and knows that nobody chose', () => {
  expect(openNounStore(file()).get()).toBeNull();
  const chosen = { ...USUAL_NOUNS, en: { ...USUAL_NOUNS.en, counter: 'window' as const } };
  openNounStore(file()).put(chosen);
  expect(openNounStore(file()).get()).toEqual(chosen);
});

it('names the word that is not to choose from in a file written by hand', () => {
  writeFileSync(file(), JSON.stringify({ ...USUAL_NOUNS, en: { ...USUAL_NOUNS.en, counter: 'till' } }));
  expect(() => openNounStore(file())).toThrow('en.counter');
});
