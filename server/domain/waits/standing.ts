/** Where a customer stands: who comes before, and who is there to serve. */
import type { BranchProfile } from '#shared/network.ts';
import type { BranchState } from '../branch/state.ts';
import { type Server, serversOf } from './servers.ts';
import { entry } from '../metrics/entry.ts';
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
  servers: readonly Server[];
  waiting: readonly Customer[];
  /** By queue and other queue, once worked out. */
  overlaps: Map<string, Map<string, number>>;
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
  const waiting: Customer[] = [];
  for (const queue of state.queues.values()) {
    for (const [contact, queuedAt] of queue.waiting) {
      const priority = state.contacts.get(contact)?.priority ?? 0;
      waiting.push({ queue: queue.id, priority, queuedAt, contact });
    }
  }
  return { now, servers: serversOf(state, profile, serving, unnamed, now), waiting, overlaps: new Map() };
}

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
  for (const other of scene.waiting) addOther(standing, scene, customer, other);
  for (const server of scene.servers) addServer(standing, server, server.shareOf(customer.queue));
  return standing;
}

function addOther(standing: Standing, scene: Scene, customer: Customer, other: Customer): void {
  if (other.contact === customer.contact) return;
  const weight = overlapOf(scene, customer.queue, other.queue);
  const isEarlier = customer.contact === null || other.queuedAt <= customer.queuedAt;
  if (isEarlier) standing.earlier += weight;
  if (other.priority > customer.priority || (other.priority === customer.priority && isEarlier))
    standing.ahead += weight;
  if (other.queue === customer.queue && isEarlier)
    standing.oldestSeconds = Math.max(standing.oldestSeconds, (scene.now - other.queuedAt) / 1_000);
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
  const known = entry(scene.overlaps, queue, () => new Map<string, number>());
  let overlap = known.get(other);
  if (overlap === undefined) {
    let shared = 0;
    let all = 0;
    for (const server of scene.servers) {
      if (server.presence === 'away') continue;
      const share = server.shareOf(other);
      shared += share * server.shareOf(queue);
      all += share;
    }
    overlap = all > 0 ? shared / all : 0;
    known.set(other, overlap);
  }
  return overlap;
}
