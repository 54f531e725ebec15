import { describe, expect, it } from 'vitest';
import { poolCourse, type PoolSlot } from '#server/domain/drivers/pool-course.ts';
import { erlangA } from '#server/domain/queueing/abandonment.ts';
import { erlangC } from '#server/domain/queueing/erlang-c.ts';
import { makeDay, SLOTS, USUAL } from './made-halls.ts';

const SLOT_SECONDS = 900;
const slot = (arrivals: number, servers: number, handlingSeconds = 300): PoolSlot => ({
  arrivals,
  servers,
  handlingSeconds,
});
const steady = (count: number, each: PoolSlot): PoolSlot[] => Array.from({ length: count }, () => each);
const meanWait = ({ people, waitedSeconds }: { people: number; waitedSeconds: number }): number =>
  waitedSeconds / people;

describe('poolCourse', () => {
  it('settles to Erlang C', () => {
    const course = poolCourse(steady(400, slot(9, 4)), SLOT_SECONDS, 0);
    const { meanWait: truth } = erlangC({ servers: 4, arrivalRate: 9 / 900, serviceRate: 1 / 300 }, 0);
    expect(meanWait(course.leaving(390, 400))).toBeCloseTo(truth, 1);
  });

  it('settles to Erlang A where people leave', () => {
    const station = { servers: 4, arrivalRate: 15 / 900, serviceRate: 1 / 300, abandonmentRate: 1 / 600 };
    const course = poolCourse(steady(200, slot(15, 4)), SLOT_SECONDS, 1 / 600);
    const { people, waitedSeconds } = course.leaving(190, 200);
    expect(people).toBeCloseTo(150, 3);
    expect(waitedSeconds / people).toBeCloseTo(erlangA(station, 0).meanQueue / station.arrivalRate, 1);
  });

  it('lets a queue of the morning leave with the waits it had', () => {
    // 40 people while nobody serves, then ten counters: they leave soon, after about the time they came before.
    const course = poolCourse([slot(40, 0), slot(0, 10), slot(0, 10), slot(0, 10)], SLOT_SECONDS, 0);
    expect(course.leaving(0, 1).people).toBeCloseTo(0, 3);
    expect(course.headWait(0)).toBeCloseTo(900, 2);
    expect(course.waitingAfter(0)).toBeCloseTo(40, 1);
    const all = course.leaving(1, 4);
    expect(all.people).toBeCloseTo(40, 1);
    // Half a slot until the counters open, and then until n − 10 others are served at 1 in 30 s.
    const truth = 450 + ((30 * 31) / 2 / 40) * 30;
    expect(meanWait(all)).toBeGreaterThan(0.95 * truth);
    expect(meanWait(all)).toBeLessThan(1.05 * truth);
  });

  it('keeps everybody when counters go and come', () => {
    const slots = [3.4, 1.2, 0, 0, 5, 2.5, 6, 6, 6, 6].map((servers, i) => slot(i < 7 ? 8 : 0, servers));
    const course = poolCourse(slots, SLOT_SECONDS, 0);
    expect(course.leaving(0, 10).people + course.waitingAfter(9)).toBeCloseTo(56, 6);
    for (let i = 0; i < 10; i++) expect(course.leaving(i, i + 1).people).toBeGreaterThanOrEqual(0);
  });

  it('meets simulated days slot by slot', { timeout: 30_000 }, () => {
    const DAYS = 1_000;
    const arrivals = USUAL.arrivals.map((mean, i) => (i >= 6 && i < 14 ? 1.5 * mean : mean));
    const counters = USUAL.counters.map((open, i) => (i >= 24 && i < 28 ? open - 1 : open));
    const slots = arrivals.map((mean, i) => slot(mean, counters[i] ?? 0, 350));
    const answered = slots.map(() => 0);
    const waited = slots.map(() => 0);
    for (let day = 0; day < DAYS; day++) {
      makeDay({ ...USUAL, arrivals, counters, patienceSeconds: Infinity }, day).slots.forEach(
        ({ queues: [work] }, i) => {
          answered[i] = (answered[i] ?? 0) + (work?.answered ?? 0);
          waited[i] = (waited[i] ?? 0) + (work?.waitSeconds ?? 0);
        },
      );
    }
    const course = poolCourse(slots, SLOT_SECONDS, 0);
    // The last slot holds who is served after the end of the day.
    for (let i = 2; i < SLOTS - 1; i++) {
      const truth = (waited[i] ?? 0) / (answered[i] ?? 1);
      const modelled = meanWait(course.leaving(i, i + 1));
      expect(Math.abs(modelled - truth)).toBeLessThan(Math.max(20, 0.15 * truth));
    }
  });
});
