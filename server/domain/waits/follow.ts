/** Follows a branch fact by fact: estimates each wait as it begins, and learns from it when it has ended. */
import type { LoggedEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import { phaseOf, waitOf } from '../branch/contact.ts';
import type { Outcome } from '../branch/outcome.ts';
import type { BranchState, Contact } from '../branch/state.ts';
import { learnAccuracy } from './accuracy.ts';
import { basisOf, find } from './basis.ts';
import { learnBias } from './bias.ts';
import { learnBlend } from './blend.ts';
import { learnCorrection } from './correction.ts';
import { forgetServers } from './serving-record.ts';
import { learnSpread } from './spread.ts';
import { customersOf, type Scene, sceneOf } from './standing.ts';
import { learnArrival, learnTrend } from './trend.ts';
import { dropUnnamed, noteUnnamed } from './unnamed-servers.ts';
import { type Basis, isWait, learnOutcome, type WaitRecord } from './wait-record.ts';

/** A wait that ended in service, beside what was estimated when it began; seconds. */
export interface JudgedWait {
  contact: string;
  actual: number;
  /** What was estimated; its quantiles are in the order of LEVELS. */
  said: Basis;
}

const SWEEP_MS = 3_600_000;
/** A wait told this long after it began cannot be estimated as of its beginning any more, ms. */
const LATE_MS = 30_000;
/** Every so many estimates one of those who wait already is estimated again. */
const LATER_EVERY = 3;

/**
 * Takes in a fact just folded into `state`, with its outcomes. The estimate of a wait is made here, from what is known
 * as it begins, and never changed; what is learned from a wait is learned when it ends. Gives the wait that this fact
 * ended in service, if it did.
 *
 * `restMs`: after an estimate the next waits are passed over for so long, for each server and each customer who waits,
 * ms. An estimate looks at all of them, and a busy branch teaches enough by a part of its waits.
 */
export function followWaits(
  record: WaitRecord,
  state: BranchState,
  profile: BranchProfile,
  { event }: LoggedEvent,
  outcomes: readonly Outcome[],
  restMs = 0,
): JudgedWait | null {
  for (const outcome of outcomes) learnOutcome(record, outcome);
  const judged = followContact(record, state, profile, event, restMs);
  sweep(record, state);
  return judged;
}

function followContact(
  record: WaitRecord,
  state: BranchState,
  profile: BranchProfile,
  event: LoggedEvent['event'],
  restMs: number,
): JudgedWait | null {
  const contact = 'contact' in event ? state.contacts.get(event.contact) : undefined;
  if (contact === undefined) return null;
  noteUnnamed(record.unnamed, contact);
  if (phaseOf(contact) === 'waiting') {
    if (event.type === 'contact.queued' || event.type === 'contact.transferred')
      noteWaiting(record, state, profile, contact, restMs);
    return null;
  }
  const open = record.open.get(contact.id);
  const wait = waitOf(contact);
  if (open === undefined || wait === null) return null;
  record.open.delete(contact.id);
  const actual = wait.ms / 1_000;
  if (wait.end === 'abandoned' || !isWait(actual)) return null;
  learnFrom(record, open.first, actual);
  if (open.later !== null) learnLater(record, open.later, open.first.queuedAt + wait.ms);
  return { contact: contact.id, actual, said: open.first };
}

/** Estimates a wait that has just begun, or begun anew in another queue. */
function noteWaiting(
  record: WaitRecord,
  state: BranchState,
  profile: BranchProfile,
  contact: Contact,
  restMs: number,
): void {
  const { id, queue, queuedAt, priority } = contact;
  if (queue === null || queuedAt === null) return;
  const known = record.open.get(id)?.first;
  if (known?.queue === queue && known.queuedAt === queuedAt) return;
  learnArrival(record.trends, queue, priority, queuedAt);
  record.open.delete(id);
  if (state.now - queuedAt > LATE_MS) return;
  if (state.now < record.restUntil) return;
  const scene = sceneOf(state, profile, record, state.now);
  record.restUntil = state.now + restMs * sizeOf(scene);
  const first = basisOf(record, find(record, scene, { queue, priority, queuedAt, contact: id }), false);
  record.open.set(id, { first, later: null });
  record.turn += 1;
  if (record.turn % LATER_EVERY === 0) noteLater(record, scene, queue);
}

function sizeOf({ servers, state }: Scene): number {
  let size = servers.length;
  for (const queue of state.queues.values()) size += queue.waiting.size;
  return size;
}

// One of those who wait already in the queue, in turn, is estimated once more on the way.
function noteLater(record: WaitRecord, scene: Scene, queue: string): void {
  const waiting = customersOf(scene.state, queue);
  const customer = waiting[(record.turn / LATER_EVERY) % waiting.length];
  const open = customer?.contact == null ? undefined : record.open.get(customer.contact);
  if (!customer || !open || open.later !== null || customer.queuedAt >= scene.now) return;
  open.later = { at: scene.now, said: basisOf(record, find(record, scene, customer), true) };
}

function learnFrom(record: WaitRecord, said: Basis, actual: number): void {
  const ratio = actual / said.mean;
  learnAccuracy(record.accuracies, said, actual);
  learnCorrection(record.correction, said.evidence, actual / said.bent);
  learnBlend(record.blend, said, actual);
  learnSpread(record.spread, said.ahead, ratio);
  learnTrend(record.trends, said, actual, said.bent);
}

function learnLater(record: WaitRecord, { at, said }: { at: number; said: Basis }, endedAt: number): void {
  const actual = Math.max(0, endedAt - at) / 1_000;
  learnSpread(record.laterSpread, said.ahead, actual / said.mean);
  learnBias(record.laterBias, actual, said.mean);
}

// Contacts can end in ways that no fact of their own tells.
function sweep(record: WaitRecord, state: BranchState): void {
  if (state.now - record.sweptAt < SWEEP_MS) return;
  record.sweptAt = state.now;
  for (const id of record.open.keys()) {
    const contact = state.contacts.get(id);
    if (contact === undefined || phaseOf(contact) === 'finished') record.open.delete(id);
  }
  forgetServers(record.serving, state.now);
  record.unnamed = dropUnnamed(record.unnamed, state.now, (id) => !state.contacts.has(id));
}
