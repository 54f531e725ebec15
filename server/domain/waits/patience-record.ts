/** How long customers are ready to wait, learned from waits of which most were cut off by service. */
import type { Channel } from '#shared/events.ts';
import { entry } from '../metrics/entry.ts';
import { hazardPatience, type Patience, withBalking } from '../queueing/patience.ts';
import { WHOLE_BRANCH } from './handling-time.ts';

/** Where the pieces of the hazard begin, seconds. */
const PIECES = [0, 10, 20, 40, 60, 90, 120, 180, 300, 600, 1_200, 2_400] as const;
/** Who leaves within this had no mind to wait at all, seconds. */
const BALK_SECONDS = 1;
/** Waits after which an older one counts e times less. */
const MEMORY = 2_000;
/** Mean patience before anything is known, seconds. */
const USUAL_SECONDS: Record<Channel, number> = { hall: 3_600, voice: 480, chat: 480, video: 480 };
const USUAL_BALK = 0.02;
/** The belief weighs as much as so many seconds of waiting in each piece, and so many customers who met a queue. */
const STRENGTH_SECONDS = 1_200;
const STRENGTH_CUSTOMERS = 20;

/** Waits of one queue, or of a whole branch: by piece the seconds waited in it and how many left in it. */
export interface PatienceRecord {
  seconds: number[];
  left: number[];
  /** Sums over the pieces. */
  allSeconds: number;
  allLeft: number;
  /** How many had to wait, and how many of them left at once. */
  met: number;
  balked: number;
}

/** By queue; the branch as a whole under {@link WHOLE_BRANCH}. */
export type PatienceRecords = Map<string, PatienceRecord>;

const noPatience = (): PatienceRecord => ({
  seconds: PIECES.map(() => 0),
  left: PIECES.map(() => 0),
  allSeconds: 0,
  allLeft: 0,
  met: 0,
  balked: 0,
});

/** Takes in a wait that ended: by leaving, or by service, which only says that patience lasted longer. */
export function learnWait(records: PatienceRecords, queue: string, waitSeconds: number, left: boolean): void {
  for (const name of [queue, WHOLE_BRANCH]) addWait(entry(records, name, noPatience), waitSeconds, left);
}

function addWait(record: PatienceRecord, waitSeconds: number, left: boolean): void {
  const keep = 1 - 1 / MEMORY;
  const balked = left && waitSeconds <= BALK_SECONDS;
  record.met = record.met * keep + 1;
  record.balked = record.balked * keep + (balked ? 1 : 0);
  record.allSeconds = record.allSeconds * keep + (balked ? 0 : waitSeconds);
  record.allLeft = record.allLeft * keep + (left && !balked ? 1 : 0);
  for (const [i, from] of PIECES.entries()) {
    const until = PIECES[i + 1] ?? Infinity;
    const spent = balked ? 0 : Math.max(0, Math.min(waitSeconds, until) - from);
    const leftHere = left && !balked && waitSeconds > from && waitSeconds <= until;
    record.seconds[i] = (record.seconds[i] ?? 0) * keep + spent;
    record.left[i] = (record.left[i] ?? 0) * keep + (leftHere ? 1 : 0);
  }
}

const drawn = (left: number, seconds: number, otherwise: number): number =>
  (left + STRENGTH_SECONDS * otherwise) / (seconds + STRENGTH_SECONDS);

/** At which each waiting customer of the branch gives up, per second, over all waits. */
function branchRate(records: PatienceRecords, channel: Channel): number {
  const branch = records.get(WHOLE_BRANCH);
  return drawn(branch?.allLeft ?? 0, branch?.allSeconds ?? 0, 1 / USUAL_SECONDS[channel]);
}

/** At which each waiting customer of a queue gives up, per second, over all waits. */
export function abandonmentRate(records: PatienceRecords, queue: string, channel: Channel): number {
  const own = records.get(queue);
  return drawn(own?.allLeft ?? 0, own?.allSeconds ?? 0, branchRate(records, channel));
}

/**
 * The patience of a queue by the method of Kaplan and Meier with a constant hazard in each piece: those who left in it
 * over the time all spent in it, beside the share that leaves rather than wait at all. Where little is known it is drawn
 * to the branch, and before that to what is usual.
 */
export function patienceOf(records: PatienceRecords, queue: string, channel: Channel): Patience {
  const branch = records.get(WHOLE_BRANCH) ?? noPatience();
  const own = records.get(queue) ?? noPatience();
  const usual = branchRate(records, channel);
  const pieces = PIECES.map((from, i) => {
    const ofBranch = drawn(branch.left[i] ?? 0, branch.seconds[i] ?? 0, usual);
    return { from, rate: drawn(own.left[i] ?? 0, own.seconds[i] ?? 0, ofBranch) };
  });
  const balkOf = ({ balked, met }: PatienceRecord, otherwise: number): number =>
    (balked + STRENGTH_CUSTOMERS * otherwise) / (met + STRENGTH_CUSTOMERS);
  return withBalking(balkOf(own, balkOf(branch, USUAL_BALK)), hazardPatience(pieces));
}
