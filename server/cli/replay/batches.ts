import { MAX_EVENTS } from '../../ingest.ts';
import type { ReadFact, Reading } from '../../sources/reading.ts';
import type { Tally } from './tally.ts';

/** In real time, events are sent in steps of this, ms. */
const STEP_MS = 100;

/** Facts in lots that are posted together: as many as fit at full speed, else what falls into one step. */
export async function* batches(
  readings: AsyncIterable<Reading>,
  rejected: Tally,
  speed: number | null,
): AsyncIterable<ReadFact[]> {
  const spanMs = speed === null ? Infinity : STEP_MS * speed;
  let batch: ReadFact[] = [];
  for await (const reading of readings) {
    if ('refused' in reading) {
      rejected.add(reading.refused, reading.count ?? 1);
      continue;
    }
    const first = batch[0];
    const full =
      batch.length >= MAX_EVENTS || (first !== undefined && timeOf(reading) - timeOf(first) > spanMs);
    if (full || (first?.receivedAt !== undefined && reading.receivedAt !== first.receivedAt)) {
      yield batch;
      batch = [];
    }
    batch.push(reading);
  }
  if (batch.length > 0) yield batch;
}

/** When a fact reached its recorder, as far as the recording says. */
export const timeOf = (fact: ReadFact): number => fact.receivedAt ?? fact.event.at;
