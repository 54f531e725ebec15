/** What happens because time passes: missed turns that never came back, contacts nobody ended, old records. */
import { countAgentUntil, isSignedIn, isUnreported } from './agent.ts';
import { closeVisit } from './close-visit.ts';
import { settleContact } from './contact.ts';
import { countCounterUntil, forgetSeatOf } from './counter.ts';
import { loseContact } from './lose.ts';
import type { Outcomes } from './outcome.ts';
import { quarterStart } from './quarter-hour.ts';
import { countObservedUntil } from './queue.ts';
import { runningService } from './service.ts';
import type { BranchState } from './state.ts';
import { TOLERATED_MS } from './timeline.ts';

/** Called and not there: gone for good after this long (rule AB1), ms. */
const MISSED_RETURN_MS = 15 * 60_000;
/** A contact without news for this long was lost by its source (rule DQ1), ms. */
const LOST_MS = 12 * 3_600_000;
const SWEEP_MS = 3_600_000;

/** Brings the branch to `at`; times before the newest one known change nothing. */
export function letTimePass(state: BranchState, at: number, out: Outcomes): void {
  if (at <= state.now) return;
  const quarter = quarterStart(at);
  const isNewQuarter = quarter > state.now;
  state.now = at;
  if (isNewQuarter) closeQuarter(state, quarter, out);
  giveUpMissed(state, out);
  forgetFinished(state, out);
  if (at - state.sweptAt >= SWEEP_MS) {
    state.sweptAt = at;
    dropLost(state, out);
  }
}

// What goes on is counted up to the quarter-hour, so that its sums are whole as soon as it is over.
function closeQuarter(state: BranchState, until: number, out: Outcomes): void {
  for (const agent of state.agents.values()) countAgentUntil(agent, until, out);
  for (const counter of state.counters.values()) countCounterUntil(counter, until, out);
  for (const queue of state.queues.values()) countObservedUntil(queue, until, null, out);
}

function giveUpMissed(state: BranchState, out: Outcomes): void {
  for (const [id, missedAt] of state.missed) {
    if (state.now - missedAt < MISSED_RETURN_MS) continue;
    state.missed.delete(id);
    const contact = state.contacts.get(id);
    if (!contact) continue;
    contact.abandonedAt = missedAt + MISSED_RETURN_MS;
    settleContact(state, contact, out);
  }
}

function forgetFinished(state: BranchState, out: Outcomes): void {
  for (const [id, at] of state.finished) {
    if (state.now - at < TOLERATED_MS) return;
    const contact = state.contacts.get(id);
    if (contact) closeVisit(state, contact, out);
    state.contacts.delete(id);
    state.finished.delete(id);
  }
}

// Also the agents and counters known only from contacts: without news they have left.
function dropLost(state: BranchState, out: Outcomes): void {
  for (const contact of state.contacts.values()) {
    if (state.now - contact.lastAt < LOST_MS) continue;
    loseContact(state, contact, contact.lastAt, out);
  }
  for (const agent of state.agents.values()) {
    const isIdle = runningService(agent.services) === undefined;
    const isGone = isIdle && (isUnreported(agent) || !isSignedIn(agent));
    if (!isGone || state.now - agent.since < SWEEP_MS) continue;
    forgetSeatOf(state, agent);
    state.agents.delete(agent.id);
  }
  for (const counter of state.counters.values()) {
    const isIdle = counter.contact === null && runningService(counter.services) === undefined;
    const isUnreportedCounter = counter.reports.length === 0 && counter.seats.length === 0;
    if (isIdle && isUnreportedCounter && state.now - counter.since >= SWEEP_MS)
      state.counters.delete(counter.id);
  }
}
