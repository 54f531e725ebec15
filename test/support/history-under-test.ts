/** A history under test, empty at first. */
import type { HistoryReader, HistoryStore } from '#server/history/store.ts';

export interface HistoryUnderTest {
  /** Another connection to the same data. */
  open(): Promise<HistoryStore>;
  openReader(): Promise<HistoryReader>;
  /** Runs a statement past the store. */
  run(statement: string): Promise<void>;
  /** Closes all that was opened. */
  close(): Promise<void>;
}
