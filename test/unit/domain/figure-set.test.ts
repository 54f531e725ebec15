import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SERVICE_LEVEL_NAMES } from '#shared/service-level-names.ts';
import {
  addAgentInterval,
  addQueueInterval,
  noAgentInterval,
  noCounterInterval,
  noQueueInterval,
  type QueueInterval,
  WAIT_LIMITS_SECONDS,
  waitBucket,
} from '#server/domain/metrics/interval.ts';
import type { FigureId } from '#server/domain/metrics/figure-catalogue.ts';
import type { FigureSet } from '#server/domain/metrics/figure.ts';
import { queueFigures } from '#server/domain/metrics/queue-figure-set.ts';
import { agentFigures, counterFigures } from '#server/domain/metrics/staff-figure-set.ts';
import { waitQuantile } from '#server/domain/metrics/wait-quantile.ts';
import { RUNS } from '#test/support/lives.ts';

const sums = (over: Partial<QueueInterval>): QueueInterval => ({ ...noQueueInterval(), ...over });
/** A 1000, B 60, A≤T 860, B≤T 20, Bs 10. */
const GOLDEN_DAY = sums({
  offered: 1_060,
  answered: 1_000,
  abandoned: 60,
  answeredWithin: 860,
  abandonedWithin: 20,
  shortAbandoned: 10,
  slNumerator: 860,
  slDenominator: 1_060,
});
const percent = (figures: FigureSet, id: FigureId): number =>
  Math.round((figures[id]?.value ?? NaN) * 10_000) / 100;
const valueOf = (figures: FigureSet, id: FigureId): number | null | undefined => figures[id]?.value;

describe('figures of the golden day', () => {
  const figures = queueFigures(GOLDEN_DAY);

  it.each([
    ['SL1', 'serviceLevel', 81.13],
    ['SL1', 'serviceLevel.headline', 81.13],
    ['SL2', 'serviceLevel.offered-incl-abandoned-within', 83.02],
    ['SL2', 'serviceLevel.answered-only', 86],
    ['SL2', 'serviceLevel.late-abandons-only', 82.69],
    ['SL2', 'serviceLevel.short-abandons-good', 82.08],
    ['SL2', 'serviceLevel.short-abandons-out', 81.9],
    ['AB1', 'abandonment', 5.66],
    ['AB1', 'shortAbandonShare', 16.67],
  ] as const)('[%s] %s is %d %%', (_rule, id, golden) => {
    expect(percent(figures, id)).toBe(golden);
  });

  it('[SL4] come with what they are made of, unit and rule', () => {
    expect(figures.abandonment).toEqual({
      value: 60 / 1_060,
      unit: 'ratio',
      rule: 'AB1',
      numerator: 60,
      denominator: 1_060,
    });
    expect(figures.offered).toMatchObject({ value: 1_060, numerator: 1_060, denominator: null });
  });

  it('[SL4] of two queues together are not the mean of theirs', () => {
    const both = noQueueInterval();
    addQueueInterval(both, GOLDEN_DAY);
    addQueueInterval(both, sums({ answered: 10, slDenominator: 10 }));
    expect(percent(queueFigures(both), 'serviceLevel')).toBe(80.37);
  });
});

describe('figures of a queue', () => {
  it('[SL3] have no value where there is nothing to divide by; counts of nothing are 0', () => {
    const figures = queueFigures(noQueueInterval());
    const counted = [
      'offered',
      'answered',
      'abandoned',
      'shortAbandoned',
      'rerouted',
      'missed',
      'handled',
      'rated',
    ];
    for (const [id, { value }] of Object.entries(figures))
      expect(value, id).toBe(counted.includes(id) ? 0 : null);
    for (const name of SERVICE_LEVEL_NAMES) expect(figures).toHaveProperty([`serviceLevel.${name}`]);
  });

  it('[WT3] waits of those answered and of those who left are apart', () => {
    const figures = queueFigures(
      sums({ answered: 4, waitSeconds: 600, abandoned: 2, abandonWaitSeconds: 500, waitSecondsMax: 400 }),
    );
    expect(valueOf(figures, 'averageWait')).toBe(150);
    expect(valueOf(figures, 'abandonedWait')).toBe(250);
    expect(valueOf(figures, 'maximumWait')).toBe(400);
  });

  it('[WT1] the answer time is over those of whom it is known', () => {
    expect(
      valueOf(queueFigures(sums({ answered: 9, answerTimes: 2, answerSeconds: 50 })), 'answerTime'),
    ).toBe(25);
  });

  it('[WT4] the total wait has the earlier waits in it', () => {
    const figures = queueFigures(sums({ answered: 2, waitSeconds: 100, totalWaitSeconds: 300 }));
    expect(valueOf(figures, 'totalWait')).toBe(150);
  });

  it('[HT1] handle time is service, holds and wrap-up; its parts are shown', () => {
    const figures = queueFigures(
      sums({ handled: 10, serviceSeconds: 3_000, holdSeconds: 400, wrapUpSeconds: 500 }),
    );
    expect(
      (['handleTime', 'handlingTime', 'talkTime', 'holdTime', 'wrapUpTime'] as const).map((id) =>
        valueOf(figures, id),
      ),
    ).toEqual([350, 300, 260, 40, 50]);
  });

  it('[WN1] by arrival is another series than by the end of the wait', () => {
    const figures = queueFigures(
      sums({
        slNumerator: 8,
        slDenominator: 10,
        arrivedSlNumerator: 3,
        arrivedSlDenominator: 4,
        arrivedAnswered: 3,
        arrivedAbandoned: 1,
        arrivedWaitSeconds: 90,
        arrivedAbandonWaitSeconds: 60,
      }),
    );
    expect(percent(figures, 'serviceLevel')).toBe(80);
    expect(percent(figures, 'arrivalServiceLevel')).toBe(75);
    expect(percent(figures, 'arrivalAbandonment')).toBe(25);
    expect(valueOf(figures, 'arrivalAverageWait')).toBe(30);
    expect(valueOf(figures, 'arrivalAbandonedWait')).toBe(60);
  });

  it('a rating is a share of the best score', () => {
    expect(valueOf(queueFigures(sums({ rated: 3, ratingSum: 2.4 })), 'rating')).toBeCloseTo(0.8);
  });
});

describe('quantiles of waits', () => {
  it('[WT3] lie within the error they state of the true ones', () => {
    const waitsOf = fc.array(fc.integer({ min: 0, max: 7_200 }), { minLength: 1, maxLength: 300 });
    const property = fc.property(waitsOf, fc.constantFrom(0.5, 0.8, 0.95), (seconds, share) => {
      const waits = noQueueInterval().waits;
      for (const wait of seconds) waits[waitBucket(wait)] = (waits[waitBucket(wait)] ?? 0) + 1;
      const sorted = [...seconds].sort((a, b) => a - b);
      const truth = sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
      const found = waitQuantile(waits, sorted.at(-1) ?? 0, share);
      expect(Math.abs((found?.seconds ?? NaN) - truth)).toBeLessThanOrEqual(found?.errorSeconds ?? 0);
    });
    fc.assert(property, RUNS);
  });

  it('[SL3] of no waits there are none', () => {
    expect(waitQuantile(noQueueInterval().waits, 0, 0.5)).toBeNull();
  });

  it('no wait is longer than the longest', () => {
    const waits = noQueueInterval().waits;
    waits[waitBucket(5_000)] = 1;
    expect(waitQuantile(waits, 5_000, 1)).toEqual({ seconds: 5_000, errorSeconds: 1_400 });
  });

  it('every limit belongs to its own bucket', () => {
    expect(WAIT_LIMITS_SECONDS.map(waitBucket)).toEqual(WAIT_LIMITS_SECONDS.map((_, i) => i));
    expect(waitBucket(3_600.001)).toBe(WAIT_LIMITS_SECONDS.length);
  });
});

describe('figures of a level feed', () => {
  const level = sums({
    observedSeconds: 3_600,
    observedWaitingSeconds: 18_000,
    observedWaitingMax: 9,
    observedCountersKnownSeconds: 1_800,
    observedCountersSeconds: 5_400,
    observedTicketsKnownSeconds: 3_600,
    observedTickets: 30,
  });

  it('[SL3] what it does not say nobody knows: visits are not 0 but unknown', () => {
    const figures = queueFigures(level);
    for (const id of ['offered', 'answered', 'abandoned', 'handled', 'averageWait', 'serviceLevel'] as const)
      expect(valueOf(figures, id)).toBeNull();
  });

  it('[LV3] people waiting and counters are means over the time they were known', () => {
    const figures = queueFigures(level);
    expect(valueOf(figures, 'observedWaiting')).toBe(5);
    expect(valueOf(figures, 'observedWaitingMax')).toBe(9);
    expect(valueOf(figures, 'observedCounters')).toBe(3);
  });

  it('[WT1] the wait that follows by Little’s law is marked as derived', () => {
    expect(queueFigures(level).derivedWait).toMatchObject({ value: 600, derived: true });
  });

  it.each([
    ['too few tickets', { observedTickets: 19 }],
    ['tickets followed for too short a time', { observedTicketsKnownSeconds: 3_000 }],
    ['nothing heard', { observedSeconds: 0, observedTicketsKnownSeconds: 0 }],
  ])('[SL3] with %s no wait is derived', (_case, over) => {
    expect(valueOf(queueFigures({ ...level, ...over }), 'derivedWait')).toBeNull();
  });
});

describe('figures of staff', () => {
  const minute = 60_000;
  const agent = noAgentInterval();
  addAgentInterval(agent, {
    ...noAgentInterval(),
    spentMs: {
      ...noAgentInterval().spentMs,
      serving: 5 * minute,
      wrapUp: minute,
      available: 4 * minute,
      break: 5 * minute,
    },
    handled: 2,
    serviceSeconds: 300,
    wrapUpSeconds: 60,
  });

  it('[OC1] occupancy is of the time ready or busy, utilisation of the time signed in', () => {
    const figures = agentFigures(agent);
    expect(percent(figures, 'occupancy')).toBe(60);
    expect(percent(figures, 'utilisation')).toBe(66.67);
    expect(percent(figures, 'agentTime.break')).toBe(33.33);
    expect(valueOf(figures, 'signedInTime')).toBe(900);
    expect(valueOf(figures, 'handleTime')).toBe(180);
  });

  it('[OC2] use is of the time open, opening of the time the hall is', () => {
    const counter = noCounterInterval();
    counter.spentMs.serving = 6 * minute;
    counter.spentMs.idle = 2 * minute;
    counter.spentMs.paused = 2 * minute;
    counter.openInHoursMs = 8 * minute;
    const figures = counterFigures(counter, 30 * minute);
    expect(percent(figures, 'counterUse')).toBe(75);
    expect(percent(figures, 'openingRate')).toBe(26.67);
    expect(percent(figures, 'counterTime.paused')).toBe(20);
    expect(valueOf(figures, 'openTime')).toBe(480);
    expect(valueOf(counterFigures(noCounterInterval(), 0), 'openingRate')).toBeNull();
  });
});
