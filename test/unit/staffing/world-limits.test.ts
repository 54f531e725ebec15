import { describe, expect, it } from 'vitest';
import { StaffingWorld } from '#shared/staffing-world.ts';
import { limitsOf, withLimits } from '#server/domain/staffing/world-limits.ts';

const branch = (id: string) => ({
  id,
  region: 'city',
  pools: [
    { id: 'desk', queues: ['a'], skill: 'general' },
    { id: 'cash', queues: ['b'], skill: 'cash' },
  ],
  counters: [{ id: '1' }],
});
const world = StaffingWorld.parse({ branches: [branch('north'), branch('south')], agents: [] });

const nameOf = (branch: string, queue: string) => ({ zh: `${branch} ${queue}`, en: queue });

describe('[GD3] limits of a world', () => {
  it('are changed where something is said, and stay elsewhere', () => {
    const changed = withLimits(world, {
      policy: { travelMinutes: 20 },
      quietHours: [{ from: '12:00', to: '13:00' }],
      branches: [{ id: 'south', donorLimit: 0, pools: [{ id: 'cash', floor: 2 }] }],
    });
    if ('wrong' in changed) throw new Error(changed.wrong);
    const { policy, quietHours, branches } = limitsOf(changed, nameOf);
    expect(policy).toEqual({ ...world.policy, travelMinutes: 20 });
    expect(quietHours).toEqual([{ from: '12:00', to: '13:00' }]);
    expect(branches[0]).toEqual(limitsOf(world, nameOf).branches[0]);
    expect(branches[1]).toMatchObject({ donorLimit: 0, pools: [{ floor: 1 }, { id: 'cash', floor: 2 }] });
  });

  it('tell each pool by the queues it serves', () => {
    const [north] = limitsOf(world, nameOf).branches;
    expect(north?.pools[1]?.queues).toEqual([{ id: 'b', name: { zh: 'north b', en: 'b' } }]);
  });

  it.each([
    [{ policy: { travelMinutes: -1 } }, 'policy.travelMinutes'],
    [{ policy: { speed: 1 } }, 'speed'],
    [{ quietHours: [{ from: '13:00', to: '12:00' }] }, 'quietHours.0'],
    [{ branches: [{ id: 'west' }] }, 'branches.0.id'],
    [{ branches: [{ id: 'north', pools: [{ id: 'none', floor: 1 }] }] }, 'branches.0.pools.0.id'],
  ])('are refused by the field that is wrong: %o', (change, wrong) => {
    expect(withLimits(world, change)).toEqual({ wrong });
  });
});
