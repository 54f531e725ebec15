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

/** How far a server serves a queue, as its own services in it tell, 0–1. */
export function servedShare(record: ServingRecord | undefined, queue: string, now: number): number {
  const served = record?.queues.get(queue);
  if (served === undefined) return 0;
  const own = fadedTo(served, now, MEMORY_MS);
  return own / (own + HALF_SHARE);
}

/** How far a server serves a queue of which it has served nobody, 0–1: one that has served nobody at all may serve all. */
export function othersShare(record: ServingRecord | undefined, isServing: boolean, now: number): number {
  const all = (record ? fadedTo(record.all, now, MEMORY_MS) : 0) + (isServing ? 1 : 0);
  return HALF_KNOWN / (HALF_KNOWN + all);
}

/** Lets go of servers that are gone. */
export function forgetServers(records: ServingRecords, now: number): void {
  for (const [server, { all }] of records) if (now - all.at > FORGET_MS) records.delete(server);
}
