/** A queue: who waits in it, or what a level feed says of it. */
import type { EventOf } from '#shared/events.ts';
import type { BranchState, Queue } from './state.ts';

// A level feed that repeats itself this long with people waiting is frozen, not quiet.
const FROZEN_MS = 45 * 60_000;
const FROZEN_REPEATS = 6;

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
  source: string,
  event: EventOf<'queue.observed'>,
  at: number,
  receivedAt: number,
): void {
  const queue = queueOf(state, event.queue, source);
  const before = queue.observed;
  const said = {
    waiting: event.waiting,
    countersOpen: event.countersOpen ?? null,
    averageServiceSeconds: event.averageServiceSeconds ?? null,
    lastTicket: event.lastTicket ?? null,
    longestWaitSeconds: event.longestWaitSeconds ?? null,
  };
  if (before !== null && at < before.at) return;
  const same =
    before !== null &&
    before.waiting === said.waiting &&
    before.countersOpen === said.countersOpen &&
    before.averageServiceSeconds === said.averageServiceSeconds &&
    before.lastTicket === said.lastTicket &&
    before.longestWaitSeconds === said.longestWaitSeconds;
  queue.observed = {
    ...said,
    at,
    receivedAt,
    changedAt: same ? before.changedAt : receivedAt,
    repeats: same ? before.repeats + 1 : 0,
  };
}

/** True when a level feed has said the same for so long, with people waiting, that it must have stopped. */
export function isFrozen(queue: Queue): boolean {
  const said = queue.observed;
  return (
    said !== null &&
    said.waiting > 0 &&
    said.repeats >= FROZEN_REPEATS &&
    said.receivedAt - said.changedAt >= FROZEN_MS
  );
}

/** True when the numbers of a level feed cannot all be right. */
export function isContradictory(queue: Queue): boolean {
  const said = queue.observed;
  return said !== null && said.waiting === 0 && (said.longestWaitSeconds ?? 0) > 0;
}
