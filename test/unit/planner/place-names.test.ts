import { describe, expect, it } from 'vitest';
import { StaffingWorld } from '#shared/staffing-world.ts';
import { completeProfiles } from '#server/network.ts';
import { placeNames } from '#server/planner/suggestions/place-names.ts';

const promise = { targetSeconds: 600, thresholdSeconds: 600 };
const queues = ['a', 'b', 'c', 'd', 'e'].map((id) => ({
  id,
  name: { zh: `业务${id}`, en: `Service ${id}` },
  ...promise,
}));
const region = { id: 'east', name: { zh: '东', en: 'East' } };
const profiles = completeProfiles([{ id: 'hall', name: { zh: '一厅', en: 'Hall 1' }, region, queues }]);
const nameOf = (served: string[][]) =>
  placeNames(
    StaffingWorld.parse({
      branches: [
        {
          id: 'hall',
          region: 'all',
          pools: served.map((ids, i) => ({ id: `group-${i}`, queues: ids, skill: 'any' })),
          counters: [{ id: '1' }],
        },
      ],
      agents: [],
    }),
    profiles,
  )(0, 0);

describe('the name of what somebody is asked to serve', () => {
  it('lists a few services', () => {
    expect(nameOf([['a', 'c', 'e']])).toMatchObject({
      queuesZh: '业务a、业务c、业务e',
      queuesEn: 'Service a, Service c, Service e',
    });
  });

  it('names the first of many, and how many there are', () => {
    expect(nameOf([['a', 'b', 'c', 'd'], ['e']])).toMatchObject({
      queuesZh: '业务a、业务b等 4 项',
      queuesEn: 'Service a, Service b and 2 more',
    });
  });

  it('says so when it is every service of the hall', () => {
    expect(nameOf([['a', 'b', 'c', 'd', 'e']])).toMatchObject({
      queuesZh: '全部业务',
      queuesEn: 'all services',
    });
  });
});
