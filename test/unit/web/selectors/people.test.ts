import { describe, expect, it } from 'vitest';
import {
  agentOrder,
  counterOrder,
  longBreaks,
  servesQueue,
  stateShares,
  worksFor,
} from '#lib/selectors/people.ts';
import type { AgentRow, CounterRow } from '#shared/views.ts';
import { queueRow } from './rows.ts';

const agent = (id: string, over: Partial<AgentRow> = {}): AgentRow => ({
  id,
  name: id,
  activity: 'available',
  since: 0,
  reason: null,
  counter: null,
  queue: null,
  ...over,
});
const counter = (id: string, over: Partial<CounterRow> = {}): CounterRow => ({
  id,
  label: id,
  position: 0,
  activity: 'idle',
  since: null,
  ticket: null,
  agent: null,
  queues: [],
  ...over,
});

describe('people', () => {
  it('are ordered by what they do, then by who has done it longest', () => {
    const list = [
      agent('pause', { activity: 'break', since: 1 }),
      agent('busy', { activity: 'serving', since: 5 }),
      agent('longer', { activity: 'serving', since: 2 }),
      agent('free', { since: 9 }),
    ];
    expect(agentOrder(list).map(({ id }) => id)).toEqual(['free', 'longer', 'busy', 'pause']);
  });

  it('are counted in four groups that add up', () => {
    const list = (['serving', 'wrapUp', 'available', 'break', 'meeting', 'moving'] as const).map((activity) =>
      agent(activity, { activity }),
    );
    expect(stateShares(list)).toEqual({ serving: 1, wrapUp: 1, available: 1, away: 3, total: 6 });
  });

  it('on a break for longer than the limit are named, the longest first', () => {
    const list = [
      agent('short', { activity: 'break', since: 2_000 }),
      agent('long', { activity: 'break', since: 1_000, name: '' }),
      agent('longest', { activity: 'break', since: 0, name: 'Li Na' }),
      agent('busy', { activity: 'serving', since: 0 }),
    ];
    expect(longBreaks(list, 8, 10_000)).toEqual([
      { id: 'longest', name: 'Li Na', seconds: 10 },
      { id: 'long', name: 'long', seconds: 9 },
    ]);
  });

  it('work for a queue by the contact they serve, else by the counter they sit at', () => {
    const queue = queueRow('A');
    const counters = new Map([['1', counter('1', { queues: ['A', 'B'] })]]);
    expect(worksFor(agent('x', { queue: 'A' }), queue, counters)).toBe(true);
    expect(worksFor(agent('x', { queue: 'B', counter: '1' }), queue, counters)).toBe(false);
    expect(worksFor(agent('x', { counter: '1' }), queue, counters)).toBe(true);
    expect(worksFor(agent('x', { counter: '9' }), queue, counters)).toBe(false);
    expect(worksFor(agent('x', { queue: 'A' }), null, counters)).toBe(false);
  });
});

describe('counters', () => {
  it('stand as in the hall, numbers by their value', () => {
    const list = [counter('10'), counter('9'), counter('VIP', { position: -1 })];
    expect(counterOrder(list).map(({ label }) => label)).toEqual(['VIP', '9', '10']);
  });

  it('serve the queues whose letters they carry', () => {
    expect(servesQueue(counter('1', { queues: ['A'] }), queueRow('A'))).toBe(true);
    expect(servesQueue(counter('1', { queues: [''] }), queueRow('', {}))).toBe(false);
    expect(servesQueue(counter('1', { queues: ['A'] }), null)).toBe(false);
  });
});
