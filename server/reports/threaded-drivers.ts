/** Splits waits by their drivers on a thread of its own, so that the loop that serves screens never waits for it. */
import type { DriverReportRow } from '#shared/drivers.ts';
import { HistoryUnavailable } from '../history/store.ts';
import { createAskedThread, startThread } from '../threads/asked-thread.ts';
import type { DayWanted } from './driver-rows.ts';

export interface ThreadedDrivers {
  /** The rows of a day by queue. Rejects with HistoryUnavailable when the thread died; the next question starts another. */
  rows(wanted: DayWanted): Promise<DriverReportRow[][]>;
  close(): Promise<void>;
}

const driversThread = () => startThread(new URL('./drivers-thread.ts', import.meta.url), null);

export function createThreadedDrivers(start = driversThread): ThreadedDrivers {
  const thread = createAskedThread<DayWanted, DriverReportRow[][]>({
    start,
    revive: ({ name, message }) => new Error(`${name}: ${message}`),
    died: (cause) => new HistoryUnavailable('the thread that splits waits died; ask again', { cause }),
  });
  return { rows: (wanted) => thread.ask(wanted), close: () => thread.close() };
}
