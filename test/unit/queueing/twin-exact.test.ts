import { describe, expect, it } from 'vitest';
import { type AbandonmentFigures, erlangA, withAbandonment } from '#server/domain/queueing/abandonment.ts';
import { meanWaitFixedService } from '#server/domain/queueing/deterministic-service.ts';
import { erlangC } from '#server/domain/queueing/erlang-c.ts';
import { exponentialPatience, hazardPatience, withBalking } from '#server/domain/queueing/patience.ts';
import { erlang2Service, mixedService, phaseServiceQueue } from '#server/domain/queueing/phase-service.ts';
import type { TwinGroup, TwinQueue } from '#server/domain/queueing/twin/branch.ts';
import type { Estimate } from '#server/domain/queueing/twin/estimates.ts';
import type { PatienceLaw } from '#server/domain/queueing/twin/laws.ts';
import type { PlanFigures, WindowFigures } from '#server/domain/queueing/twin/plan-figures.ts';
import { simulate } from '#server/domain/queueing/twin/twin.ts';
import { twoClassPriority } from '#server/domain/queueing/two-class-priority.ts';
import { type TwoPools, twoSkillPools } from '#server/domain/queueing/two-skill-pools.ts';
import { createRng } from '#server/rng.ts';
import { branch, expectNear, group, must, question, queue } from '../../support/twin-branches.ts';

const SERVICE = 240;
const RATE = 3.4 / SERVICE;
const TARGET = 60;
const exponential = { law: 'exponential', mean: SERVICE } as const;
const station = { servers: 4, arrivalRate: RATE, serviceRate: 1 / SERVICE };
const busy = queue({ arrivalRate: [[0, RATE]], service: exponential, targetSeconds: TARGET });

/** What a branch comes to when it has run for a while. */
function settled(queues: TwinQueue[], groups: TwinGroup[], seed = 1): PlanFigures {
  const warmUp = 60 * SERVICE;
  const end = warmUp + 200 * SERVICE;
  const asked = question(end, 250, { windows: [{ from: warmUp, to: end }], instants: [warmUp, end] });
  return must(simulate(branch(queues, groups), [[]], asked, createRng(seed)).plans[0]);
}

const inWindow = (figures: PlanFigures, queue = 0): WindowFigures => must(figures.windows[queue]?.[0]);

/** A number of customers as a share of those who came. */
const shareOf = ({ value, standardError }: Estimate, { arrivals }: WindowFigures): Estimate => ({
  value: value / arrivals.value,
  standardError: standardError / arrivals.value,
});

describe('the twin of one queue in steady state', () => {
  it('is Erlang C when all wait and nobody leaves', () => {
    const got = settled([busy], [group(4)]);
    const exact = erlangC(station, TARGET);
    expectNear(inWindow(got).meanWaitSeconds, exact.meanWait);
    expectNear(inWindow(got).lateShare, exact.waitAboveTarget);
    expectNear(got.queueLengths[0]?.[1]?.mean, exact.meanQueue, 0.1);
  });

  it.each<[string, PatienceLaw, AbandonmentFigures]>([
    [
      'Erlang A',
      { law: 'exponential', mean: 600 },
      erlangA({ ...station, abandonmentRate: 1 / 600 }, TARGET),
    ],
    [
      'M/M/n+G with balking',
      { law: 'balking', balk: 0.2, others: { law: 'exponential', mean: 900 } },
      withAbandonment(station, withBalking(0.2, exponentialPatience(1 / 900)), TARGET),
    ],
    [
      'M/M/n+G with measured patience',
      {
        law: 'hazard',
        pieces: [
          { from: 0, rate: 1 / 100 },
          { from: 30, rate: 1 / 2_000 },
        ],
      },
      withAbandonment(
        station,
        hazardPatience([
          { from: 0, rate: 1 / 100 },
          { from: 30, rate: 1 / 2_000 },
        ]),
        TARGET,
      ),
    ],
  ])('is %s when customers leave', (_, patience, exact) => {
    const got = inWindow(settled([{ ...busy, patience }], [group(4)]));
    expectNear(got.meanWaitSeconds, exact.meanWait);
    expectNear(got.lateShare, exact.waitAboveTarget);
    expectNear(shareOf(got.abandoned, got), exact.abandonProbability);
    expectNear(shareOf(got.answeredWithin, got), exact.servedWithinTarget);
  });

  it('tells the quantiles of the wait and how far off they may be', () => {
    const crowded = { ...station, arrivalRate: 5 / SERVICE, abandonmentRate: 1 / 600 };
    const { waitSeconds } = inWindow(
      settled(
        [{ ...busy, arrivalRate: [[0, crowded.arrivalRate]], patience: { law: 'exponential', mean: 600 } }],
        [group(4)],
      ),
    );
    const above = (seconds: number) => erlangA(crowded, seconds).waitAboveTarget;
    for (const [quantile, share] of [
      [waitSeconds?.p50, 0.5],
      [waitSeconds?.p80, 0.2],
      [waitSeconds?.p95, 0.05],
    ] as const) {
      const { value, standardError } = must(quantile);
      expect(standardError).toBeLessThan(0.02 * value);
      expect(above(value - 3.5 * standardError)).toBeGreaterThan(share);
      expect(above(value + 3.5 * standardError)).toBeLessThan(share);
    }
  });

  it('is M/D/n when every service takes the same time', () => {
    const got = settled([{ ...busy, service: { law: 'fixed', seconds: SERVICE } }], [group(4)]);
    expectNear(inWindow(got).meanWaitSeconds, meanWaitFixedService(4, RATE, SERVICE));
  });

  it.each([
    ['even', erlang2Service(SERVICE)],
    ['uneven', mixedService(0.75, 120, 600)],
  ])('is M/PH/n when services are %s', (_, phases) => {
    const patience = { law: 'exponential', mean: 700 } as const;
    const got = inWindow(settled([{ ...busy, service: { law: 'phases', phases }, patience }], [group(4)]));
    const exact = phaseServiceQueue(4, RATE, phases, 1 / 700);
    expectNear(got.meanWaitSeconds, exact.meanWait);
    expectNear(shareOf(got.abandoned, got), exact.abandonProbability);
  });

  it('knows how busy servers are', () => {
    const asked = question(1_000 * SERVICE, 300);
    const { plans } = simulate(branch([busy], [group(4)]), [[]], asked, createRng(1));
    expect(must(plans[0]?.occupancy[0]).value).toBeCloseTo(0.85, 2);
  });
});

describe('the twin of several queues in steady state', () => {
  it('serves a higher class first', () => {
    const model = {
      servers: 4,
      serviceRates: [1 / 240, 1 / 180],
      abandonmentRates: [1 / 500, 1 / 900],
    } as const;
    const rates = [0.007, 0.012] as const;
    const queues = ([0, 1] as const).map((i) =>
      queue({
        arrivalRate: [[0, rates[i]]],
        service: { law: 'exponential', mean: 1 / model.serviceRates[i] },
        patience: { law: 'exponential', mean: 1 / model.abandonmentRates[i] },
        priority: { points: 1 - i, pointsPerMinute: 0 },
      }),
    );
    const exact = twoClassPriority(model, rates);
    for (const groups of [[group(4, { serves: [[0, 1]] })], [group(4, { serves: [[0], [1]] })]]) {
      const got = settled(queues, groups);
      for (const i of [0, 1] as const) {
        expectNear(inWindow(got, i).meanWaitSeconds, exact.meanWaits[i]);
        expectNear(shareOf(inWindow(got, i).abandoned, inWindow(got, i)), exact.abandonProbabilities[i]);
      }
    }
  });

  it.each(['first', 'second'] as const)(
    'sends customers to pools of different skills, %s class first',
    (served) => {
      const model: TwoPools = {
        serversA: 2,
        serversB: 3,
        serviceRateA: 1 / 240,
        serviceRateB: 1 / 300,
        arrivalRates: [0.011, 0.007],
        abandonmentRates: [1 / 500, 1 / 700],
        poolBServesFirst: served,
      };
      const queues = model.arrivalRates.map((rate, i) =>
        queue({
          arrivalRate: [[0, rate]],
          patience: { law: 'exponential', mean: 1 / (model.abandonmentRates[i] ?? NaN) },
        }),
      );
      const got = settled(queues, [
        group(2, { serves: [[0]], pace: 240 }),
        group(3, { serves: served === 'first' ? [[0], [1]] : [[1], [0]], pace: 300 }),
      ]);
      const exact = twoSkillPools(model);
      for (const i of [0, 1] as const) {
        const figures = inWindow(got, i);
        expectNear(figures.meanWaitSeconds, exact.meanWaits[i]);
        expectNear(figures.lateShare, exact.waitProbabilities[i]);
        expectNear(shareOf(figures.abandoned, figures), exact.abandonProbabilities[i]);
      }
    },
  );
});
