/** A counter: the place, apart from the person at it and the contact in front of it. */
import type { CounterActivity } from '#shared/views.ts';
import type { Outcomes } from './outcome.ts';
import { addChanges, dropServicesBefore, isServing } from './service.ts';
import { type Agent, type Being, type BranchState, byId, type Counter } from './state.ts';
import {
  addSteps,
  type Count,
  countUntil,
  dropStepsBefore,
  forgetPast,
  insertStep,
  newTrack,
  revise,
  type Step,
  stepAt,
  type Steps,
} from './timeline.ts';

/** The counter of this id, made when not known: open, since somebody works at it. */
export function counterOf(state: BranchState, id: string, source: string, at: number): Counter {
  const known = state.counters.get(id);
  if (known) return known;
  const counter: Counter = {
    id,
    source,
    queues: [],
    reports: [],
    seats: [],
    services: [],
    track: newTrack({ activity: 'idle', counted: false }, at),
    activity: 'idle',
    since: at,
    contact: null,
    agent: null,
  };
  state.counters.set(id, counter);
  return counter;
}

/** When the newest report was, epoch ms. */
export const lastCounterReportAt = ({ reports }: Counter): number => reports.at(-1)?.at ?? -Infinity;

/** Takes in a report; false when it was known, or is too late to change anything. */
export function reportCounter(counter: Counter, at: number, is: 'open' | 'closed' | 'faulted'): boolean {
  if (counter.reports.some((each) => each.at === at && each.is === is)) return false;
  if (at < counter.track.revisableFrom && at < lastCounterReportAt(counter)) return false;
  insertStep(counter.reports, { at, is });
  return true;
}

/** Brings the counter up to date after a change at `from`; what became known of the time before is an outcome. */
export function settleCounter(state: BranchState, counter: Counter, from: number, out: Outcomes): void {
  revise(counter.track, from, beingFrom(state, counter, from), isSameBeing, countBeing(counter, out));
  const now = counter.track.steps.at(-1);
  counter.activity = now?.is.activity ?? 'idle';
  counter.since = now?.at ?? from;
}

/** Forgets what nothing can change any more, given the newest time known. */
export function forgetPastOfCounter(counter: Counter, now: number): void {
  const from = forgetPast(counter.track, now);
  if (from === null) return;
  dropStepsBefore(counter.reports, from);
  dropStepsBefore(counter.seats, from);
  dropServicesBefore(counter.services, from);
}

/** Counts the counter's time up to an instant, though it goes on. */
export function countCounterUntil(counter: Counter, until: number, out: Outcomes): void {
  countUntil(counter.track, until, countBeing(counter, out));
}

const countBeing =
  (counter: Counter, out: Outcomes): Count<Being> =>
  ({ activity, counted }, from, to) => {
    if (counted) out.push({ kind: 'counterSpent', counter: counter.id, activity, from, to });
  };

const isSameBeing = (a: Being, b: Being): boolean => a.activity === b.activity && a.counted === b.counted;

function beingFrom(state: BranchState, counter: Counter, from: number): Steps<Being> {
  const changes = [from];
  addSteps(counter.reports, from, changes);
  addChanges(counter.services, from, changes);
  addSteps(counter.seats, from, changes);
  for (const { is } of counter.seats) {
    const agent = byId(state.agents, is);
    if (!agent) continue;
    addSteps(agent.track.steps, from, changes);
    addSteps(agent.seatings, from, changes);
  }
  if (changes.length > 1) changes.sort((a, b) => a - b);
  return changes.map((at) => ({ at, is: beingAt(state, counter, at) }));
}

function beingAt(state: BranchState, counter: Counter, at: number): Being {
  const told = stepAt(counter.reports, at);
  const seat = stepAt(counter.seats, at);
  const counted = told !== undefined || seat !== undefined;
  if (told !== undefined && told.is !== 'open') return { activity: told.is, counted };
  if (isServing(counter.services, at)) return { activity: 'serving', counted };
  if (seat === undefined) return { activity: 'idle', counted };
  const leftAt = emptySince(state, counter, seat, at);
  // Nobody is at it: closed, whatever it said before (rule OC2). Who opened it since is unknown, but there.
  if (leftAt !== null) return { activity: (told?.at ?? -Infinity) > leftAt ? 'idle' : 'closed', counted };
  const agent = byId(state.agents, seat.is);
  return { activity: agent ? activityWith(agent, at) : 'idle', counted };
}

function activityWith(agent: Agent, at: number): CounterActivity {
  const activity = stepAt(agent.track.steps, at)?.is.activity;
  switch (activity) {
    case undefined:
    case 'available':
    case 'serving':
      return 'idle';
    case 'wrapUp':
      return 'wrapUp';
    case 'signedOut':
      return 'closed';
    case 'break':
    case 'backOffice':
    case 'training':
    case 'meeting':
    case 'moving':
    case 'unavailable':
      return 'paused';
  }
}

/** Since when the counter has been empty at `at`, given who came last; `null` when somebody is there. */
function emptySince(
  state: BranchState,
  counter: Counter,
  seat: Step<string | null>,
  at: number,
): number | null {
  if (seat.is === null) return seat.at;
  const seatings = state.agents.get(seat.is)?.seatings ?? [];
  const place = stepAt(seatings, at);
  if (place === undefined || place.is === counter.id) return null;
  return seatings.find((each) => each.at > seat.at && each.is !== counter.id)?.at ?? place.at;
}

/** Who is at a counter at an instant; `null` when nobody is, or nobody is known to be. */
export function agentAt(state: BranchState, counter: Counter, at: number): string | null {
  const seat = stepAt(counter.seats, at);
  return seat === undefined || emptySince(state, counter, seat, at) !== null ? null : seat.is;
}

/** Keeps in mind that an agent about to be forgotten had left. */
export function forgetSeatOf(state: BranchState, agent: Agent): void {
  for (const counter of state.counters.values()) {
    const seat = counter.seats.at(-1);
    if (seat?.is !== agent.id) continue;
    const leftAt = emptySince(state, counter, seat, Infinity);
    if (leftAt !== null) counter.seats[counter.seats.length - 1] = { at: leftAt, is: null };
  }
}
