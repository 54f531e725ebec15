import { seedOf } from '#server/rng.ts';
import { createHall, type Hall } from '../simulator/hall.ts';
import { agentLetter } from './agent-letter.ts';
import { DAY_MS, dayKey, localMidnight, type Anchor } from './anchor.ts';
import type { DayRun, TimedFact } from './day-run.ts';
import { isDead, runDeadOffice } from './dead-office.ts';
import { hallSpecOf, planHall, type HallPlan } from './hall-plan.ts';
import { HOTLINE, readHotlineDay, runHotline } from './hotline-day.ts';
import { PLACES } from './places.ts';
import { recordedHalls, type RecordedHall } from './recorded.ts';
import { type Announcement, createAnnouncements } from './announcements.ts';
import { createStaffOrders, type StaffOrder } from './staff-orders.ts';

const HEARTBEAT_MS = 5_000;

/** A fact and the branch it belongs to. */
export interface BranchFact {
  branch: string;
  event: TimedFact;
}

/** What was agreed on: who of the staff goes where, and what customers are told. */
export interface Agreed {
  staff: readonly StaffOrder[];
  announcements: readonly Announcement[];
}
const NOTHING_AGREED: Agreed = { staff: [], announcements: [] };

/** All branches of the demonstration, told step by step. */
export interface Demonstration {
  /**
   * Everything that happened up to this time (epoch milliseconds) and was not given before, in order of time. The
   * first call gives the first local day so far; from then on, signs of life are among the facts. People do what was
   * agreed on about them up to then, and customers hear what is announced; all of it is told each time.
   */
  advanceTo(nowMs: number, agreed?: Agreed): BranchFact[];
}

interface HallOfDays {
  id: string;
  letter: string;
  recorded: RecordedHall;
  plan: HallPlan;
}

/**
 * Makes the demonstration: 21 simulated halls with recorded volumes and a hotline replayed call by call, one recorded
 * day after the other. The same anchor, seed and orders give the same facts with the same ids, signs of life aside.
 */
export async function createDemonstration(anchor: Anchor, seed: number): Promise<Demonstration> {
  const halls = hallsOfDays();
  const hotline = await readHotlineDay();
  const beating = [...halls.filter(({ recorded }) => !isDead(recorded)).map(({ id }) => id), HOTLINE];
  let runs: DayRun[] = [];
  const open = new Map<string, Hall>();
  const staff = createStaffOrders((branch) => open.get(branch));
  const announced = createAnnouncements((branch) => open.get(branch));
  let daysBegun = 0;
  let beatenUntil: number | null = null;

  function beginDay(): void {
    const midnight = localMidnight(anchor) + daysBegun * DAY_MS;
    const key = dayKey(anchor, daysBegun);
    runs = [
      ...runs.filter((run) => !run.isOver),
      ...halls.map((hall) => runHall(hall, key, midnight, seedOf(seed, hall.id, daysBegun), open)),
      runHotline(hotline, key, midnight),
    ];
    daysBegun += 1;
  }

  return {
    advanceTo(nowMs, agreed = NOTHING_AGREED) {
      staff.take(agreed.staff);
      announced.take(agreed.announcements);
      const due: BranchFact[] = [];
      const collect = (until: number): void => {
        for (const run of runs)
          for (const event of run.advanceTo(until)) due.push({ branch: run.branch, event });
      };
      for (;;) {
        const nextMidnight = localMidnight(anchor) + daysBegun * DAY_MS;
        const until = Math.min(nowMs, nextMidnight, staff.nextAt, announced.nextAt);
        collect(until);
        // Whoever goes from hall to hall leaves one before reaching the other: all of them stand at the same time then.
        if (staff.nextAt <= until) staff.runNext();
        else if (announced.nextAt <= until) announced.runNext();
        else if (nowMs < nextMidnight) break;
        else beginDay();
      }
      if (beatenUntil !== null) due.push(...heartbeats(beating, beatenUntil, nowMs));
      beatenUntil = Math.max(nowMs, beatenUntil ?? nowMs);
      return due.sort((a, b) => a.event.at - b.event.at);
    },
  };
}

function hallsOfDays(): HallOfDays[] {
  const recorded = new Map(recordedHalls().map((hall) => [hall.office, hall]));
  return PLACES.flatMap(({ office, id, en }) => {
    const hall = recorded.get(office);
    return hall === undefined ? [] : [{ id, letter: agentLetter(en), recorded: hall, plan: planHall(hall) }];
  });
}

function runHall(
  { id, letter, recorded, plan }: HallOfDays,
  key: string,
  midnight: number,
  seed: number,
  open: Map<string, Hall>,
): DayRun {
  if (isDead(recorded)) return runDeadOffice(id, recorded, key, midnight);
  const hall = createHall(hallSpecOf(plan, letter, key, midnight, seed), seed);
  open.set(id, hall);
  return {
    branch: id,
    get isOver() {
      return hall.isOver;
    },
    advanceTo: (timeMs) => hall.advanceTo(timeMs),
  };
}

/**
 * The last beat of each branch in (after, until], if there is one: what is long past is no sign of life. Each branch
 * has its own place within the interval, so that they do not all come at once.
 */
function heartbeats(branches: readonly string[], after: number, until: number): BranchFact[] {
  return branches.flatMap((branch, i) => {
    const phase = Math.floor((i * HEARTBEAT_MS) / branches.length);
    const at = Math.floor((until - phase) / HEARTBEAT_MS) * HEARTBEAT_MS + phase;
    if (at <= after) return [];
    return [{ branch, event: { id: `beat-${at.toString(36)}`, at, type: 'source.heartbeat' } }];
  });
}
