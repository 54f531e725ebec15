import { hallDay } from '../../domain/branch/hall-day.ts';
import type { Counts } from '../../domain/metrics/counts.ts';
import { judgementAt } from '../../domain/metrics/definitions.ts';
import { noQueueInterval, type QueueInterval } from '../../domain/metrics/interval.ts';
import { SERVICE_LEVELS } from '../../domain/metrics/service-level.ts';
import { readIntervalCsv, type SlotCounts } from '../../sources/interval-csv.ts';
import { overQuarterHours } from '../../sources/quarter-hours.ts';
import type { TextChunks } from '../../sources/reading.ts';
import type { BranchProfile } from '#shared/network.ts';
import { createTally } from '../replay/tally.ts';
import { UsageError } from '../result.ts';
import { type Collected, noteQuarterHours } from './collected.ts';

const MINUTE_MS = 60_000;
/** A longer slot says too little about when in it things happened, minutes. */
const MAX_SLOT_MINUTES = 60;
/** Where neither the file nor the command names a queue. */
const EVERY_QUEUE = 'all';

export interface IntervalFile {
  /** The queue all rows belong to, whatever the file says. */
  queue: string | undefined;
  /** Wall clock of the file. */
  zone: string;
  /** Length of its slots, minutes; found out when not given. */
  slotMinutes: number | undefined;
}

/** Collects a table of counts into quarter-hours of queues. Throws UnreadableRecording, {@link UsageError}. */
export async function collectIntervals(
  chunks: TextChunks,
  profile: BranchProfile,
  file: IntervalFile,
): Promise<Collected> {
  const slots: SlotCounts[] = [];
  const skipped = createTally();
  for await (const reading of readIntervalCsv(chunks, file.zone)) {
    if ('refused' in reading) skipped.add(reading.refused, 1);
    else slots.push(reading);
  }
  const slotMinutes = file.slotMinutes ?? usualGap(slots) / MINUTE_MS;
  if (slots.length > 0 && !(slotMinutes > 0 && slotMinutes <= MAX_SLOT_MINUTES))
    throw new UsageError(
      Number.isFinite(slotMinutes)
        ? `slots of ${slotMinutes} minutes are too long: ${MAX_SLOT_MINUTES} at most`
        : 'one slot does not tell its length: add --slot-minutes',
    );
  const queues = slots.flatMap(({ queue, start: slotStart, counts }) => {
    const id = file.queue ?? queue ?? EVERY_QUEUE;
    return overQuarterHours(counts, slotStart, slotMinutes * MINUTE_MS).map(({ start, counts: part }) => ({
      branch: profile.id,
      id,
      start,
      day: hallDay(profile, start),
      sums: judged(part, profile, id, start),
    }));
  });
  const quarterHours = new Map<string, Set<number>>();
  noteQuarterHours(quarterHours, queues);
  return {
    batches: [{ queues, agents: [], counters: [], visits: [], sources: [] }],
    quarterHours,
    taken: slots.length,
    skipped,
    about: { slotMinutes },
  };
}

/** The counts with the service level by the formula that was valid then (rules SL2, AS3). */
function judged(counts: Counts, profile: BranchProfile, queue: string, at: number): QueueInterval {
  const { serviceLevel } = judgementAt(profile, queue, at);
  const { numerator, denominator } = SERVICE_LEVELS[serviceLevel](counts);
  return { ...noQueueInterval(), ...counts, slNumerator: numerator, slDenominator: denominator };
}

/** The time most often between two neighbouring slots of a queue, ms; `NaN` when there is only one. */
function usualGap(slots: readonly SlotCounts[]): number {
  const last = new Map<string | null, number>();
  const gaps = new Map<number, number>();
  for (const { queue, start } of slots) {
    const gap = start - (last.get(queue) ?? NaN);
    last.set(queue, start);
    if (gap > 0) gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
  }
  const [usual] = [...gaps].sort(([a, often], [b, oftener]) => oftener - often || a - b);
  return usual?.[0] ?? NaN;
}
