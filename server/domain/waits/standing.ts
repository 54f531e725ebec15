/** Where a customer stands: who comes before, and who is there to serve. */
import type { BranchProfile } from '#shared/network.ts';
import type { BranchState, Queue } from '../branch/state.ts';
import { type Server, serversOf, shareOf } from './servers.ts';
import type { ServingRecords } from './serving-record.ts';
import type { UnnamedServer } from './unnamed-servers.ts';

/** A customer who waits, or one who just comes. */
export interface Customer {
  queue: string;
  /** Higher is served first. */
  priority: number;
  /** Start of the wait, epoch ms. */
  queuedAt: number;
  /** `null` for one who is not there yet. */
  contact: string | null;
}

/** A branch at one moment, as all its customers find it. */
export interface Scene {
  /** Epoch ms. */
  now: number;
  state: BranchState;
  servers: readonly Server[];
  /** By queue, once worked out: how far each of the servers serves it. */
  shares: Map<string, Float64Array>;
}

export interface Standing {
  /** Customers served before this one: of a higher priority, or of the same and earlier. Those of another queue count as far as it shares servers. */
  ahead: number;
  /** Customers who came before this one, whatever their priority, counted likewise. */
  earlier: number;
  /** Servers at work or free, each as far as it serves the queue. */
  capacity: number;
  /** Servers that may come back: known only from contacts, and leaving people waiting. Counted likewise. */
  away: number;
  /** Servers said to be ready, counted likewise. */
  free: number;
  /** Servers that ended a service in the last seconds and have not begun another, counted likewise. */
  justFreed: number;
  /** How long the server has been free that became free last, seconds; Infinity when none is. */
  idleSeconds: number;
  /** How long the first of those ahead in the same queue has waited, seconds; 0 when nobody has. */
  oldestSeconds: number;
}

/** A server just freed is still at its notes, seconds. */
const JUST_FREED_SECONDS = 15;
/** A server that serves a queue less than this does not count as one that could take its customers. */
const SOME_SHARE = 0.3;

/** The branch as it stands at `now`, epoch ms. */
export function sceneOf(
  state: BranchState,
  profile: BranchProfile,
  { serving, unnamed }: { serving: ServingRecords; unnamed: readonly UnnamedServer[] },
  now: number,
): Scene {
  return { now, state, servers: serversOf(state, profile, serving, unnamed, now), shares: new Map() };
}

/** Those who wait in a queue, the longest first as a rule. */
export const customersOf = (state: BranchState, queue: string): Customer[] =>
  [...(state.queues.get(queue)?.waiting ?? [])].map(([contact, queuedAt]) => ({
    queue,
    priority: state.contacts.get(contact)?.priority ?? 0,
    queuedAt,
    contact,
  }));

/** Where a customer stands in the scene. */
export function standingOf(scene: Scene, customer: Customer): Standing {
  const standing: Standing = {
    ahead: 0,
    earlier: 0,
    capacity: 0,
    away: 0,
    free: 0,
    justFreed: 0,
    idleSeconds: Infinity,
    oldestSeconds: 0,
  };
  for (const queue of scene.state.queues.values()) {
    if (queue.waiting.size > 0) addLine(standing, scene, customer, queue);
  }
  const shares = sharesOf(scene, customer.queue);
  scene.servers.forEach((server, i) => {
    addServer(standing, server, shares[i] ?? 0);
  });
  return standing;
}

function addLine(standing: Standing, scene: Scene, customer: Customer, line: Queue): void {
  const weight = overlapOf(scene, customer.queue, line.id);
  if (weight === 0) return;
  let ahead = 0;
  let earlier = 0;
  let oldestAt = scene.now;
  for (const [contact, queuedAt] of line.waiting) {
    if (contact === customer.contact) continue;
    const priority = scene.state.contacts.get(contact)?.priority ?? 0;
    const isEarlier = customer.contact === null || queuedAt <= customer.queuedAt;
    if (isEarlier) earlier += 1;
    if (isEarlier && queuedAt < oldestAt) oldestAt = queuedAt;
    if (priority > customer.priority || (priority === customer.priority && isEarlier)) ahead += 1;
  }
  standing.ahead += ahead * weight;
  standing.earlier += earlier * weight;
  if (line.id === customer.queue) standing.oldestSeconds = (scene.now - oldestAt) / 1_000;
}

function addServer(standing: Standing, { idleSeconds, presence }: Server, share: number): void {
  if (presence === 'away') standing.away += share;
  else standing.capacity += share;
  if (presence === 'free' && idleSeconds !== null) standing.free += share;
  if (idleSeconds === null) return;
  if (idleSeconds <= JUST_FREED_SECONDS) standing.justFreed += share;
  if (share > SOME_SHARE) standing.idleSeconds = Math.min(standing.idleSeconds, idleSeconds);
}

/** Which part of the servers of another queue also serves this one, 0–1: so many of its customers stand in the way. */
export function overlapOf(scene: Scene, queue: string, other: string): number {
  if (queue === other) return 1;
  const own = sharesOf(scene, queue);
  const others = sharesOf(scene, other);
  let shared = 0;
  let all = 0;
  for (let i = 0; i < own.length; i++) {
    if (scene.servers[i]?.presence === 'away') continue;
    const share = others[i] ?? 0;
    shared += share * (own[i] ?? 0);
    all += share;
  }
  return all > 0 ? shared / all : 0;
}

function sharesOf({ servers, shares, now }: Scene, queue: string): Float64Array {
  let known = shares.get(queue);
  if (known === undefined) {
    known = new Float64Array(servers.length);
    for (const [i, server] of servers.entries()) known[i] = shareOf(server, queue, now);
    shares.set(queue, known);
  }
  return known;
}
