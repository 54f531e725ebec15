import type { EventOf } from '#shared/events.ts';

type Presence = 'agent.signedIn' | 'agent.signedOut' | 'agent.stateChanged';
/** A fact about an agent, before it has an id and a time. */
export type PresenceBody = { [T in Presence]: Omit<EventOf<T>, 'id' | 'at'> }[Presence];

interface Member {
  queues: Set<string>;
  pausedIn: Set<string>;
  pauseReason: string;
}

const EVERY_QUEUE = '';

/**
 * Who is present at a PBX and who pauses. Asterisk keeps members and pauses per queue; Muster knows one presence
 * and one state per agent: signed in while member of any queue, on a break while paused in all of them.
 * Each method gives the facts that follow, none when nothing changed.
 */
export class QueueMembers {
  readonly #members = new Map<string, Member>();

  /** Became a member of a queue, or logged in for all (`null`). */
  added(agent: string, queue: string | null, paused: boolean): PresenceBody[] {
    const member = this.#memberOf(agent);
    if (queue !== null) member.queues.add(queue);
    if (paused) member.pausedIn.add(queue ?? EVERY_QUEUE);
    return this.#present(agent, member);
  }

  /** Left one queue; with the last one gone, the agent is. */
  removed(agent: string, queue: string | null): PresenceBody[] {
    const member = this.#members.get(agent);
    if (member === undefined || queue === null) return this.left(agent);
    member.queues.delete(queue);
    member.pausedIn.delete(queue);
    return member.queues.size === 0 ? this.left(agent) : this.#present(agent, member);
  }

  /** Logged off. */
  left(agent: string): PresenceBody[] {
    this.#members.delete(agent);
    return [{ type: 'agent.signedOut', agent }];
  }

  /** Pauses in one queue, or in all (`null`). */
  paused(agent: string, queue: string | null, reason: string): PresenceBody[] {
    const member = this.#memberOf(agent);
    const before = isOnBreak(member);
    member.pausedIn.add(queue ?? EVERY_QUEUE);
    member.pauseReason = reason;
    return isOnBreak(member) && !before ? [stateOf(agent, member)] : [];
  }

  /** Ends a pause in one queue, or in all (`null`). */
  resumed(agent: string, queue: string | null): PresenceBody[] {
    const member = this.#memberOf(agent);
    const before = isOnBreak(member);
    if (queue === null) member.pausedIn.clear();
    else member.pausedIn.delete(queue);
    return before && !isOnBreak(member) ? [stateOf(agent, member)] : [];
  }

  /** Finished a call: ready again, or on the break asked for meanwhile. Nothing for agents never heard of here. */
  finished(agent: string): PresenceBody[] {
    const member = this.#members.get(agent);
    return member === undefined ? [] : [stateOf(agent, member)];
  }

  #memberOf(agent: string): Member {
    const known = this.#members.get(agent);
    if (known !== undefined) return known;
    const member: Member = { queues: new Set(), pausedIn: new Set(), pauseReason: '' };
    this.#members.set(agent, member);
    return member;
  }

  #present(agent: string, member: Member): PresenceBody[] {
    const queues = [...member.queues];
    const signedIn: PresenceBody = {
      type: 'agent.signedIn',
      agent,
      ...(queues.length > 0 ? { queues } : {}),
    };
    return isOnBreak(member) ? [signedIn, stateOf(agent, member)] : [signedIn];
  }
}

const isOnBreak = (member: Member): boolean =>
  member.pausedIn.has(EVERY_QUEUE) ||
  (member.pausedIn.size > 0 && [...member.queues].every((queue) => member.pausedIn.has(queue)));

function stateOf(agent: string, member: Member): PresenceBody {
  if (!isOnBreak(member)) return { type: 'agent.stateChanged', agent, state: 'available' };
  const reason = member.pauseReason === '' ? {} : { reason: member.pauseReason };
  return { type: 'agent.stateChanged', agent, state: 'break', ...reason };
}
