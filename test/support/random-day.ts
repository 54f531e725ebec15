/** Facts of a lively place, one after the other, drawn from a seed. */
import type { SourceEvent } from '#shared/events.ts';
import type { Rng } from '#server/rng.ts';
import { told } from './profiles.ts';

const AGENTS = ['li', 'han', '王芳', '__proto__'];
const COUNTERS = ['c1', 'c2', 'c3'];
const QUEUES = ['personal', 'corporate', '增值'];
const STATES = ['available', 'break', 'meeting'] as const;

/** Makes the next fact for a moment; contacts it began are called, served and ended by later ones. */
export function randomDay(rng: Rng): (at: number) => SourceEvent {
  const open: string[] = [];
  let contacts = 0;
  const pick = <T>(all: readonly [T, ...T[]] | readonly T[]): T => {
    const one = all[Math.floor(rng() * all.length)];
    if (one === undefined) throw new RangeError('nothing to pick from');
    return one;
  };
  const arrival = (at: number): SourceEvent => {
    const contact = `k${++contacts}`;
    open.push(contact);
    return told(at, 'contact.queued', { contact, queue: pick(QUEUES), ticket: `T${contacts}` });
  };
  const departure = (at: number, type: 'contact.ended' | 'contact.abandoned'): SourceEvent => {
    const contact = pick(open);
    open.splice(open.indexOf(contact), 1);
    return told(at, type, { contact });
  };

  return (at) => {
    const agent = pick(AGENTS);
    const counter = pick(COUNTERS);
    const dice = rng();
    if (dice < 0.3 || open.length === 0) return arrival(at);
    if (dice < 0.45) return told(at, 'contact.called', { contact: pick(open), counter });
    if (dice < 0.6) return told(at, 'contact.started', { contact: pick(open), counter, agent });
    if (dice < 0.7) return departure(at, 'contact.ended');
    if (dice < 0.75) return departure(at, 'contact.abandoned');
    if (dice < 0.85)
      return told(at, 'agent.stateChanged', { agent, state: pick(STATES), reason: `因 ${dice}` });
    if (dice < 0.9) return told(at, 'agent.signedIn', { agent, counter, name: agent });
    if (dice < 0.95) return told(at, 'agent.signedOut', { agent });
    return told(at, rng() < 0.5 ? 'counter.opened' : 'counter.closed', { counter });
  };
}
