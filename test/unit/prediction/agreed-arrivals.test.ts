import { describe, expect, it } from 'vitest';
import { steeredRate, withSteering } from '#server/domain/prediction/agreed-arrivals.ts';
import { hallNow } from '#server/domain/prediction/hall-now.ts';
import { newBranch } from '#server/domain/live-branch.ts';
import { completeProfiles } from '#server/network.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;
const [hall] = completeProfiles([
  {
    id: 'hall',
    name: { zh: '厅', en: 'Hall' },
    region: { id: 'east', name: { zh: '东', en: 'East' } },
    queues: ['a', 'b'].map((id) => ({ id, letter: 'A', name: { zh: id, en: id }, targetSeconds: 600 })),
  },
]);
if (hall === undefined) throw new Error('no hall');
const now = hallNow(newBranch(hall), hall, NOON, NOON);

/** So many come an hour to queue a: 40 in the first half hour, then 80. */
const usual = [
  [0, 40],
  [1_800, 80],
] as const;
const ahead = (...steering: Parameters<typeof withSteering>[1]) =>
  withSteering(now, steering).queues.map((queue) => steeredRate(usual, queue));

describe('arrivals ahead of a hall', () => {
  it('are as usual where nobody is steered', () => {
    expect(ahead()).toEqual([usual, usual]);
  });

  it('are fewer by the share that follows, at the queue and for the time of the announcement that is left', () => {
    const announced = { queue: 'a', from: NOON - 20 * MINUTE, to: NOON + 40 * MINUTE, leave: 0.25, come: 0 };
    expect(ahead(announced)).toEqual([
      [
        [0, 30],
        [1_800, 60],
        [2_400, 80],
      ],
      usual,
    ]);
  });

  it('are more where they go, as long as those on their way come', () => {
    const announced = { queue: 'b', from: NOON + 15 * MINUTE, to: NOON + 75 * MINUTE, leave: 0, come: 4 };
    expect(ahead(announced)).toEqual([
      usual,
      [
        [0, 40],
        [900, 44],
        [1_800, 84],
        [4_500, 80],
      ],
    ]);
  });

  it('add up over announcements', () => {
    const times = { queue: 'a', from: NOON, to: NOON + 30 * MINUTE };
    const [a] = ahead({ ...times, leave: 0.5, come: 0 }, { ...times, leave: 0, come: 6 });
    expect(a).toEqual([
      [0, 26],
      [1_800, 80],
    ]);
  });
});
