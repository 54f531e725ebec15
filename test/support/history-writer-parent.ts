/** A process that writes history without end, for tests that kill it. Argument: the file. Prints what it stored. */
import { writeSync } from 'node:fs';
import { openHistory } from '#server/history/open.ts';
import { AlreadyProjected } from '#server/history/store.ts';
import { NINE, QUARTER, queueRow, stretch } from './history-rows.ts';

const ROWS = 200;
const STDOUT = 1;

const store = await openHistory({ file: process.argv[2] ?? '' });
const queues = Array.from({ length: ROWS }, (_, i) =>
  queueRow({ offered: 1 }, { id: `q${i}`, start: NINE + (i % 4) * QUARTER }),
);
for (;;) {
  const position = (await store.positions()).get(0) ?? null;
  const next = String(Number(position ?? 0) + 1);
  try {
    await store.apply(stretch(position, next, { queues }));
    writeSync(STDOUT, `${next}\n`);
  } catch (error) {
    // Another one was faster: it goes on from there.
    if (!(error instanceof AlreadyProjected)) throw error;
  }
}
