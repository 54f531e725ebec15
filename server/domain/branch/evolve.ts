/**
 * The fold of one branch. `evolve` is a function of state and fact alone: no clock, no chance, no I/O.
 * It owns the state it is handed and changes it in place (copying maps of contacts for each fact costs more than
 * everything else, see docs/decisions.md); what became countable is returned.
 *
 * Facts may be missing, late, doubled or swapped (rule DQ1): presence of agents, state of counters and life of
 * contacts are kept apart, and each only moves forward.
 */
import { isAlertEvent } from '#shared/alerts.ts';
import type { LoggedEvent, SourceEvent } from '#shared/events.ts';
import { isMoveEvent } from '#shared/moves.ts';
import { letTimePass } from './elapse.ts';
import { isToldAgain, lived, queued } from './life.ts';
import type { Outcome, Outcomes } from './outcome.ts';
import { observe } from './queue.ts';
import { replaceBySnapshot } from './snapshot.ts';
import { correctedTime, lateness, newClock, observeClock, skewOf } from './source-clock.ts';
import { agentReported, counterReported } from './staff.ts';
import type { BranchState, Source } from './state.ts';

/** Told this long after it happened, a fact is late, ms. */
const LATE_MS = 5 * 60_000;

/** Folds one fact into the branch; the outcomes it made known, in order. */
export function evolve(state: BranchState, logged: LoggedEvent): Outcome[] {
  const { event, receivedAt } = logged;
  // Alerts and suggestions say nothing about the place: they have folds of their own.
  if (isAlertEvent(event) || isMoveEvent(event)) return [];
  if (event.type === 'source.refused') {
    const { duplicate, rejected } = event;
    return [{ kind: 'refused', source: logged.source, at: receivedAt, duplicate, rejected }];
  }
  const out: Outcomes = [];
  const silentSince = state.sources.get(logged.source)?.lastHeardAt ?? null;
  const source = sourceOf(state, logged.source, receivedAt);
  source.lastHeardAt = Math.max(source.lastHeardAt, receivedAt);
  observeClock(source.clock, event.at, receivedAt, isAboutNow(event));
  const at = correctedTime(source.clock, event.at, receivedAt);
  letTimePass(state, at, out);
  const isNews = apply(state, source, event, receivedAt, at, out);
  out.push({
    kind: 'heard',
    source: source.id,
    at: receivedAt,
    silentSince,
    late: (lateness(source, event.at, receivedAt) ?? 0) > LATE_MS,
    repeated: !isNews,
    skewSeconds: skewOf(source.clock) / 1_000,
  });
  return out;
}

const isAboutNow = (event: SourceEvent): boolean =>
  event.type === 'source.heartbeat' || event.type === 'source.snapshot' || event.type === 'queue.observed';

function sourceOf(state: BranchState, id: string, receivedAt: number): Source {
  const known = state.sources.get(id);
  if (known) return known;
  const source: Source = {
    ...{ id, firstHeardAt: receivedAt, lastHeardAt: receivedAt },
    ...{ clock: newClock(receivedAt), levels: null },
  };
  state.sources.set(id, source);
  return source;
}

/** Applies one fact; false when it told nothing new. */
function apply(
  state: BranchState,
  source: Source,
  event: SourceEvent,
  receivedAt: number,
  at: number,
  out: Outcomes,
): boolean {
  switch (event.type) {
    case 'contact.queued':
      return queued(state, source, event, at, out);
    case 'contact.called':
    case 'contact.missed':
    case 'contact.started':
    case 'contact.held':
    case 'contact.resumed':
    case 'contact.transferred':
    case 'contact.ended':
    case 'contact.abandoned':
      return lived(state, source, event, at, out);
    case 'contact.rated': {
      const contact = state.contacts.get(event.contact);
      if (contact && isToldAgain(contact, event)) return false;
      const queue = contact?.queue ?? null;
      const score = Math.min(1, event.score / event.scale);
      out.push({ kind: 'rated', contact: event.contact, queue, at, score });
      return true;
    }
    case 'agent.signedIn':
    case 'agent.signedOut':
    case 'agent.stateChanged':
      return agentReported(state, source, event, at, out);
    case 'counter.opened':
    case 'counter.closed':
    case 'counter.faulted':
      return counterReported(state, source, event, at, out);
    case 'queue.observed':
      observe(state, source, event, at, receivedAt, out);
      return true;
    case 'source.snapshot':
      replaceBySnapshot(state, source, event, at, out);
      return true;
    case 'source.heartbeat':
      return true;
    default:
      return event satisfies never;
  }
}
