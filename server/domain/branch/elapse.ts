/** What happens because time passes: missed turns that never came back, contacts nobody ended, old records. */
import { settleContact, settleService } from './contact.ts';
import { loseContact } from './lose.ts';
import type { Outcomes } from './outcome.ts';
import type { BranchState, Contact } from './state.ts';

/** Called and not there: gone for good after this long (rule AB1), ms. */
const MISSED_RETURN_MS = 15 * 60_000;
/** A finished contact is remembered this long, so that late facts about it change nothing, ms. */
const REMEMBER_MS = 2 * 60_000;
/** A contact without news for this long was lost by its source (rule DQ1), ms. */
const LOST_MS = 12 * 3_600_000;
const SWEEP_MS = 3_600_000;

/** Brings the branch to `at`; times before the newest one known change nothing. */
export function letTimePass(state: BranchState, at: number, out: Outcomes): void {
  if (at <= state.now) return;
  state.now = at;
  giveUpMissed(state, out);
  forgetFinished(state, out);
  if (at - state.sweptAt >= SWEEP_MS) {
    state.sweptAt = at;
    dropLost(state, out);
  }
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
    if (state.now - at < REMEMBER_MS) return;
    const contact = state.contacts.get(id);
    if (contact) {
      implyStart(state, contact, out);
      settleService(contact, contact.queue, out);
    }
    state.contacts.delete(id);
    state.finished.delete(id);
  }
}

// Some machines tell the call and the end only. By now a start that was merely late would have come:
// the service began with the last call (rule DQ1).
function implyStart(state: BranchState, contact: Contact, out: Outcomes): void {
  if (contact.startedAt !== null || contact.endedAt === null || contact.lastCalledAt === null) return;
  const source = state.sources.get(contact.source);
  if (source) source.implied += 1;
  contact.startedAt = Math.min(contact.lastCalledAt, contact.endedAt);
  settleContact(state, contact, out);
}

// Also the agents and counters known only from contacts: without news they have left.
function dropLost(state: BranchState, out: Outcomes): void {
  for (const contact of state.contacts.values()) {
    if (state.now - contact.lastAt < LOST_MS) continue;
    loseContact(state, contact, contact.lastAt, out);
  }
  for (const agent of state.agents.values()) {
    const gone = !agent.signedIn || (!agent.reported && agent.serving.size === 0);
    if (gone && state.now - agent.since >= SWEEP_MS) state.agents.delete(agent.id);
  }
  for (const counter of state.counters.values()) {
    const idle = !counter.reported && counter.contact === null;
    if (idle && state.now - counter.since >= SWEEP_MS) state.counters.delete(counter.id);
  }
}
