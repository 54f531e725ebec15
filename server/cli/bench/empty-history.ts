/** A history in which nothing is: what a benchmark does not need of one. */
import type { HistoryReader } from '../../history/store.ts';

const none = (): Promise<never[]> => Promise.resolve([]);

export const EMPTY_HISTORY: HistoryReader = {
  queueIntervals: none,
  agentIntervals: none,
  counterIntervals: none,
  queueDays: none,
  agentDays: none,
  counterDays: none,
  queueTotals: none,
  agentTotals: none,
  counterTotals: none,
  visits: none,
  sourceDays: none,
  alerts: none,
  alertSteps: none,
  moves: none,
  close: () => Promise.resolve(),
};
