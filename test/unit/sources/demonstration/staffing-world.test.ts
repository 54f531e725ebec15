import { describe, expect, it } from 'vitest';
import { StaffingWorld } from '#shared/staffing-world.ts';
import { layOutNetwork } from '#server/domain/staffing/network.ts';
import { anchorFor } from '#server/sources/demonstration/anchor.ts';
import { createDemonstration } from '#server/sources/demonstration/demonstration.ts';
import { demonstrationNetwork } from '#server/sources/demonstration/network.ts';
import { demonstrationStaffing } from '#server/sources/demonstration/staffing-world.ts';

const anchor = anchorFor(Date.UTC(2026, 10, 20, 9));
const world = StaffingWorld.parse(demonstrationStaffing(anchor, 1));

describe('the staffing world of the demonstration', () => {
  it('has the halls, queues and counters of its network', () => {
    const profiles = new Map(demonstrationNetwork(anchor).map((each) => [each.id, each]));
    for (const { id, pools, counters } of world.branches) {
      const profile = profiles.get(id);
      const queues = pools.flatMap((pool) => pool.queues);
      expect(queues.toSorted()).toEqual(profile?.queues?.map((queue) => queue.id).toSorted());
      expect(counters.map((each) => each.id)).toEqual(profile?.counters?.map((each) => each.id));
    }
    expect(world.branches.length).toBe(20);
  });

  it('knows whoever signs in', async () => {
    const known = new Set(world.agents.map(({ home, code }) => `${home} ${code}`));
    const facts = (await createDemonstration(anchor, 1)).advanceTo(anchor.startedAt);
    const came = facts.flatMap(({ branch, event }) =>
      event.type === 'agent.signedIn' && branch !== 'hotline' ? [`${branch} ${event.agent}`] : [],
    );
    expect(came.length).toBeGreaterThan(100);
    expect(came.filter((each) => !known.has(each))).toEqual([]);
  });

  it('lets people reach other halls', () => {
    const { branches, agents } = layOutNetwork(world);
    expect(branches.every(({ near }) => near.length > 0)).toBe(true);
    expect(agents.some(({ travels }) => travels)).toBe(true);
  });
});
