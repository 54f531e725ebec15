import { describe, expect, it } from 'vitest';
import {
  type HandlingRecords,
  handlingTime,
  learnService,
  learnWrapUp,
} from '#server/domain/waits/handling-time.ts';

const after = (
  queue: string,
  seconds: readonly number[],
  records: HandlingRecords = new Map(),
): HandlingRecords => {
  for (const each of seconds) learnService(records, queue, each);
  return records;
};
const repeated = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('handling time', () => {
  it('is what is usual for the channel before the first service', () => {
    const { mean, cv, known, quantile } = handlingTime(new Map(), 'q', 'hall');
    expect(mean).toBe(300);
    expect(cv).toBeCloseTo(1, 12);
    expect(known).toBe(0);
    expect(quantile(0.5)).toBeCloseTo(300 / Math.SQRT2, 3);
  });

  it('becomes that of the services, and the newest count most', () => {
    const records = after('q', [...repeated(2_000, 100), ...repeated(2_000, 200)]);
    expect(handlingTime(records, 'q', 'voice').mean).toBeCloseTo(198, 0);
  });

  it('has the spread of the services', () => {
    const records = after(
      'q',
      Array.from({ length: 1_000 }, (_, i) => (i % 2 === 0 ? 100 : 300)),
    );
    const { cv, quantile } = handlingTime(records, 'q', 'voice');
    expect(cv).toBeCloseTo(0.5, 1);
    expect([quantile(0.25), quantile(0.75)]).toEqual([100, 300]);
  });

  it('of a queue nobody knows yet is that of its branch', () => {
    const records = after('known', repeated(1_000, 120));
    expect(handlingTime(records, 'new', 'voice').mean).toBeCloseTo(120, -1);
    expect(handlingTime(records, 'new', 'voice').quantile(0.5)).toBeCloseTo(120, 0);
    after('new', repeated(10, 240), records);
    expect(handlingTime(records, 'new', 'voice').mean).toBeCloseTo(180, -1);
  });

  it('[HT1] includes the wrap-up, also when it was wrong at first', () => {
    const records: HandlingRecords = new Map();
    for (let i = 0; i < 1_000; i++) {
      learnService(records, 'q', 100);
      learnWrapUp(records, 'q', 30);
    }
    expect(handlingTime(records, 'q', 'voice').mean).toBeCloseTo(130, 0);
    learnWrapUp(records, 'q', 5_000);
    learnWrapUp(records, 'q', -5_000);
    expect(handlingTime(records, 'q', 'voice').mean).toBeCloseTo(130, 0);
  });

  it('is not spoilt by a service that never ended', () => {
    const records = after('q', [...repeated(500, 100), 12 * 3_600]);
    expect(handlingTime(records, 'q', 'voice').mean).toBeLessThan(150);
  });

  it('teaches the branch when the queue is not known', () => {
    const records: HandlingRecords = new Map();
    for (let i = 0; i < 500; i++) learnService(records, null, 60);
    expect(handlingTime(records, 'q', 'voice').mean).toBeCloseTo(63, -1);
  });
});
