import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { WaitParts } from '#shared/drivers.ts';
import type { HallRecord } from '#server/domain/drivers/hall-record.ts';
import type { WaitSplit } from '#server/domain/drivers/split-day.ts';
import { makeDay, meanDay, plus, SLOTS, times, USUAL } from './made-halls.ts';
import { against } from './usual-days.ts';

vi.setConfig({ testTimeout: 30_000 });

const DAYS = 300;
/** What many days are like on average, so that chance plays no part. */
const usual = Array.from({ length: 6 }, (_, i) => meanDay(USUAL, DAYS, 1_000 * i));
const dayOf = (change: Partial<typeof USUAL>): HallRecord => meanDay({ ...USUAL, ...change }, DAYS, 500_000);

function partsOf({ parts }: WaitSplit): WaitParts {
  if (parts === null) throw new Error('not split');
  return parts;
}
const excess = ({ measuredSeconds, usualSeconds }: WaitSplit): number =>
  (measuredSeconds ?? NaN) - (usualSeconds ?? NaN);
const sum = (parts: WaitParts): number => parts.arrivals + parts.handling + parts.counters + parts.rest;

describe('one driver alone', () => {
  it.each([
    ['arrivals', { arrivals: times(USUAL.arrivals, 1.25) }],
    ['handling', { handlingSeconds: times(USUAL.handlingSeconds, 1.25) }],
    ['counters', { counters: plus(USUAL.counters, -1) }],
  ] as const)('makes nine tenths of the excess: %s', (driver, change) => {
    const split = against(usual, dayOf(change))(null, 0, SLOTS);
    expect(excess(split)).toBeGreaterThan(150);
    expect(partsOf(split)[driver]).toBeGreaterThan(0.9 * excess(split));
    expect(partsOf(split)[driver]).toBeLessThan(1.1 * excess(split));
    expect(split.causes).toEqual([driver]);
  });

  it('is told apart: busy and slow asks for people, slow without being busy does not', () => {
    const verdictOf = (change: Partial<typeof USUAL>) => against(usual, dayOf(change))(null, 0, SLOTS);
    expect(verdictOf({ arrivals: times(USUAL.arrivals, 1.25) })).toMatchObject({
      verdict: 'busyAndSlow',
      message: 'busyAndSlow',
    });
    expect(verdictOf({ handlingSeconds: times(USUAL.handlingSeconds, 1.25) })).toMatchObject({
      verdict: 'slowNotBusy',
      message: 'slowByHandling',
    });
    expect(verdictOf({ counters: plus(USUAL.counters, -1) })).toMatchObject({
      verdict: 'slowNotBusy',
      message: 'slowByCountersAgainstUsual',
    });
    expect(verdictOf({})).toMatchObject({ verdict: 'usual', causes: [] });
  });

  it('is busy without being slow where counters were opened for it', () => {
    const today = dayOf({ arrivals: times(USUAL.arrivals, 1.5), counters: plus(USUAL.counters, 2) });
    const split = against(usual, today)(null, 0, SLOTS);
    expect(split).toMatchObject({ verdict: 'busyNotSlow', causes: [], message: 'busyNotSlow' });
    expect(partsOf(split).arrivals).toBeGreaterThan(100);
    expect(partsOf(split).counters).toBeLessThan(-100);
  });
});

describe('counters against a plan', () => {
  const planned = (open: number) => Array.from({ length: SLOTS }, () => open);

  it('are missing when fewer are open than planned', () => {
    const split = against(usual, dayOf({ counters: plus(USUAL.counters, -1) }), planned(4))(null, 0, SLOTS);
    expect(split.message).toBe('slowByCountersAgainstPlan');
    expect(split.facts?.counters).toMatchObject({ against: 'plan' });
    expect(split.facts?.counters.actual).toBeCloseTo(3, 9);
    expect(split.facts?.counters.expected).toBeCloseTo(4, 9);
    expect(partsOf(split).counters).toBeGreaterThan(0.9 * excess(split));
  });

  it('are not missing when so few were planned: what the plan makes is left over', () => {
    const split = against(usual, dayOf({ counters: plus(USUAL.counters, -1) }), planned(3))(null, 0, SLOTS);
    expect(partsOf(split).counters).toBe(0);
    expect(split).toMatchObject({ verdict: 'unknown', causes: [], message: 'slowUnexplained' });
  });
});

describe('two drivers at once', () => {
  const more = { arrivals: times(USUAL.arrivals, 1.15) };
  const longer = { handlingSeconds: times(USUAL.handlingSeconds, 1.15) };

  it('share what neither makes alone', () => {
    const both = partsOf(against(usual, dayOf({ ...more, ...longer }))(null, 0, SLOTS));
    const alone = partsOf(against(usual, dayOf(more))(null, 0, SLOTS));
    // As much work more, by one or by the other: about the same part.
    expect(both.arrivals / both.handling).toBeGreaterThan(0.85);
    expect(both.arrivals / both.handling).toBeLessThan(1.15);
    expect(both.arrivals).toBeGreaterThan(1.2 * alone.arrivals);
  });

  it('are both named', () => {
    const { causes } = against(usual, dayOf({ ...more, ...longer }))(null, 0, SLOTS);
    expect(causes.toSorted()).toEqual(['arrivals', 'handling']);
  });

  it('one of which works against the other is not named', () => {
    const today = dayOf({ arrivals: times(USUAL.arrivals, 1.6), counters: plus(USUAL.counters, 1) });
    const split = against(usual, today)(null, 0, SLOTS);
    expect(split).toMatchObject({ verdict: 'busyAndSlow', causes: ['arrivals'] });
    expect(partsOf(split).counters).toBeLessThan(0);
  });
});

describe('a queue that goes on', () => {
  const SURGE_FROM = 4;
  const SURGE_TO = 12;
  const surge = dayOf({ arrivals: times(USUAL.arrivals, 1.6, SURGE_FROM, SURGE_TO) });

  it('keeps its cause after the surge is over', () => {
    const split = against(usual, surge);
    for (let slot = SURGE_TO; slot < SURGE_TO + 4; slot++) {
      const later = split('general', slot, slot + 1);
      expect(surge.slots[slot]?.queues[0]?.arrivals).toBeLessThan(1.1 * (USUAL.arrivals[slot] ?? 0));
      expect(partsOf(later).arrivals).toBeGreaterThan(0.8 * excess(later));
      expect(later).toMatchObject({ verdict: 'busyAndSlow', since: SURGE_FROM });
      expect(later.facts?.arrivals.actual).toBeGreaterThan(
        1.25 * (later.facts?.arrivals.expected ?? Infinity),
      );
    }
  });

  it('has no cause before', () => {
    const before = against(usual, surge)('general', 2, 3);
    expect(before.verdict).toBe('usual');
    expect(Math.abs(partsOf(before).arrivals)).toBeLessThan(20);
  });

  it('is the same whether the rest of the day is known or not', () => {
    const untilNoon = { ...surge, slots: surge.slots.slice(0, 16) };
    const early = against(usual, untilNoon)('general', 10, 11);
    const late = against(usual, surge)('general', 10, 11);
    expect(partsOf(early).arrivals / partsOf(late).arrivals).toBeCloseTo(1, 1);
  });
});

describe('parts', () => {
  it('add up to measured − usual, whatever the day and the slots', () => {
    const history = Array.from({ length: 6 }, (_, i) => makeDay(USUAL, i));
    const change = fc.double({ min: 0.3, max: 2, noNaN: true });
    const seed = fc.integer({ min: 0, max: 1e6 });
    const slot = fc.integer({ min: 0, max: SLOTS - 1 });
    fc.assert(
      fc.property(change, change, change, seed, slot, slot, (more, longer, fewer, day, a, b) => {
        const today = makeDay(
          {
            ...USUAL,
            arrivals: times(USUAL.arrivals, more),
            handlingSeconds: times(USUAL.handlingSeconds, longer),
            counters: USUAL.counters.map((open) => Math.round(open * fewer)),
          },
          day,
        );
        const split = against(history, today)(null, Math.min(a, b), Math.max(a, b) + 1);
        if (split.parts === null) return;
        expect(Math.abs(sum(split.parts) - excess(split))).toBeLessThan(1e-9);
        for (const part of Object.values(split.parts)) expect(part).not.toBeNaN();
      }),
      { numRuns: 60 },
    );
  });

  it('are next to nothing on a day that is the usual one', () => {
    const [one = makeDay(USUAL, 0)] = usual;
    const parts = partsOf(against([one, one, one, one], one)('general', 0, SLOTS));
    // Handling times of single slots are drawn together with those around them.
    for (const part of Object.values(parts)) expect(Math.abs(part)).toBeLessThan(3);
  });
});

describe('what is not known', () => {
  const today = dayOf({});
  const messageOf = (days: HallRecord[], day: HallRecord, from = 0, to = SLOTS) => {
    const { verdict, parts, message } = against(days, day)('general', from, to);
    expect(verdict).toBe('unknown');
    return parts === null ? message : `${message}, split`;
  };

  it('gives no split without history', () => {
    expect(messageOf(usual.slice(0, 2), today)).toBe('lacking.history');
  });

  it('gives no split of a level feed', () => {
    expect(messageOf(usual, { ...today, unknownQueues: new Set(['general']) })).toBe('lacking.arrivals');
  });

  it('gives no split when people were served by nobody known', () => {
    const slots = today.slots.map((slot) => ({ ...slot, servers: [0] }));
    expect(messageOf(usual, { ...today, slots })).toBe('lacking.counters');
  });

  it('gives no split where no service was ever told to end', () => {
    const untold = usual.map((day) => ({
      ...day,
      slots: day.slots.map((slot) => ({
        ...slot,
        queues: slot.queues.map((work) => ({ ...work, handled: 0, workSeconds: 0 })),
      })),
    }));
    expect(messageOf(untold, today)).toBe('lacking.handling');
  });

  it('names nothing where few were answered', () => {
    const quiet = makeDay({ ...USUAL, arrivals: times(USUAL.arrivals, 0.2) }, 3);
    const slot = quiet.slots.findIndex(({ queues: [work] }) => (work?.answered ?? 0) > 0);
    expect(messageOf(usual, quiet, slot, slot + 1)).toBe('tooFewAnswered, split');
    const empty = quiet.slots.findIndex(({ queues: [work] }) => work?.answered === 0);
    expect(messageOf(usual, quiet, empty, empty + 1)).toBe('lacking.answered');
  });
});
