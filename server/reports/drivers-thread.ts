/** The thread that splits waits by their drivers: the day of a contact center takes a tenth of a second. */
import { answerQuestions } from '../threads/answering.ts';
import { type DayWanted, driverRows } from './driver-rows.ts';

answerQuestions(
  (wanted: DayWanted) => Promise.resolve(driverRows(wanted)),
  () => Promise.resolve(),
);
