import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangA, withAbandonment } from '#server/domain/queueing/abandonment.ts';
import { erlangB } from '#server/domain/queueing/erlang-b.ts';
import { erlangC } from '#server/domain/queueing/erlang-c.ts';
import {
  erlang2Patience,
  exponentialPatience,
  fixedPatience,
  hazardPatience,
  mixedPatience,
  uniformPatience,
  withBalking,
} from '#server/domain/queueing/patience.ts';

/** Stations from one counter to ten thousand agents, from idle to three times too much. */
const station = fc
  .record({
    servers: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(100, 1_000, 10_000)),
    occupancy: fc.double({ min: 0.05, max: 3, noNaN: true }),
    serviceRate: fc.double({ min: 0.001, max: 10, noNaN: true }),
    patienceInServices: fc.double({ min: 0.05, max: 50, noNaN: true }),
    targetInServices: fc.double({ min: 0, max: 3, noNaN: true }),
  })
  .map(({ servers, occupancy, serviceRate, patienceInServices, targetInServices }) => ({
    station: {
      servers,
      serviceRate,
      arrivalRate: occupancy * servers * serviceRate,
      abandonmentRate: serviceRate / patienceInServices,
    },
    target: targetInServices / serviceRate,
  }));

const near = (actual: number, expected: number) => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * Math.abs(expected) + 1e-14);
};

describe('erlangA', () => {
  it('obeys the laws of conservation', () => {
    fc.assert(
      fc.property(station, ({ station, target }) => {
        const figures = erlangA(station, target);
        near(figures.abandonProbability, station.abandonmentRate * figures.meanWait);
        near(
          figures.occupancy * station.servers * station.serviceRate,
          station.arrivalRate * (1 - figures.abandonProbability),
        );
        near(figures.servedWithinTarget + figures.abandonedWithinTarget + figures.waitAboveTarget, 1);
        const served = 1 - figures.abandonProbability;
        const spent =
          (figures.meanWaitServed ?? 0) * served +
          (figures.meanWaitAbandoned ?? 0) * figures.abandonProbability;
        near(spent, figures.meanWait);
      }),
    );
  });

  it('serves more with every server', () => {
    fc.assert(
      fc.property(station, ({ station, target }) => {
        const figures = erlangA(station, target);
        const more = erlangA({ ...station, servers: station.servers + 1 }, target);
        expect(more.meanWait).toBeLessThanOrEqual(figures.meanWait);
        expect(more.servedWithinTarget).toBeGreaterThanOrEqual(figures.servedWithinTarget - 1e-12);
      }),
    );
  });

  it('is Erlang C when nobody leaves', () => {
    const station = { servers: 12, arrivalRate: 11, serviceRate: 1 };
    const patient = erlangA({ ...station, abandonmentRate: 0 }, 0.3);
    const delayed = erlangC(station, 0.3);
    near(patient.waitProbability, delayed.waitProbability);
    near(patient.meanWait, delayed.meanWait);
    near(patient.waitAboveTarget, delayed.waitAboveTarget);
    expect(patient.abandonProbability).toBe(0);
    expect(patient.meanWaitAbandoned).toBeNull();
  });

  it('is a queue without end of servers when people leave as fast as they are served', () => {
    const { waitProbability } = erlangA(
      { servers: 3, arrivalRate: 2, serviceRate: 1, abandonmentRate: 1 },
      0,
    );
    // P(N ≥ 3) of a Poisson number of mean 2.
    near(waitProbability, 1 - Math.exp(-2) * (1 + 2 + 2));
  });

  it('keeps ten thousand servers far below and far above their load', () => {
    const idle = erlangA({ servers: 10_000, arrivalRate: 300, serviceRate: 1, abandonmentRate: 1 }, 0.1);
    expect(idle).toMatchObject({ waitProbability: 0, meanWait: 0, servedWithinTarget: 1 });
    const flooded = erlangA(
      { servers: 10_000, arrivalRate: 50_000, serviceRate: 1, abandonmentRate: 1 },
      0.1,
    );
    near(flooded.abandonProbability, 0.8);
  });

  it('names four service levels, which differ', () => {
    const { serviceLevels } = erlangA(
      { servers: 10, arrivalRate: 11, serviceRate: 1, abandonmentRate: 0.5 },
      0.2,
    );
    const headline = serviceLevels.headline ?? NaN;
    expect(serviceLevels['late-abandons-only']).toBeGreaterThan(headline);
    expect(serviceLevels['answered-only']).toBeGreaterThan(headline);
    expect(serviceLevels['offered-incl-abandoned-within']).toBeGreaterThan(headline);
  });

  it('loses everybody without a server', () => {
    const figures = erlangA({ servers: 0, arrivalRate: 2, serviceRate: 1, abandonmentRate: 0.5 }, 1);
    expect(figures).toMatchObject({ waitProbability: 1, abandonProbability: 1, meanWait: 2, meanQueue: 4 });
    expect(figures.meanWaitServed).toBeNull();
    near(figures.waitAboveTarget, Math.exp(-0.5));
  });

  it('has nothing to report when nobody comes', () => {
    const figures = erlangA({ servers: 2, arrivalRate: 0, serviceRate: 1, abandonmentRate: 0.5 }, 1);
    expect(figures).toMatchObject({ waitProbability: 0, abandonProbability: 0, meanWait: 0, meanQueue: 0 });
  });

  it('refuses what cannot be', () => {
    expect(() => erlangA({ servers: 2, arrivalRate: 2, serviceRate: 1, abandonmentRate: 0 }, 0)).toThrow(
      /never leave/,
    );
    expect(() => erlangA({ servers: 2, arrivalRate: 1, serviceRate: 1, abandonmentRate: -1 }, 0)).toThrow(
      /abandonmentRate/,
    );
    expect(() =>
      withAbandonment({ servers: 0, arrivalRate: 1, serviceRate: 1 }, exponentialPatience(0), 0),
    ).toThrow(RangeError);
  });
});

describe('patience', () => {
  const station = { servers: 6, arrivalRate: 6.6, serviceRate: 1 };
  const waits = [0.01, 0.3, 1, 2.5, 9];

  it.each([
    ['exponential', exponentialPatience(0.7)],
    ['fixed', fixedPatience(1.2)],
    ['uniform', uniformPatience(2.4)],
    ['erlang2', erlang2Patience(1.2)],
    [
      'mixed',
      mixedPatience([
        { share: 0.3, mean: 0.2 },
        { share: 0.7, mean: 2 },
      ]),
    ],
    ['balking', withBalking(0.2, exponentialPatience(0.7))],
    [
      'hazard',
      hazardPatience([
        { from: 0, rate: 0 },
        { from: 0.5, rate: 2 },
        { from: 1, rate: 0.3 },
      ]),
    ],
  ])('%s: time spent is that of those who stay and those who leave', (_, patience) => {
    for (const wait of waits)
      expect(patience.spent(wait)).toBeCloseTo(patience.lost(wait) + wait * (1 - patience.gone(wait)), 12);
    expect(patience.spent(1e4)).toBeCloseTo(patience.mean, 9);
    expect(patience.gone(Infinity)).toBe(1);
    const { servedWithinTarget, abandonedWithinTarget, waitAboveTarget } = withAbandonment(
      station,
      patience,
      0.4,
    );
    expect(servedWithinTarget + abandonedWithinTarget + waitAboveTarget).toBeCloseTo(1, 12);
  });

  it('with a steady hazard is exponential, however it is cut', () => {
    const cut = hazardPatience([
      { from: 0, rate: 0.7 },
      { from: 0.4, rate: 0.7 },
      { from: 3, rate: 0.7 },
    ]);
    const figures = withAbandonment(station, cut, 0.2);
    const exact = withAbandonment(station, exponentialPatience(0.7), 0.2);
    near(figures.meanWait, exact.meanWait);
    near(figures.servedWithinTarget, exact.servedWithinTarget);
    near(figures.meanWaitAbandoned ?? NaN, exact.meanWaitAbandoned ?? NaN);
  });

  it('that is fixed is lost to the second', () => {
    near(withAbandonment(station, fixedPatience(0.8), 0.5).meanWaitAbandoned ?? NaN, 0.8);
    // Hardly anybody waits so long; still they left after exactly that.
    near(
      withAbandonment({ ...station, arrivalRate: 0.5 }, fixedPatience(12), 0.5).meanWaitAbandoned ?? NaN,
      12,
    );
  });

  it('that balks loses its share of those who would have to wait, at once', () => {
    const figures = withAbandonment(station, withBalking(0.25, exponentialPatience(0.5)), 0);
    near(figures.abandonedWithinTarget, 0.25 * figures.waitProbability);
  });

  it('of nothing at all makes a queue that loses whoever finds no free server', () => {
    const { abandonProbability, meanWait } = withAbandonment(station, fixedPatience(0), 0.5);
    const load = station.arrivalRate / station.serviceRate;
    expect(abandonProbability).toBeCloseTo(erlangB(station.servers, load).probability, 12);
    expect(meanWait).toBe(0);
  });

  it('refuses a hazard that is out of order or begins late', () => {
    expect(() => hazardPatience([])).toThrow(RangeError);
    expect(() => hazardPatience([{ from: 1, rate: 1 }])).toThrow(/begin at 0/);
    expect(() =>
      hazardPatience([
        { from: 0, rate: 1 },
        { from: 5, rate: 1 },
        { from: 4, rate: 1 },
      ]),
    ).toThrow(/in order/);
    expect(() => fixedPatience(-1)).toThrow(/limit/);
    expect(() => withBalking(1.2, fixedPatience(1))).toThrow(/balk/);
  });
});
