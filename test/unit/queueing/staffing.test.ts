import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentialPatience } from '#server/domain/queueing/patience.ts';
import { figureAt, requiredServers, type StaffingTarget } from '#server/domain/queueing/staffing.ts';

const target = fc.oneof(
  fc.record({
    figure: fc.constant('serviceLevel' as const),
    formula: fc.constantFrom('headline' as const, 'late-abandons-only' as const),
    withinSeconds: fc.double({ min: 0, max: 600, noNaN: true }),
    atLeast: fc.double({ min: 0.05, max: 0.99, noNaN: true }),
  }),
  fc.record({
    figure: fc.constant('meanWait' as const),
    atMost: fc.double({ min: 1, max: 600, noNaN: true }),
  }),
  fc.record({
    figure: fc.constant('abandonment' as const),
    atMost: fc.double({ min: 0.005, max: 0.5, noNaN: true }),
  }),
  fc.record({
    figure: fc.constant('occupancy' as const),
    atMost: fc.double({ min: 0.3, max: 0.98, noNaN: true }),
  }),
);

const workload = fc
  .record({
    load: fc.double({ min: 0.1, max: 150, noNaN: true }),
    serviceSeconds: fc.double({ min: 60, max: 900, noNaN: true }),
    patienceSeconds: fc.oneof(fc.constant(Infinity), fc.double({ min: 60, max: 3_600, noNaN: true })),
  })
  .map(({ load, serviceSeconds, patienceSeconds }) => ({
    arrivalRate: load / serviceSeconds,
    serviceRate: 1 / serviceSeconds,
    patience: exponentialPatience(1 / patienceSeconds),
  }));

const isMet = (target: StaffingTarget, value: number) =>
  target.figure === 'serviceLevel' ? value >= target.atLeast : value <= target.atMost;

describe('requiredServers', () => {
  it('gives the least number that meets the target', () => {
    fc.assert(
      fc.property(workload, target, (workload, target) => {
        const servers = requiredServers(workload, [target]);
        expect(isMet(target, figureAt(workload, target, servers))).toBe(true);
        if (servers > 0) expect(isMet(target, figureAt(workload, target, servers - 1))).toBe(false);
      }),
    );
  });

  it('meets all targets at once', () => {
    fc.assert(
      fc.property(workload, target, target, (workload, one, other) => {
        const both = requiredServers(workload, [one, other]);
        expect(both).toBe(Math.max(requiredServers(workload, [one]), requiredServers(workload, [other])));
      }),
    );
  });

  it('asks for nobody when nobody comes', () => {
    const idle = { arrivalRate: 0, serviceRate: 1, patience: exponentialPatience(1) };
    expect(requiredServers(idle, [{ figure: 'occupancy', atMost: 0.5 }])).toBe(0);
  });

  it('says when no number of servers is enough', () => {
    const workload = { arrivalRate: 1, serviceRate: 0.1, patience: exponentialPatience(0.01) };
    expect(() => requiredServers(workload, [{ figure: 'occupancy', atMost: 0 }])).toThrow(
      /no number of servers/,
    );
    expect(() => requiredServers({ ...workload, serviceRate: 0 }, [])).toThrow(/serviceRate/);
  });
});
