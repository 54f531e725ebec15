/** A queue: who waits in it, or what a level feed says of it. */
import type { EventOf } from '#shared/events.ts';
import type { Outcome, Outcomes } from './outcome.ts';
import type { BranchState, Observation, Queue, Source } from './state.ts';

// A level feed that repeats itself this long with people waiting is frozen, not quiet.
const FROZEN_MS = 45 * 60_000;
const FROZEN_REPEATS = 6;
// So is one of which no number of any queue moves this long, though it says that somebody works or waits.
const DEAD_MS = 3 * 3_600_000;

/** The queue of this id, made when it was not known. */
export function queueOf(state: BranchState, id: string, source: string): Queue {
  const known = state.queues.get(id);
  if (known) {
    known.source = source;
    return known;
  }
  const queue: Queue = { id, source, waiting: new Map(), observed: null };
  state.queues.set(id, queue);
  return queue;
}

/** A level feed told the numbers of a queue as of `at`; times are corrected for its clock. */
export function observe(
  state: BranchState,
  source: Source,
  event: EventOf<'queue.observed'>,
  at: number,
  receivedAt: number,
  out: Outcomes,
): void {
  const queue = queueOf(state, event.queue, source.id);
  const before = queue.observed;
  if (before !== null && at < before.at) return;
  const said = {
    waiting: event.waiting,
    countersOpen: event.countersOpen ?? null,
    averageServiceSeconds: event.averageServiceSeconds ?? null,
    lastTicket: event.lastTicket ?? null,
    longestWaitSeconds: event.longestWaitSeconds ?? null,
  };
  const ticket = said.lastTicket ?? before?.ticket ?? null;
  countObservedUntil(queue, at, ticketsBetween(before?.ticket ?? null, ticket), out);
  const same = before !== null && isSame(before, said);
  const now: Observation = {
    ...said,
    at,
    receivedAt,
    changedAt: same ? before.changedAt : receivedAt,
    repeats: same ? before.repeats + 1 : 0,
    isFrozen: false,
    ticket,
    countedUntil: at,
  };
  now.isFrozen = isDead(source, now, event.queue, same) || isStuck(now);
  queue.observed = now;
}

type Said = Pick<
  Observation,
  'waiting' | 'countersOpen' | 'averageServiceSeconds' | 'lastTicket' | 'longestWaitSeconds'
>;

const isSame = (a: Said, b: Said): boolean =>
  a.waiting === b.waiting &&
  a.countersOpen === b.countersOpen &&
  a.averageServiceSeconds === b.averageServiceSeconds &&
  a.lastTicket === b.lastTicket &&
  a.longestWaitSeconds === b.longestWaitSeconds;

const isStuck = (said: Observation): boolean =>
  said.waiting > 0 && said.repeats >= FROZEN_REPEATS && said.receivedAt - said.changedAt >= FROZEN_MS;

/** Follows whether anything moves in the place of a level feed; true when it says it is busy and nothing does. */
function isDead(source: Source, said: Observation, queue: string, same: boolean): boolean {
  source.levels ??= { changedAt: said.receivedAt, busy: new Set() };
  const { levels } = source;
  if (!same) levels.changedAt = said.receivedAt;
  if (said.waiting > 0 || (said.countersOpen ?? 0) > 0) levels.busy.add(queue);
  else levels.busy.delete(queue);
  return levels.busy.size > 0 && said.receivedAt - levels.changedAt >= DEAD_MS;
}

/** True when the numbers of a level feed cannot all be right. */
export const isContradictory = (said: Observation): boolean =>
  said.waiting === 0 && (said.longestWaitSeconds ?? 0) > 0;

/** How long the last word of a level feed has stood since it was counted; `null` when there is nothing to count. */
export function stoodBy(
  { id, observed }: Queue,
  until: number,
  tickets: number | null,
): Extract<Outcome, { kind: 'observed' }> | null {
  if (observed === null || observed.isFrozen || isContradictory(observed)) return null;
  const { at, waiting, countersOpen, countedUntil: from } = observed;
  return { kind: 'observed', queue: id, at, from, to: until, waiting, countersOpen, tickets };
}

/** Counts the last word up to `until`; `tickets` went on until the next one, when there is one then. */
export function countObservedUntil(queue: Queue, until: number, tickets: number | null, out: Outcomes): void {
  const stood = stoodBy(queue, until, tickets);
  if (queue.observed !== null) queue.observed.countedUntil = until;
  if (stood !== null && stood.from !== until) out.push(stood);
}

const TICKET = /^(.*?)(\d{1,6})$/;
// A longer leap between two words is into another series of numbers.
const MOST_TICKETS = 60;

/** How many tickets were called between two last ones, when they are of one series; it may begin anew. */
function ticketsBetween(before: string | null, now: string | null): number | null {
  const [, seriesBefore, numberBefore] = TICKET.exec(before ?? '') ?? [];
  const [, series, number] = TICKET.exec(now ?? '') ?? [];
  if (series === undefined || series !== seriesBefore) return null;
  const tickets = Number(number) - Number(numberBefore);
  return tickets >= 0 && tickets <= MOST_TICKETS ? tickets : null;
}
