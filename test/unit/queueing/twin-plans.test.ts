import { describe, expect, it } from 'vitest';
import type { TwinBranch } from '#server/domain/queueing/twin/branch.ts';
import { DEFAULT_STOP, type StopRule } from '#server/domain/queueing/twin/question.ts';
import { simulate } from '#server/domain/queueing/twin/twin.ts';
import { createRng } from '#server/rng.ts';
import { branch, group, must, question, queue } from '../../support/twin-branches.ts';

const HOUR = 3_600;
const fixed = (seconds: number) => ({ law: 'fixed', seconds }) as const;

/** A hall with two services, some of it in doubt. */
const hall: TwinBranch = branch(
  [
    queue({
      arrivalRate: [[0, 1 / 100]],
      service: { law: 'lognormal', mean: 360, variation: 0.8 },
      patience: { law: 'exponential', mean: 1_500 },
      targetSeconds: 600,
      waitedSeconds: [400, 90],
    }),
    queue({
      arrivalRate: [[0, 1 / 300]],
      service: { law: 'lognormal', mean: 500, variation: 0.8 },
      targetSeconds: 600,
    }),
  ],
  [
    group(3, { serves: [[0, 1]], inService: [0, 0, 1].map((queue) => ({ queue, elapsedSeconds: 100 })) }),
    group(2, { serves: [[0]], inService: [50, 200].map((elapsedSeconds) => ({ queue: 0, elapsedSeconds })) }),
  ],
  { shape: 60, rate: 60 },
);
const windows = [
  { from: -Infinity, to: 0 },
  { from: 0, to: HOUR },
  { from: HOUR, to: 2 * HOUR },
];
const asked = question(2 * HOUR, 200, { windows, instants: [0, HOUR] });
const oneMore = [{ at: 600, group: 0, change: 1 }];
const tried = (plans: Parameters<typeof simulate>[1], seed = 1) =>
  simulate(hall, plans, asked, createRng(seed));

describe('simulate', () => {
  it('says the same with the same seed and only then', () => {
    expect(tried([[], oneMore], 3)).toEqual(tried([[], oneMore], 3));
    expect(tried([[]], 3)).not.toEqual(tried([[]], 4));
  });

  it('draws replication i the same however many there are and whatever is planned', () => {
    const samples = (most: number, plans: Parameters<typeof simulate>[1]) =>
      must(simulate(hall, plans, question(2 * HOUR, most), createRng(5)).gains.at(-1)).burdenSamples;
    expect(samples(40, [[], oneMore])).toEqual(samples(90, [[], oneMore]).subarray(0, 40));
    const other = [{ at: 300, group: 1, change: -1 }];
    expect(samples(40, [[], other, oneMore])).toEqual(samples(40, [[], oneMore]));
  });

  it('accounts for everybody: who came is answered, has left or is never served', () => {
    const closing = [
      { at: HOUR, group: 0, change: -3 },
      { at: HOUR, group: 1, change: -2 },
    ];
    for (const { windows } of tried([[], closing]).plans) {
      for (const { arrivals, answered, abandoned, unserved, late, answeredWithin } of windows.flat()) {
        expect(answered.value + abandoned.value + unserved.value).toBeCloseTo(arrivals.value, 9);
        expect(answeredWithin.value).toBeLessThanOrEqual(answered.value + 1e-9);
        expect(late.value).toBeLessThanOrEqual(arrivals.value - answeredWithin.value + 1e-9);
      }
    }
  });

  it('counts those who wait now with the whole of their waits', () => {
    const [now] = must(tried([[]]).plans[0]?.windows[0]);
    expect(now?.arrivals).toEqual({ value: 2, standardError: 0 });
    expect(must(now?.meanWaitSeconds).value).toBeGreaterThan((400 + 90) / 2);
    expect(must(tried([[]]).plans[0]?.windows[1]?.[0])).toMatchObject({
      arrivals: { value: 0 },
      meanWaitSeconds: null,
      waitSeconds: null,
      lateShare: null,
    });
  });

  it('has arrivals as uncertain as the day', () => {
    const doubtful = { ...hall, dayFactor: { shape: 25, rate: 20 } };
    const { plans } = simulate(doubtful, [[]], question(2 * HOUR, 8_000), createRng(1));
    const { value, standardError } = must(plans[0]?.windows[0]?.[0]).arrivals;
    const expected = 72 * 1.25;
    expect(Math.abs(value / expected - 1)).toBeLessThan(0.01);
    const variance = expected + expected ** 2 / 25;
    expect(Math.abs((standardError ** 2 * 8_000) / variance - 1)).toBeLessThan(0.07);
  });
});

describe('comparing plans', () => {
  it('finds no difference where there is none', () => {
    const [gain] = tried([[], []]).gains;
    expect(gain?.burden).toMatchObject({ value: 0, standardError: 0, helps: 0, p10: 0, p90: 0 });
  });

  it('is many times surer of a difference than two separate runs', () => {
    const { plans, gains } = tried([[], oneMore]);
    const gain = must(gains[0]).burden;
    const apart = plans.reduce((sum, { burden }) => sum + burden.standardError ** 2, 0);
    expect(gain.value).toBeCloseTo(must(plans[0]).burden.value - must(plans[1]).burden.value, 6);
    expect(apart / gain.standardError ** 2).toBeGreaterThan(3);
    expect(gain.helps).toBeGreaterThan(0.9);
    expect(gain.p10).toBeLessThan(gain.p50);
    expect(gain.p50).toBeLessThan(gain.p90);
  });

  it('shows which queue pays for the gain of another', () => {
    // From the counters for both services to those for the first alone.
    const { gains } = tried([
      [],
      [
        { at: 60, group: 0, change: -2 },
        { at: 120, group: 1, change: 2 },
      ],
    ]);
    const { waitSeconds, waitSecondsByQueue } = must(gains[0]);
    const [first, second] = waitSecondsByQueue;
    expect(must(second).value).toBeLessThan(0);
    expect(must(first).value + must(second).value).toBeCloseTo(waitSeconds.value, 6);
  });

  it('weighs customers who leave or are late as it is told', () => {
    const weights = { abandonedSeconds: 900, lateSeconds: 300 };
    const { plans, gains } = simulate(hall, [[], oneMore], { ...asked, weights }, createRng(1));
    const { burden, waitSeconds, abandoned, late } = must(gains[0]);
    expect(burden.value).toBeCloseTo(waitSeconds.value + 900 * abandoned.value + 300 * late.value, 6);
    expect(must(plans[0]).burden.value).toBeGreaterThan(must(tried([[]]).plans[0]).burden.value);
  });
});

describe('the stop rule', () => {
  const rule = { ...DEFAULT_STOP, absoluteError: 0, fewest: 20, most: 3_000 };
  const until = (stop: Partial<StopRule>, made = hall) =>
    simulate(made, [[], oneMore], { ...asked, stop: { ...rule, ...stop } }, createRng(2));

  it.each(['meanWait', 'late', 'abandoned', 'gain'] as const)('goes on until %s is known', (output) => {
    const { replications, precise } = until({ output });
    expect(precise).toBe(true);
    expect(replications).toBeLessThan(rule.most);
    const twice = until({ output, relativeError: rule.relativeError / 2 }).replications;
    expect(twice).toBeGreaterThan(1.5 * replications);
  });

  it('stops at once when there is next to nothing to know, and at the most in any case', () => {
    const calm = { ...hall, groups: [group(40, { serves: [[0, 1]] }), group(2)] };
    expect(until(DEFAULT_STOP, calm)).toMatchObject({ replications: DEFAULT_STOP.fewest, precise: true });
    expect(until({ relativeError: 0, most: 60 })).toMatchObject({ replications: 60, precise: false });
  });
});

describe('staff that come and go', () => {
  const served = queue({ service: fixed(100), targetSeconds: 30, waitedSeconds: [5, 4, 3] });
  const once = question(1_000, 2, { windows: [{ from: -Infinity, to: 0 }], instants: [0, 50, 99, 100, 299] });
  const first = (made: TwinBranch, plan: Parameters<typeof simulate>[1][number] = []) =>
    must(simulate(made, [plan], once, createRng(1)).plans[0]);
  const lengths = (made: TwinBranch, plan: Parameters<typeof simulate>[1][number] = []) =>
    first(made, plan).queueLengths[0]?.map(({ mean }) => mean.value);

  it('take whom they find waiting, one after the other', () => {
    expect(lengths(branch([served], [group(1)]))).toEqual([2, 2, 2, 1, 0]);
    expect(first(branch([served], [group(1)])).occupancy[0]?.value).toBeCloseTo(0.3, 9);
  });

  it('arrive when planned and begin at once', () => {
    const nobody = branch([served], [group(0)]);
    expect(lengths(nobody, [{ at: 50, group: 0, change: 2 }])).toEqual([3, 1, 1, 1, 0]);
    const committed = branch(
      [served],
      [
        group(0, {
          staff: [
            [0, 0],
            [100, 3],
          ],
        }),
      ],
    );
    expect(lengths(committed)).toEqual([3, 3, 3, 0, 0]);
  });

  it('finish their customer before they leave', () => {
    const serving = group(1, { inService: [{ queue: 0, elapsedSeconds: 20 }] });
    const left = first(branch([served], [serving]), [{ at: 10, group: 0, change: -1 }]);
    // At work for the 80 s that were left, for nobody after.
    expect(left.occupancy[0]?.value).toBe(1);
    expect(left.windows[0]?.[0]).toMatchObject({
      answered: { value: 0 },
      unserved: { value: 3 },
      late: { value: 3 },
    });
    const stays = first(branch([served], [serving]), [
      { at: 10, group: 0, change: -1 },
      { at: 60, group: 0, change: 1 },
    ]);
    expect(stays.windows[0]?.[0]?.answered.value).toBe(3);
  });

  it('may be more than planned when the plan begins', () => {
    const two = group(1, { inService: [10, 20].map((elapsedSeconds) => ({ queue: 0, elapsedSeconds })) });
    // The one who is done first, after 80 s, leaves; the other goes on after 90 s.
    expect(lengths(branch([served], [two]))).toEqual([3, 3, 2, 2, 0]);
  });

  it('work at their own pace', () => {
    expect(lengths(branch([served], [group(1, { pace: 0.5 })]))).toEqual([2, 1, 1, 0, 0]);
  });

  it('cannot leave when they are not there', () => {
    expect(() => lengths(branch([served], [group(1)]), [{ at: 5, group: 0, change: -2 }])).toThrow(
      /no server/,
    );
    expect(() => lengths(branch([served], [group(1)]), [{ at: 5, group: 3, change: 1 }])).toThrow(/no group/);
    expect(() => lengths(branch([served], [group(1)]), [{ at: 5, group: 0, change: 0.5 }])).toThrow(/whole/);
  });
});

describe('who is next', () => {
  const once = question(2_000, 2, { windows: [{ from: -Infinity, to: 0 }] });
  /** Queues in the order in which one server takes their only customers. */
  const order = (queues: { waited: number; points?: number; perMinute?: number }[], tiers?: number[][]) => {
    const made = branch(
      queues.map(({ waited, points = 0, perMinute = 0 }) =>
        queue({
          service: fixed(100),
          priority: { points, pointsPerMinute: perMinute },
          waitedSeconds: [waited],
        }),
      ),
      [
        group(1, {
          serves: tiers ?? [queues.map((_, i) => i)],
          inService: [{ queue: 0, elapsedSeconds: 40 }],
        }),
      ],
    );
    const { windows } = must(simulate(made, [[]], once, createRng(1)).plans[0]);
    const begins = windows.map(([one], i) => must(one?.meanWaitSeconds).value - (queues[i]?.waited ?? 0));
    return queues.map((_, i) => i).sort((a, b) => (begins[a] ?? 0) - (begins[b] ?? 0));
  };

  it('is the one with most points, among equals the one who has waited longest', () => {
    expect(order([{ waited: 60 }, { waited: 90 }, { waited: 10, points: 1 }])).toEqual([2, 1, 0]);
  });

  it('gains points by waiting', () => {
    const ordinary = { waited: 600, perMinute: 1 };
    // When the server is free, after a minute, the ordinary customer has 11 points.
    expect(order([ordinary, { waited: 5, points: 10.5 }])).toEqual([0, 1]);
    expect(order([ordinary, { waited: 5, points: 11.5 }])).toEqual([1, 0]);
  });

  it('is of a later tier only when nobody of the earlier waits', () => {
    expect(order([{ waited: 600, points: 9 }, { waited: 5 }, { waited: 9 }], [[1, 2], [0]])).toEqual([
      2, 1, 0,
    ]);
  });
});

describe('a branch that cannot be', () => {
  it.each<[string, Partial<TwinBranch>, RegExp]>([
    ['a rate below 0', { queues: [queue({ arrivalRate: [[0, -1]] })] }, /arrivalRate/],
    ['a law without a mean', { queues: [queue({ service: { law: 'exponential', mean: 0 } })] }, /mean/],
    ['a wait below 0', { queues: [queue({ waitedSeconds: [-1] })] }, /waitedSeconds/],
    ['half a server', { groups: [group(1.5)] }, /staff/],
    ['skills for no queue', { groups: [group(1, { serves: [[2]] })] }, /no queue 2/],
    ['no pace', { groups: [group(1, { pace: 0 })] }, /pace/],
    ['no shape', { dayFactor: { shape: 0, rate: 1 } }, /shape/],
  ])('is refused: %s', (_, change, message) => {
    const made = { ...branch([queue()], [group(1)]), ...change };
    const run = () => simulate(made, [[]], question(100, 2), createRng(1));
    expect(run).toThrow(RangeError);
    expect(run).toThrow(message);
  });

  it.each([
    ['no horizon', { horizonSeconds: 0 }, /horizon/],
    [
      'windows that overlap',
      {
        windows: [
          { from: 0, to: 50 },
          { from: 40, to: 60 },
        ],
      },
      /windows/,
    ],
    ['a window beyond the horizon', { windows: [{ from: 0, to: 150 }] }, /horizon/],
    ['instants that fall', { instants: [5, 4] }, /rise/],
    ['one replication', { stop: { ...asked.stop, fewest: 1, most: 1 } }, /two replications/],
  ])('is not asked for %s', (_, change, message) => {
    const run = () => simulate(branch([queue()], [group(1)]), [[]], question(100, 2, change), createRng(1));
    expect(run).toThrow(message);
  });
});
