import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '#shared/events.ts';
import { customersOf, type Standing, standingOf } from '#server/domain/waits/standing.ts';
import { hall, hotline, told } from '#test/support/profiles.ts';
import { followed } from './followed.ts';

const signedIn = (agent: string, queues?: string[]): SourceEvent =>
  told('08:00', 'agent.signedIn', queues ? { agent, queues } : { agent });
const queued = (when: string, contact: string, queue: string, priority = 0): SourceEvent =>
  told(when, 'contact.queued', { contact, queue, priority });

/** How somebody who joins `queue` at a moment finds a hotline. */
function found(facts: readonly SourceEvent[], now: string, queue = 'q', priority = 0): Standing {
  const { scene } = followedHotline(facts).at(now);
  return standingOf(scene, { queue, priority, queuedAt: scene.now, contact: null });
}

function followedHotline(facts: readonly SourceEvent[]) {
  const place = followed(hotline({ expectedSeconds: 86_400 }));
  place.tell(facts);
  return place;
}

/** Calls of one queue taken by an agent, one after the other, from 08:00 on. */
const served = (agent: string, queue: string, count: number, from = 0): SourceEvent[] =>
  Array.from({ length: count }, (_, i) => {
    const contact = `${agent}-${queue}-${i}`;
    const minute = (from + i).toString().padStart(2, '0');
    return [
      told(`08:${minute}:00`, 'contact.queued', { contact, queue }),
      told(`08:${minute}:00`, 'contact.started', { contact, agent }),
      told(`08:${minute}:50`, 'contact.ended', { contact }),
    ];
  }).flat();

describe('who is there to serve', () => {
  it('are those who are ready or busy; not who is on a break or signed out', () => {
    const facts = [
      ...['ready', 'busy', 'break', 'gone'].map((agent) => signedIn(agent)),
      queued('08:01', 'c', 'q'),
      told('08:01', 'contact.started', { contact: 'c', agent: 'busy' }),
      told('08:02', 'agent.stateChanged', { agent: 'break', state: 'break' }),
      told('08:02', 'agent.signedOut', { agent: 'gone' }),
    ];
    expect(found(facts, '08:03')).toMatchObject({ capacity: 2, free: 1, away: 0 });
  });

  it('are those who serve the queue, as they signed in for it', () => {
    const facts = [signedIn('a', ['q', 'r']), signedIn('b', ['r'])];
    expect(found(facts, '08:01', 'q').capacity).toBe(1);
    expect(found(facts, '08:01', 'r').capacity).toBe(2);
  });

  it('are those who served the queue lately, where nobody says who serves what', () => {
    const facts = [...served('a', 'q', 25), ...served('b', 'r', 25, 25)].sort((x, y) => x.at - y.at);
    const atQ = found([...facts, queued('08:50:10', 'x', 'r')], '08:50:20', 'q');
    expect(atQ.capacity + atQ.away).toBeGreaterThan(0.95);
    expect(atQ.capacity + atQ.away).toBeLessThan(1.2);
  });

  it('may have left when known only from their contacts, and free for long', () => {
    const facts = served('a', 'q', 3);
    expect(found(facts, '08:03')).toMatchObject({ away: 0, free: 0 });
    expect(found(facts, '08:03').capacity).toBeCloseTo(1, 1);
    expect(found(facts, '08:20')).toMatchObject({ capacity: 0 });
    expect(found(facts, '08:20').away).toBeCloseTo(1, 1);
  });

  it('are known from their contacts alone where no source names anybody', () => {
    const nameless = [
      queued('08:00', 'a', 'q'),
      queued('08:00', 'b', 'q'),
      told('08:00', 'contact.started', { contact: 'a' }),
      told('08:00', 'contact.started', { contact: 'b' }),
      told('08:02', 'contact.ended', { contact: 'a' }),
      queued('08:02:10', 'c', 'q'),
      told('08:02:20', 'contact.started', { contact: 'c' }),
    ];
    expect(found(nameless, '08:02:30').capacity).toBeCloseTo(2, 0);
    expect(found(nameless, '08:02:30').idleSeconds).toBe(Infinity);
  });

  it('are the counters of a hall, each for the queues it serves', () => {
    const counters = [
      { id: 'c1', label: '1', queues: ['personal'] },
      { id: 'c2', label: '2' },
    ];
    const place = followed(hall({ counters }));
    place.tell([
      told('09:00', 'counter.opened', { counter: 'c1' }),
      told('09:00', 'counter.opened', { counter: 'c2' }),
    ]);
    const { scene } = place.at('09:01');
    const at = (queue: string) =>
      standingOf(scene, { queue, priority: 0, queuedAt: scene.now, contact: null }).capacity;
    expect([at('personal'), at('corporate')]).toEqual([2, 1]);
  });
});

describe('who comes before', () => {
  const agents = [signedIn('both', ['q', 'r']), signedIn('one', ['q'])];
  const line = [
    ...agents,
    queued('08:01', 'a', 'q'),
    queued('08:02', 'b', 'q', 1),
    queued('08:03', 'c', 'q'),
    queued('08:04', 'd', 'r'),
  ];

  it('are those of the same or a higher priority; the others still came earlier', () => {
    // Half of the servers of q also serve r, but all servers of r serve q.
    expect(found(line, '08:05', 'q')).toMatchObject({ ahead: 4, earlier: 4, oldestSeconds: 240 });
    expect(found(line, '08:05', 'q', 1)).toMatchObject({ ahead: 1, earlier: 4 });
  });

  it('of another queue count as far as its servers serve this one', () => {
    expect(found(line, '08:05', 'r')).toMatchObject({ ahead: 1 + 3 * 0.5, oldestSeconds: 60 });
  });

  it('for one who waits are those who came earlier, and those of a higher priority', () => {
    const { scene } = followedHotline(line).at('08:05');
    const waits = (contact: string): Standing => {
      const customer = ['q', 'r']
        .flatMap((queue) => customersOf(scene.state, queue))
        .find((each) => each.contact === contact);
      if (customer === undefined) throw new Error(`${contact} does not wait`);
      return standingOf(scene, customer);
    };
    expect(waits('a')).toMatchObject({ ahead: 1, earlier: 0, oldestSeconds: 0 });
    expect(waits('b')).toMatchObject({ ahead: 0, earlier: 1, oldestSeconds: 240 });
    expect(waits('c')).toMatchObject({ ahead: 2, earlier: 2 });
  });
});
