import { describe, expect, it } from 'vitest';
import { journey } from '#server/domain/staffing/network.ts';
import { StaffingWorld, type StaffingWorldInput } from '#shared/staffing-world.ts';
import { networkOf, twoHalls } from './given-network.ts';

const faults = (world: StaffingWorldInput): string[] =>
  (StaffingWorld.safeParse(world).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

const [firstHall, secondHall] = twoHalls.branches;
const [firstAgent, ...otherAgents] = twoHalls.agents;
if (firstHall === undefined || secondHall === undefined || firstAgent === undefined)
  throw new Error('incomplete');
const withAgent = (change: Partial<typeof firstAgent>): StaffingWorldInput => ({
  ...twoHalls,
  agents: [{ ...firstAgent, ...change }, ...otherAgents],
});

describe('a staffing world', () => {
  it('is taken as it should be', () => {
    expect(faults(twoHalls)).toEqual([]);
  });

  it.each<[string, StaffingWorldInput, string]>([
    ['an unknown home', withAgent({ home: 'west' }), 'agents.0.home: west is no branch of this file'],
    ['a skill that nobody needs', withAgent({ skills: ['tax'] }), 'agents.0.skills.0: no pool needs tax'],
    [
      'a shift turned round',
      withAgent({ shift: { from: '18:00', to: '09:00' } }),
      'agents.0.shift: ends before it begins',
    ],
    [
      'a break after the shift',
      withAgent({ breaks: [{ kind: 'lunch', from: '17:45', minutes: 30 }] }),
      'agents.0.breaks.0: ends after the shift',
    ],
    ['a person twice', { ...twoHalls, agents: [firstAgent, firstAgent] }, 'agents.1.id: n1 stands twice'],
    [
      'a counter for a pool that is not there',
      { ...twoHalls, branches: [{ ...firstHall, counters: [{ id: '1', pools: ['none'] }] }, secondHall] },
      'branches.0.counters.0.pools.0: none is no pool of the branch',
    ],
    [
      'a pool without a counter',
      {
        ...twoHalls,
        branches: [
          {
            ...firstHall,
            pools: [...firstHall.pools, { id: 'more', queues: ['q3'], skill: 'general' }],
            counters: [{ id: '1', pools: ['all'] }],
          },
          secondHall,
        ],
      },
      'branches.0.pools.1: no counter is fitted for more',
    ],
    [
      'a journey to nowhere',
      { ...twoHalls, travel: [{ from: 'north', to: 'west', minutes: 5 }] },
      'travel.0.to: west is no branch of this file',
    ],
  ])('refuses %s by name', (_, world, message) => {
    expect(faults(world)).toContain(message);
  });
});

describe('journeys', () => {
  it('are measured, or follow from positions', () => {
    const placed = twoHalls.branches.map((hall, i) => ({
      ...hall,
      position: { latitude: i * 0.045, longitude: 0 },
    }));
    const near = networkOf({ ...twoHalls, branches: placed, travel: [] });
    expect(journey(near, 0, 1)).toBeCloseTo(8 + 3 * 5, 1);
    expect(journey(networkOf({ ...twoHalls, branches: placed }), 1, 0)).toBe(20);
    expect(journey(networkOf({ ...twoHalls, travel: [] }), 0, 1)).toBe(Infinity);
  });
});
