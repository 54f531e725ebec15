/** Reading history, wherever the rows come from: this connection, a pool, or another thread. */
import type { Cell } from './columns.ts';
import {
  alertRow,
  alertStepRow,
  intervalRow,
  moveRow,
  type ReadRow,
  ratedVisit,
  readRows,
  sourceDay,
  total,
} from './read-rows.ts';
import type {
  AlertQuery,
  DayQuery,
  HistoryReader,
  IntervalQuery,
  MoveQuery,
  TotalQuery,
  VisitQuery,
} from './store.ts';
import { agentShape, counterShape, queueShape } from './sums.ts';

/** What can be asked, and with which query. */
export interface Questions {
  queueIntervals: IntervalQuery;
  agentIntervals: IntervalQuery;
  counterIntervals: IntervalQuery;
  queueDays: DayQuery;
  agentDays: DayQuery;
  counterDays: DayQuery;
  queueTotals: TotalQuery;
  agentTotals: TotalQuery;
  counterTotals: TotalQuery;
  visits: VisitQuery;
  sourceDays: DayQuery;
  alerts: AlertQuery;
  alertSteps: AlertQuery;
  moves: MoveQuery;
}
export type Question<Name extends keyof Questions = keyof Questions> = {
  [Each in Name]: { name: Each; query: Questions[Each] };
}[Name];

/** Rows of a table in the order its query selects. */
export type Answer = (question: Question) => Promise<Iterable<readonly Cell[]>>;

/** A reader that gets its rows from `answer`. */
export function createReader(answer: Answer): Omit<HistoryReader, 'close'> {
  const ask = async <Row>(question: Question, read: ReadRow<Row>): Promise<Row[]> =>
    readRows(await answer(question), read);
  return {
    queueIntervals: (query) => ask({ name: 'queueIntervals', query }, intervalRow(queueShape)),
    agentIntervals: (query) => ask({ name: 'agentIntervals', query }, intervalRow(agentShape)),
    counterIntervals: (query) => ask({ name: 'counterIntervals', query }, intervalRow(counterShape)),
    queueDays: (query) => ask({ name: 'queueDays', query }, intervalRow(queueShape)),
    agentDays: (query) => ask({ name: 'agentDays', query }, intervalRow(agentShape)),
    counterDays: (query) => ask({ name: 'counterDays', query }, intervalRow(counterShape)),
    queueTotals: (query) => ask({ name: 'queueTotals', query }, total(queueShape)),
    agentTotals: (query) => ask({ name: 'agentTotals', query }, total(agentShape)),
    counterTotals: (query) => ask({ name: 'counterTotals', query }, total(counterShape)),
    visits: (query) => ask({ name: 'visits', query }, ratedVisit),
    sourceDays: (query) => ask({ name: 'sourceDays', query }, sourceDay),
    alerts: (query) => ask({ name: 'alerts', query }, alertRow),
    alertSteps: (query) => ask({ name: 'alertSteps', query }, alertStepRow),
    moves: (query) => ask({ name: 'moves', query }, moveRow),
  };
}
