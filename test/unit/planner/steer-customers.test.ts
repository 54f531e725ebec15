import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StaffingWorld, type StaffingWorldInput } from '#shared/staffing-world.ts';
import type { HallNow } from '#server/domain/prediction/hall-now.ts';
import type { HallAhead } from '#server/planner/suggestions/pools-now.ts';
import { completeProfiles } from '#server/network.ts';
import { steeringNeed } from '#server/planner/suggestions/open-needs.ts';
import { steerCustomers } from '#server/planner/suggestions/steer-customers.ts';
import type { SteeringAsked } from '#server/planner/suggestions/steering-ways.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 20, 12);
const NAMES = { id: { zh: '身份证', en: 'ID cards' }, cash: { zh: '收费', en: 'Cash desk' } };
/** Two halls 15 minutes apart with the same two services under other ids, and a third one far away. */
const HALLS = ['north', 'south', 'far'];
const queuesOf = (hall: string) => ['id', 'cash'].map((service) => `${hall}-${service}`);

const profiles = completeProfiles(
  HALLS.map((id) => ({
    id,
    name: { zh: id, en: id },
    region: { id: 'city', name: { zh: '市', en: 'City' } },
    queues: Object.entries(NAMES).map(([service, name]) => ({
      ...{ id: `${id}-${service}`, letter: 'A', name },
      targetSeconds: 900,
    })),
  })),
);
const worldOf = (over: Partial<StaffingWorldInput> = {}) =>
  StaffingWorld.parse({
    branches: HALLS.map((id) => ({
      id,
      region: 'city',
      pools: [{ id: 'all', queues: queuesOf(id), skill: 'any' }],
      counters: [{ id: '1' }],
      selfService:
        id === 'north'
          ? [{ id: 'kiosk', nameZh: '自助机', nameEn: 'kiosk', queues: ['north-cash'], machines: 2 }]
          : [],
    })),
    agents: [],
    travel: [
      { from: 'north', to: 'south', minutes: 15 },
      { from: 'north', to: 'far', minutes: 40 },
    ],
    policy: { steeredToHall: 0.2 },
    ...over,
  });

/** A hall where so many come an hour to each queue, and wait in each already. */
function hall(branch: string, perHour: number, waiting: number, over: Partial<HallNow> = {}): HallAhead {
  const ids = queuesOf(branch);
  const now: HallNow = {
    branch,
    version: 1,
    at: NOON,
    opening: { opensAt: NOON - 4 * HOUR, closesAt: NOON + 4 * HOUR },
    queues: ids.map((id) => ({
      id,
      targetSeconds: 900,
      waitedSeconds: Array.from({ length: waiting }, () => 600),
      isKnown: true,
      wasLate: false,
      came: { recently: 0, today: 0 },
      today: { handled: 0, workSeconds: 0, left: 0, waitedSeconds: 0 },
      variation: 1,
      steered: [],
    })),
    groups: [{ queues: [0, 1], servers: ['1', '2', '3'], inService: [], away: [], agreed: [] }],
    ...over,
  };
  return {
    now,
    ahead: {
      queues: now.queues.map(({ targetSeconds, waitedSeconds }) => ({
        arrivalRate: [[0, perHour / 3_600]] as const,
        service: { law: 'lognormal' as const, mean: 300, variation: 0.8 },
        patience: { law: 'never' as const },
        priority: { points: 0, pointsPerMinute: 1 },
        ...{ targetSeconds, waitedSeconds },
      })),
      groups: [{ serves: [[0, 1]], staff: [[0, 3]] as const, pace: 1, inService: [] }],
      dayFactor: null,
    },
  };
}

const halls = (...of: HallAhead[]) => new Map(of.map((each) => [each.now.branch, each]));
const pressedNorth = halls(hall('north', 22, 14), hall('south', 4, 0), hall('far', 2, 0));
const likely = (branch: string) => (branch === 'north' ? 0.9 : 0.05);

function steer(over: Partial<SteeringAsked> = {}) {
  const asked: SteeringAsked = {
    ...{ world: worldOf(), profiles, halls: pressedNorth, breachChance: likely, helped: new Set() },
    ...{ memory: new Map(), open: [], minute: 720, at: NOON },
    ...over,
  };
  const first = steerCustomers(asked);
  return { first, second: steerCustomers({ ...asked, memory: first.memory }) };
}
const ofQueue = (told: ReturnType<typeof steer>, queue: string) =>
  told.second.proposed.find(({ proposal }) => proposal.to.queues[0] === queue)?.proposal;

describe('announcements', () => {
  it('are proposed when a breach is likely in two plans in a row [GD4], with both waits told [GD2]', () => {
    const told = steer();
    expect(told.first.proposed).toEqual([]);
    const proposal = ofQueue(told, 'north-id');
    expect(proposal).toMatchObject({ lever: 'steerToHall', friction: 2, to: { queuesEn: 'ID cards' } });
    const [option] = proposal?.options ?? [];
    expect(option).toMatchObject({
      person: null,
      minutes: 15,
      from: { branch: 'south', queues: ['south-id'] },
    });
    expect(option?.steer?.share).toBe(0.2);
    expect(option?.steer?.thereSeconds).toBeLessThan(0.7 * (option?.steer?.hereSeconds ?? 0));
    expect(option?.promise.helps).toBeGreaterThanOrEqual(0.8);
    expect(option?.promise.curves.giver.length).toBeGreaterThan(0);
  });

  it('name machines of the hall where there are some, a click away [GD1]', () => {
    const proposal = ofQueue(steer(), 'north-cash');
    expect(proposal).toMatchObject({ lever: 'steerToMachine', friction: 1 });
    expect(proposal?.options[0]).toMatchObject({ minutes: 0, from: { pool: null, queuesEn: 'kiosk' } });
    expect(proposal?.options[0]?.promise.giver).toBeNull();
  });

  it('are not made where no breach is likely, where the hall can help itself, and in quiet hours', () => {
    expect(steer({ breachChance: () => 0.4 }).second.proposed).toEqual([]);
    expect(steer({ helped: new Set([0]) }).second.proposed).toEqual([]);
    const quiet = worldOf({ quietHours: [{ from: '11:30', to: '13:00' }] });
    expect(steer({ world: quiet }).second.proposed).toEqual([]);
  });

  it('send nobody to a hall that closes, is likely to breach itself, is far or waits as long', () => {
    const closing = { opening: { opensAt: NOON - HOUR, closesAt: NOON + HOUR } };
    const away = (of: Partial<SteeringAsked>) => ofQueue(steer(of), 'north-id');
    expect(away({ halls: halls(hall('north', 22, 14), hall('south', 4, 0, closing)) })).toBeUndefined();
    expect(away({ breachChance: (branch) => (branch === 'north' ? 0.9 : 0.3) })).toBeUndefined();
    expect(away({ halls: halls(hall('north', 22, 14), hall('far', 2, 0)) })).toBeUndefined();
    expect(away({ halls: halls(hall('north', 22, 14), hall('south', 21, 12)) })).toBeUndefined();
  });

  it('are not made again while they hold, or after a no unless they gain twice as much [GD5]', () => {
    const need = steeringNeed('north', 'north-id');
    const open = (netGain: number, id: string | null = null) => [
      { id, lever: 'steerToHall' as const, need, person: -1, netGain },
    ];
    const [option] = ofQueue(steer(), 'north-id')?.options ?? [];
    const gain = (option?.gain ?? 0) - (option?.loss ?? 0) - (option?.cost ?? 0);
    expect(ofQueue(steer({ open: open(Infinity) }), 'north-id')).toBeUndefined();
    expect(ofQueue(steer({ open: open(gain) }), 'north-id')).toBeUndefined();
    expect(ofQueue(steer({ open: open(gain / 3) }), 'north-id')).toBeDefined();
    expect(ofQueue(steer({ open: open(gain, 'm-1') }), 'north-id')).toBeUndefined();
    // What no plan asks for any more is outdated.
    const calm = steer({ open: open(gain, 'm-1'), breachChance: () => 0 });
    expect(calm.second.outdated).toEqual(['m-1']);
  });

  it('keep the rules whatever the halls are like [GD3] [GD4]', () => {
    const state = fc.record({
      perHour: fc.integer({ min: 1, max: 40 }),
      waiting: fc.integer({ min: 0, max: 20 }),
      chance: fc.double({ min: 0, max: 1, noNaN: true }),
      hoursLeft: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.tuple(state, state, state), (states) => {
        const of = (branch: string) => states[HALLS.indexOf(branch)];
        const all = HALLS.map((branch, i) => {
          const { perHour = 1, waiting = 0, hoursLeft = 0 } = states[i] ?? {};
          const closesAt = NOON + hoursLeft * HOUR;
          return hall(branch, perHour, waiting, { opening: { opensAt: NOON - HOUR, closesAt } });
        });
        const { first, second } = steer({
          halls: halls(...all),
          breachChance: (branch) => of(branch)?.chance ?? 0,
        });
        expect(first.proposed).toEqual([]);
        const takers = second.proposed.flatMap(({ proposal }) =>
          proposal.options.flatMap(({ lever, from }) => (lever === 'steerToHall' ? from.branch : [])),
        );
        expect(new Set(takers).size).toBe(takers.length);
        for (const { branch, proposal } of second.proposed) {
          expect(of(branch)?.chance).toBeGreaterThanOrEqual(0.5);
          for (const { from, minutes, promise, gain, loss, cost } of proposal.options) {
            expect(minutes).toBeLessThanOrEqual(25);
            if (from.branch !== branch) expect(of(from.branch)?.chance).toBeLessThanOrEqual(0.2);
            expect(of(from.branch)?.hoursLeft).toBeGreaterThanOrEqual(1);
            expect(promise.giver?.with.high ?? 0).toBeLessThanOrEqual(0.8 * 900 + 1);
            expect(promise.helps).toBeGreaterThanOrEqual(0.8);
            expect(gain - loss - cost).toBeGreaterThan(20);
          }
        }
      }),
      { numRuns: 20, seed: 7 },
    );
  });
});
