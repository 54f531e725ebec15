/** What became of warnings, and the correction learned from it: the file `warnings.json`, so that a restart forgets neither. */
import { z } from 'zod';
import type { WarningRecord } from '../domain/prediction/warning-record.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';

const count = z.number().min(0);
const Learned = z.strictObject({
  told: z.array(z.strictObject({ warnings: count, chanceSum: count, cameTrue: count })).length(10),
  correction: z.strictObject({
    offset: z.number(),
    slope: z.number(),
    variance: z.tuple([z.number(), z.number(), z.number()]),
  }),
});

/** Warnings whose time is not over are not kept: after a stop nobody saw what came of them. */
export type LearnedWarnings = Pick<WarningRecord, 'told' | 'correction'>;

export interface WarningStore {
  /** `null` when nothing is kept, or nothing that can be read: then it is learned anew. */
  read(): LearnedWarnings | null;
  write(learned: LearnedWarnings): void;
}

/** The store of a file. */
export const openWarningStore = (file: string): WarningStore => ({
  read() {
    try {
      return readJsonFile(file, Learned);
    } catch {
      return null;
    }
  },
  write({ told, correction }) {
    writeJsonFile(file, { told, correction });
  },
});

/** A store that forgets with the process. */
export const NO_WARNINGS_KEPT: WarningStore = { read: () => null, write: () => undefined };
