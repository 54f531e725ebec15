import type { SourceEventInput } from '#shared/events.ts';

/** A fact of a branch, `at` in epoch milliseconds; a local time without offset is read as if it were UTC. */
export interface ReadFact {
  branch: string;
  event: SourceEventInput & { at: number };
  /** When the recorder took it down, epoch milliseconds; only where the recording says so. */
  receivedAt?: number;
}

/** Records set aside: why (each dialect has a closed list, beside an outcome's own word), and how many if not one. */
export interface Refusal {
  refused: string;
  count?: number;
}

/** What a dialect's reader yields: a fact of a branch, or a record it set aside and why. */
export type Reading = ReadFact | Refusal;

/** The text of a recording, in chunks of any size. */
export type TextChunks = AsyncIterable<string> | Iterable<string>;

export interface ReadOptions {
  /** The branch all facts belong to, whatever the recording says. */
  branch?: string | undefined;
}

/** Nobody can read this recording: it is missing, empty, of unknown format, or lacks a column. The message says which. */
export class UnreadableRecording extends Error {
  override readonly name = 'UnreadableRecording';
}
