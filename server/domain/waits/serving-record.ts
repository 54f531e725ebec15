/** Which queues an agent or a counter has served lately: what it serves where nobody says. */
import { entry } from '../metrics/entry.ts';
import { addFading, fadedTo, type Fading, noFading } from './fading.ts';

/** Services of an agent or a counter, fading: all of them, and by queue. */
export interface ServingRecord {
  all: Fading;
  queues: Map<string, Fading>;
}

/** By agent or counter. */
export type ServingRecords = Map<string, ServingRecord>;

/** A service this long ago counts e times less: duties change from shift to shift, ms. */
const MEMORY_MS = 10 * 3_600_000;
/** So many services of a queue make a share of one half: whoever serves it at all lately does serve it. */
const HALF_SHARE = 0.1;
/** Who has served others this often may serve the queue in one case of two. */
const HALF_KNOWN = 2;
/** Who has served nobody for this long is forgotten, ms. */
const FORGET_MS = 7 * 24 * 3_600_000;

const nothingServed = (): ServingRecord => ({ all: noFading(), queues: new Map() });

/** Takes in a service that ended. */
export function learnServed(records: ServingRecords, server: string, queue: string, at: number): void {
  const { all, queues } = entry(records, server, nothingServed);
  addFading(all, at, MEMORY_MS);
  addFading(entry(queues, queue, noFading), at, MEMORY_MS);
}

/**
 * How far a server serves a queue, 0–1, as its own services tell; one that has served nobody may serve everybody.
 * `serving` is the queue of the contact in service now.
 */
export function learnedShare(
  records: ServingRecords,
  server: string,
  queue: string,
  serving: string | null,
  now: number,
): number {
  if (serving === queue) return 1;
  const record = records.get(server);
  const served = record?.queues.get(queue);
  const own = served ? fadedTo(served, now, MEMORY_MS) : 0;
  const all = (record ? fadedTo(record.all, now, MEMORY_MS) : 0) + (serving === null ? 0 : 1);
  return Math.max(own / (own + HALF_SHARE), HALF_KNOWN / (HALF_KNOWN + all));
}

/** Lets go of servers that are gone. */
export function forgetServers(records: ServingRecords, now: number): void {
  for (const [server, { all }] of records) if (now - all.at > FORGET_MS) records.delete(server);
}
