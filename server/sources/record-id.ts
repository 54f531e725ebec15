import { hash } from 'node:crypto';

const DIGEST_LENGTH = 20;

/** A short event id that is the same whenever the same record is read; `part` tells the facts of one record apart. */
export const recordId = (record: string, part = 0): string =>
  `${hash('sha1', record).slice(0, DIGEST_LENGTH)}.${part}`;

/** True for the first fact of a record, so that records can be counted by their facts. */
export const isFirstOfRecord = (id: string): boolean => id.endsWith('.0');
