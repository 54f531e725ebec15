import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangA } from '#server/domain/queueing/abandonment.ts';
import { meanWaitFixedService } from '#server/domain/queueing/deterministic-service.ts';
import { erlangC } from '#server/domain/queueing/erlang-c.ts';
import { allenCunneenRatio, meanWaitGeneralService } from '#server/domain/queueing/general-service.ts';
import {
  erlang2Service,
  mixedService,
  momentsOf,
  phaseServiceQueue,
} from '#server/domain/queueing/phase-service.ts';
import { poissonExcess, poissonProbability } from '#server/domain/queueing/poisson.ts';

const ratio = (actual: number, expected: number) => expect(actual / expected);

describe('meanWaitFixedService', () => {
  it('is half the wait of exponential services for one server', () => {
    for (const load of [0.01, 0.5, 0.9, 0.999])
      ratio(
        meanWaitFixedService(1, load, 1),
        erlangC({ servers: 1, arrivalRate: load, serviceRate: 1 }, 0).meanWait,
      ).toBeCloseTo(0.5, 10);
  });

  it('lies between half and all of the wait of exponential services', () => {
    const occupancy = fc.double({ min: 0.3, max: 0.9999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), occupancy, (servers, occupancy) => {
        const arrivalRate = occupancy * servers;
        const share =
          meanWaitFixedService(servers, arrivalRate, 1) /
          erlangC({ servers, arrivalRate, serviceRate: 1 }, 0).meanWait;
        expect(share).toBeGreaterThan(0.5 - 1e-9);
        expect(share).toBeLessThan(1);
      }),
      { numRuns: 60 },
    );
  });

  it('has one value where its two methods meet', () => {
    for (const servers of [2, 4, 50]) {
      let [low, high] = [0.5, 0.9999];
      while (high - low > 1e-12) {
        const occupancy = (low + high) / 2;
        if (servers * (occupancy - 1 - Math.log(occupancy)) > 0.02) low = occupancy;
        else high = occupancy;
      }
      const wait = (occupancy: number) => meanWaitFixedService(servers, servers * occupancy, 1);
      ratio(wait(high + 1e-11), wait(low - 1e-11)).toBeCloseTo(1, 8);
    }
  });

  it('scales with the service time', () => {
    ratio(meanWaitFixedService(5, 4.5 / 300, 300), 300 * meanWaitFixedService(5, 4.5, 1)).toBeCloseTo(1, 10);
  });

  it('refuses a load the servers cannot carry', () => {
    expect(() => meanWaitFixedService(2, 2, 1)).toThrow(/cannot carry/);
    expect(() => meanWaitFixedService(2, 1, 0)).toThrow(/serviceSeconds/);
  });
});

describe('the Poisson distribution', () => {
  it('adds up to 1 with the right mean, also far from zero', () => {
    for (const mean of [0.3, 7, 150, 20_000]) {
      const spread = Math.ceil(10 * Math.sqrt(mean)) + 20;
      const from = Math.max(0, Math.floor(mean) - spread);
      let [sum, first] = [0, 0];
      for (let n = from; n <= mean + spread; n++) {
        sum += poissonProbability(n, mean);
        first += n * poissonProbability(n, mean);
      }
      expect(sum).toBeCloseTo(1, 12);
      ratio(first, mean).toBeCloseTo(1, 12);
    }
  });

  it('has an excess over 0 of its mean', () => {
    for (const mean of [0.2, 3, 40]) ratio(poissonExcess(0, mean), mean).toBeCloseTo(1, 13);
  });
});

describe('phaseServiceQueue', () => {
  const oneExponential = [{ begins: 1, rate: 0.5, then: null }];

  it('is Erlang A and C for one phase', () => {
    const leaving = erlangA({ servers: 4, arrivalRate: 2.2, serviceRate: 0.5, abandonmentRate: 0.2 }, 0);
    expect(phaseServiceQueue(4, 2.2, oneExponential, 0.2).meanWait).toBeCloseTo(leaving.meanWait, 10);
    const staying = erlangC({ servers: 4, arrivalRate: 1.8, serviceRate: 0.5 }, 0);
    ratio(phaseServiceQueue(4, 1.8, oneExponential, 0).meanWait, staying.meanWait).toBeCloseTo(1, 9);
  });

  it('is the formula of Pollaczek and Khinchine for one server', () => {
    for (const service of [erlang2Service(2), mixedService(0.8, 1, 6)]) {
      const { mean, scv } = momentsOf(service);
      const station = { servers: 1, arrivalRate: 0.7 / mean, serviceRate: 1 / mean };
      const { meanWait } = phaseServiceQueue(1, station.arrivalRate, service, 0);
      ratio(meanWait, meanWaitGeneralService(station, scv)).toBeCloseTo(1, 9);
    }
  });

  it('comes within a tenth of Allen and Cunneen for several servers', () => {
    for (const service of [erlang2Service(1), mixedService(0.8, 0.5, 3)]) {
      const { mean, scv } = momentsOf(service);
      const station = { servers: 6, arrivalRate: 4.8 / mean, serviceRate: 1 / mean };
      const { meanWait } = phaseServiceQueue(6, station.arrivalRate, service, 0);
      expect(Math.abs(meanWaitGeneralService(station, scv) / meanWait - 1)).toBeLessThan(0.1);
    }
  });

  it('knows the moments of its services', () => {
    const erlang = momentsOf(erlang2Service(3));
    expect(erlang.mean).toBeCloseTo(3, 12);
    expect(erlang.scv).toBeCloseTo(0.5, 12);
    // 0.5 · 1 + 0.5 · 3 = 2; second moment 0.5 · 2 + 0.5 · 18 = 10.
    const mixed = momentsOf(mixedService(0.5, 1, 3));
    expect(mixed.mean).toBeCloseTo(2, 12);
    expect(mixed.scv).toBeCloseTo(1.5, 12);
    expect(allenCunneenRatio(0)).toBe(0.5);
    expect(allenCunneenRatio(2, 0)).toBe(1);
  });

  it('refuses services that cannot be, and queues that grow for ever', () => {
    expect(() => phaseServiceQueue(2, 1, [], 0)).toThrow(/one to 3 phases/);
    expect(() => phaseServiceQueue(2, 1, [{ begins: 0.5, rate: 1, then: null }], 0)).toThrow(/add up to 1/);
    expect(() => phaseServiceQueue(2, 1, [{ begins: 1, rate: 1, then: 0 }], 0)).toThrow(/later phase/);
    expect(() => phaseServiceQueue(2, 1, oneExponential, 0)).toThrow(/cannot carry/);
  });
});
