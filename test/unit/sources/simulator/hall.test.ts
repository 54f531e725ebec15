import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceEvent } from '#shared/events.ts';
import { createHall } from '#server/sources/simulator/hall.ts';
import { HOUR_MS, MINUTE_MS, type HallSpec } from '#server/sources/simulator/hall-spec.ts';

const OPENS_AT = Date.UTC(2026, 0, 5, 8);
const SPEC: HallSpec = {
  day: '20260105',
  opensAt: OPENS_AT,
  closesAt: OPENS_AT + 4 * HOUR_MS,
  slotMs: 30 * MINUTE_MS,
  agentLetter: 'T',
  queues: [
    { id: 'cash', letter: 'K', arrivals: [6, 9, 12, 12, 10, 8, 6, 4], serviceSeconds: 200 },
    { id: 'papers', letter: 'A', arrivals: [4, 6, 8, 8, 8, 6, 4, 2], serviceSeconds: 420 },
    { id: 'land', letter: 'L', arrivals: [0, 1, 1, 2, 0, 1, 0, 1], serviceSeconds: 700 },
  ],
  groups: [
    { counters: ['1'], open: [1, 1, 1, 1, 1, 1, 1, 1], queues: ['cash'], helps: ['papers', 'land'] },
    {
      counters: ['2', '3', '4'],
      open: [2, 2, 3, 3, 3, 2, 2, 1],
      queues: ['papers', 'land'],
      helps: ['cash'],
    },
  ],
};
const TICKETS = SPEC.queues.flatMap((queue) => queue.arrivals).reduce((sum, count) => sum + count, 0);
const DAY_END = SPEC.closesAt + 3 * HOUR_MS;
const SEEDS = [1, 2, 3, 4, 5];
const wholeDay = (seed: number) => createHall(SPEC, seed).advanceTo(DAY_END);

describe('createHall', () => {
  it('gives the same day for the same seed however it is stepped through, and another for another seed', () => {
    const whole = wholeDay(1);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: HOUR_MS }), { minLength: 1, maxLength: 40 }),
        (steps) => {
          const hall = createHall(SPEC, 1);
          let now = OPENS_AT;
          const facts = steps.flatMap((step) => hall.advanceTo((now += step)));
          facts.push(...hall.advanceTo(DAY_END));
          expect(facts).toEqual(whole);
        },
      ),
      { numRuns: 25 },
    );
    expect(wholeDay(2)).not.toEqual(whole);
  });

  it.each(SEEDS)('speaks the contract, in order, every id once (seed %i)', (seed) => {
    const facts = wholeDay(seed);
    for (const fact of facts) SourceEvent.parse(fact);
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
    const times = facts.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it.each(SEEDS)('takes in exactly the recorded tickets and brings every one to an end (seed %i)', (seed) => {
    const hall = createHall(SPEC, seed);
    const facts = hall.advanceTo(DAY_END);
    const open = new Set<string>();
    const tickets = new Set<string>();
    for (const fact of facts) {
      if (fact.type === 'contact.queued') {
        tickets.add(fact.ticket ?? '');
        open.add(fact.contact);
      } else if (fact.type === 'contact.ended' || fact.type === 'contact.abandoned') {
        expect(open.delete(fact.contact)).toBe(true);
      }
    }
    expect(tickets.size).toBe(TICKETS);
    expect([...open]).toEqual([]);
    expect(hall.isOver).toBe(true);
  });

  it.each(SEEDS)('lets agents serve one at a time, only while they are there (seed %i)', (seed) => {
    /** What each agent present does: free, away, or the contact served. */
    const agents = new Map<string, string>();
    const seats = new Map<string, string>();
    for (const fact of wholeDay(seed)) {
      if (fact.type === 'agent.signedIn') {
        expect(agents.has(fact.agent)).toBe(false);
        agents.set(fact.agent, 'free');
        seats.set(fact.counter ?? '', fact.agent);
      } else if (fact.type === 'agent.signedOut') {
        expect(agents.get(fact.agent)).toBe('free');
        agents.delete(fact.agent);
      } else if (fact.type === 'agent.stateChanged') {
        agents.set(fact.agent, fact.state === 'available' ? 'free' : 'away');
      } else if (fact.type === 'contact.called') {
        expect(agents.get(fact.agent ?? '')).toBe('free');
        expect(seats.get(fact.counter ?? '')).toBe(fact.agent);
      } else if (fact.type === 'contact.started') {
        expect(agents.get(fact.agent ?? '')).toBe('free');
        agents.set(fact.agent ?? '', fact.contact);
      } else if (fact.type === 'contact.ended' || fact.type === 'contact.transferred') {
        const agent = [...agents].find(([, doing]) => doing === fact.contact)?.[0];
        expect(agent).toBeDefined();
        agents.set(agent ?? '', 'away');
      }
    }
    expect(agents.size).toBe(0);
  });

  it('opens as many counters as recorded, breaks aside', () => {
    const open = new Set<string>();
    const atNoon = OPENS_AT + 2.2 * HOUR_MS;
    for (const fact of wholeDay(3)) {
      if (fact.at > atNoon) break;
      if (fact.type === 'counter.opened') open.add(fact.counter);
      if (fact.type === 'counter.closed') open.delete(fact.counter);
    }
    expect([...open].sort()).toEqual(['1', '2', '3', '4']);
  });
});
