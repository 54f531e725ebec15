import { describe, expect, it } from 'vitest';
import {
  ARRIVAL_BUCKETS,
  BUCKETS,
  bucketOf,
  emptyTables,
  MOST_IN,
  MOST_OUT,
  poolBurden,
  shifted,
  tablePool,
} from '#server/domain/staffing/marginal-tables.ts';
import { committedStaff } from '#server/domain/staffing/committed-staff.ts';
import { StaffingPolicy } from '#shared/staffing-world.ts';
import { atCounter, busyPool } from './given-network.ts';

const policy = StaffingPolicy.parse({});
const staff = [
  [0, 3],
  [40, 2],
  [80, 3],
] as const;

describe('marginal tables', () => {
  const tables = emptyTables(1);
  tablePool(tables, 0, busyPool, staff, policy);
  const gain = (k: number, bucket: number): number => tables.gain[k * BUCKETS + bucket] ?? NaN;

  it('hold what the fast screen says of one more person', () => {
    const burden = poolBurden(busyPool, staff, policy);
    expect(tables.burden[0]).toBe(burden);
    expect(gain(0, 0)).toBeCloseTo(burden - poolBurden(busyPool, shifted(staff, 2, 1), policy), 6);
    expect(gain(0, 4)).toBeCloseTo(burden - poolBurden(busyPool, shifted(staff, 50, 1), policy), 6);
  });

  it('come within 10 % of it where they are filled in between', () => {
    const burden = poolBurden(busyPool, staff, policy);
    ARRIVAL_BUCKETS.forEach((from, bucket) => {
      const two = burden - poolBurden(busyPool, shifted(staff, from, 2), policy);
      expect((gain(0, bucket) + gain(1, bucket)) / two).toBeGreaterThan(0.9);
      expect((gain(0, bucket) + gain(1, bucket)) / two).toBeLessThan(1.1);
    });
  });

  it('have falling gains and rising losses', () => {
    for (let k = 0; k < MOST_IN; k++)
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        if (k > 0) expect(gain(k, bucket)).toBeLessThanOrEqual(gain(k - 1, bucket));
        if (bucket > 0) expect(gain(k, bucket)).toBeLessThanOrEqual(gain(k, bucket - 1));
      }
    for (let j = 1; j < MOST_OUT; j++)
      expect(tables.loss[j]).toBeGreaterThanOrEqual(tables.loss[j - 1] ?? NaN);
  });

  it('let nobody leave who must stay', () => {
    tablePool(tables, 0, busyPool, staff, policy, 1);
    expect(tables.loss[1]).toBe(Infinity);
  });

  it('put a journey into the bucket that holds it', () => {
    expect([0, 2, 3, 20, 50, 51].map(bucketOf)).toEqual([0, 0, 1, 2, 4, -1]);
  });
});

describe('committed staff', () => {
  it('counts breaks, journeys and ends of shifts', () => {
    const people = [
      atCounter(0, 0),
      { ...atCounter(0, 0), breaks: [{ from: 30, minutes: 15, lunch: false, movableMinutes: 0 }] },
      { ...atCounter(0, 0), duty: 'moving' as const, backIn: 12 },
      { ...atCounter(0, 0), shiftEndsIn: 60 },
    ];
    expect(committedStaff(people, 1, 120)).toEqual([
      [
        [0, 3],
        [12, 4],
        [30, 3],
        [45, 4],
        [60, 3],
      ],
    ]);
  });
});
