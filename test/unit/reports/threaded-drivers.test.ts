import { Worker } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import { usualDay } from '#server/domain/drivers/usual-day.ts';
import { HistoryUnavailable } from '#server/history/store.ts';
import { type DayWanted, driverRows } from '#server/reports/driver-rows.ts';
import { createThreadedDrivers, type ThreadedDrivers } from '#server/reports/threaded-drivers.ts';
import { makeDay, ONE_QUEUE, SLOTS, USUAL } from '../drivers/made-halls.ts';

const QUARTER_MS = 900_000;
const references = Array.from({ length: 6 }, (_, seed) => ({
  record: makeDay(USUAL, seed),
  isSameWeekday: true,
}));
const wanted: DayWanted = {
  ...{ branch: 'hall', zone: 'Asia/Shanghai', day: 20_000, dayStart: 0, from: 0, to: SLOTS * QUARTER_MS },
  hall: {
    layout: ONE_QUEUE,
    today: makeDay(USUAL, 99),
    usual: usualDay(references, new Set()),
    usualSlots: Array.from({ length: SLOTS }, (_, slot) => slot),
  },
};

let drivers: ThreadedDrivers | undefined;
afterEach(async () => {
  await drivers?.close();
});

it('answers what would be worked out here', async () => {
  drivers = createThreadedDrivers();
  const rows = await drivers.rows(wanted);
  expect(rows.map(([first]) => first?.queue)).toEqual([null, 'general']);
  expect(rows).toEqual(driverRows(wanted));
});

it('is unavailable when its thread dies', async () => {
  drivers = createThreadedDrivers(() => new Worker('process.exit(1)', { eval: true }));
  await expect(drivers.rows(wanted)).rejects.toThrow(HistoryUnavailable);
});
