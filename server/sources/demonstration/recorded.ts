import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Counts = z.array(z.number().int().min(0));
const RecordedQueue = z.object({
  id: z.string(),
  letter: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
  kind: z.enum(['quick', 'standard', 'long']),
  /** Tickets taken per half hour. */
  arrivals: Counts,
});
const RecordedGroup = z.object({
  /** Counters the group has at most. */
  counters: z.number().int().min(0),
  /** Counters open per half hour. */
  open: Counts,
  queues: z.array(RecordedQueue),
});
const RecordedHall = z.object({ office: z.string(), groups: z.array(RecordedGroup) });
const RecordedHalls = z.object({ day: z.string(), slotMinutes: z.number(), halls: z.array(RecordedHall) });

/** A service as its office's ticket machine counted it on the recorded day. */
export type RecordedQueue = z.infer<typeof RecordedQueue>;
/** Counters and the queues that share them. */
export type RecordedGroup = z.infer<typeof RecordedGroup>;
/** An office on the recorded day. */
export type RecordedHall = z.infer<typeof RecordedHall>;

const DATA = join(import.meta.dirname, 'data');

/** The offices of the recorded day, half hours from 08:00. */
export function recordedHalls(): RecordedHall[] {
  return RecordedHalls.parse(JSON.parse(readFileSync(join(DATA, 'halls.json'), 'utf8'))).halls;
}

/** The calls of the recorded day, as a normalised calls CSV. */
export const recordedCallsCsv = (): string => readFileSync(join(DATA, 'hotline.csv'), 'utf8');
