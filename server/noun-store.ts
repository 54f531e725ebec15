/** What the organisation calls things: the file `nouns.json` of the data folder, read at the start. */
import { NounChoice } from '#shared/noun-schema.ts';
import type { Nouns } from '#shared/nouns.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { type KeptValue, keptValue } from './kept-value.ts';

/** Empty while nobody chose: then pages say what the catalogues say. */
export type NounStore = KeptValue<Nouns>;

/** A store that forgets with the process. */
export const nounsInMemory = (): NounStore => keptValue<Nouns>(null);

/** The store of a file. Throws ConfigError naming the field. */
export const openNounStore = (file: string): NounStore =>
  keptValue(readJsonFile(file, NounChoice), (nouns) => writeJsonFile(file, nouns));
