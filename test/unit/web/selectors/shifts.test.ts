import { describe, expect, it } from 'vitest';
import type { ShiftRow } from '#shared/shifts.ts';
import type { AgentRow } from '#shared/views.ts';
import { nextBreaks, peopleOnShift, plannedAt } from '#lib/selectors/shifts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const shift = (agent: string, from: number, to: number, over: Partial<ShiftRow> = {}): ShiftRow => ({
  agent,
  name: agent,
  from: from * HOUR,
  to: to * HOUR,
  backOffice: false,
  breaks: [],
  ...over,
});
const agent = (id: string, over: Partial<AgentRow> = {}): AgentRow => ({
  id,
  name: id,
  activity: 'serving',
  since: 0,
  reason: null,
  counter: null,
  queue: null,
  ...over,
});
const lunch = (from: number, minutes: number) => ({
  kind: 'lunch' as const,
  from: from * HOUR,
  to: from * HOUR + minutes * MINUTE,
});
const adherences = (shifts: ShiftRow[], agents: AgentRow[], now: number): Record<string, string> =>
  Object.fromEntries(
    peopleOnShift(shifts, new Map(agents.map((each) => [each.id, each])), now).map(({ id, adherence }) => [
      id,
      adherence,
    ]),
  );

describe('plan against actual', () => {
  it('tells who is not there although planned, after a few minutes of grace', () => {
    const shifts = [shift('a', 9, 17)];
    expect(adherences(shifts, [], 9 * HOUR + 4 * MINUTE)).toEqual({ a: 'notYet' });
    expect(adherences(shifts, [], 9 * HOUR + 6 * MINUTE)).toEqual({ a: 'missing' });
    expect(adherences(shifts, [], 17 * HOUR)).toEqual({ a: 'left' });
    expect(adherences([shift('o', 9, 17, { backOffice: true })], [], 10 * HOUR)).toEqual({ o: 'backOffice' });
  });

  it('tells whose break is too long, by the planned one or by what such breaks last', () => {
    const shifts = [shift('a', 9, 17, { breaks: [lunch(12, 45)] }), shift('b', 9, 17)];
    const onBreak = { activity: 'break', since: 12 * HOUR } as const;
    const agents = [agent('a', onBreak), agent('b', onBreak)];
    const at = (minutes: number) => adherences(shifts, agents, 12 * HOUR + minutes * MINUTE);
    expect(at(10)).toEqual({ a: 'onBreak', b: 'onBreak' });
    expect(at(16)).toEqual({ b: 'overBreak', a: 'onBreak' });
    expect(at(46)).toEqual({ a: 'overBreak', b: 'overBreak' });
  });

  it('tells who works through a break, after the shift, or without one', () => {
    const shifts = [shift('a', 9, 17, { breaks: [lunch(12, 30)] }), shift('b', 6, 11)];
    const agents = [agent('a'), agent('b'), agent('c')];
    expect(adherences(shifts, agents, 12 * HOUR + 10 * MINUTE)).toEqual({
      b: 'overtime',
      a: 'skipsBreak',
      c: 'unplanned',
    });
  });

  it('puts those amiss first', () => {
    const shifts = [shift('late', 9, 17), shift('fine', 8, 17)];
    const order = peopleOnShift(shifts, new Map([['fine', agent('fine')]]), 10 * HOUR);
    expect(order.map(({ id }) => id)).toEqual(['late', 'fine']);
  });
});

describe('the plan', () => {
  const shifts = [
    shift('a', 9, 17, { breaks: [lunch(12, 30)] }),
    shift('b', 9, 17, { breaks: [lunch(12.25, 30)] }),
    shift('o', 9, 17, { backOffice: true }),
  ];

  it('counts those at counters, not on a break', () => {
    expect([8, 9, 12.1, 12.3, 17].map((hour) => plannedAt(shifts, hour * HOUR))).toEqual([0, 2, 1, 0, 0]);
  });

  it('knows when most are on a break at once', () => {
    expect(nextBreaks(shifts, 10 * HOUR)).toEqual({ at: 12.25 * HOUR, people: 2 });
    expect(nextBreaks(shifts, 13 * HOUR)).toBeNull();
  });
});
