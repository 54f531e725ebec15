import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoggedEvent, SourceEvent } from '#shared/events.ts';
import { advance, newBranch } from '#server/domain/live-branch.ts';
import { createEffects, type EffectRows } from '#server/domain/metrics/interval-effects.ts';
import { type Delivery, inOrderOfReceipt, RUNS } from '#test/support/lives.ts';
import { clock, hall, told } from '#test/support/profiles.ts';
import { staffDay } from '#test/support/staff-day.ts';

const INTERVAL_MS = 900_000;
/** Facts out of order come within this (reliability R14), ms. */
const WINDOW_MS = 60_000;
const THE_END = told(clock('20:00'), 'source.heartbeat', {});
const profile = hall();

function rowsOf(facts: readonly LoggedEvent[]): EffectRows {
  const branch = newBranch(profile);
  const effects = createEffects();
  for (const fact of facts) effects.add(profile, advance(branch, profile, fact) ?? []);
  return effects.rows();
}

const delivered = (facts: readonly SourceEvent[], delay = (): number => 0): LoggedEvent[] =>
  inOrderOfReceipt([
    ...facts.map((event): Delivery => ({ event, receivedAt: event.at + delay() })),
    { event: THE_END, receivedAt: THE_END.at + WINDOW_MS },
  ]);

/** Rows by id and start; those that only say zero are as good as none. */
const inTime = (rows: EffectRows['agents'] | EffectRows['counters']) =>
  Object.fromEntries(
    rows
      .filter(({ sums }) => Object.values(sums.spentMs).some((ms) => ms !== 0))
      .map(({ id, start, sums }) => [`${id} ${start}`, sums] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const totalMs = (row: { sums: { spentMs: Record<string, number> } } | undefined): number =>
  Object.values(row?.sums.spentMs ?? {}).reduce((sum, ms) => sum + ms, 0);

const rowOf = (rows: EffectRows, agent: string, start: string) =>
  rows.agents.find((row) => row.id === agent && row.start === clock(start));

describe('time of agents and counters', () => {
  it('[DQ1] is the same in whatever order the facts of a minute come', () => {
    const delays = fc.infiniteStream(fc.integer({ min: 0, max: WINDOW_MS }));
    const property = fc.property(staffDay, delays, (facts, delay) => {
      const right = rowsOf(delivered(facts));
      const mixed = rowsOf(delivered(facts, () => Number(delay.next().value)));
      expect(inTime(mixed.agents)).toEqual(inTime(right.agents));
      expect(inTime(mixed.counters)).toEqual(inTime(right.counters));
      expect(wrapUps(mixed)).toEqual(wrapUps(right));
    });
    fc.assert(property, { ...RUNS, numRuns: 200 });
  }, 30_000);

  it('[OC1] of an agent signed in all through an interval is exactly the interval', () => {
    const property = fc.property(staffDay, (facts) => {
      const rows = rowsOf(delivered(facts));
      for (const row of rows.agents) {
        const presence = facts.filter((fact) => 'agent' in fact && fact.agent === row.id);
        const leaves = presence.some(
          ({ type, at }) => type === 'agent.signedOut' && at < row.start + INTERVAL_MS,
        );
        const came = presence.find(({ type }) => type.startsWith('agent.'))?.at ?? Infinity;
        if (!leaves && came <= row.start) expect(totalMs(row)).toBe(INTERVAL_MS);
        expect(totalMs(row)).toBeLessThanOrEqual(INTERVAL_MS);
      }
    });
    fc.assert(property, { ...RUNS, numRuns: 200 });
  }, 30_000);

  it('[WN1] an interval is whole as soon as the time of the log has passed it', () => {
    const facts = [
      told('09:58', 'agent.signedIn', { agent: 'li', counter: 'c1' }),
      told('10:05', 'agent.stateChanged', { agent: 'li', state: 'break' }),
      told('10:15', 'source.heartbeat', {}),
    ];
    const rows = rowsOf(inOrderOfReceipt(facts.map((event) => ({ event, receivedAt: event.at }))));
    const minute = 60_000;
    expect(rowOf(rows, 'li', '09:45')?.sums.spentMs).toMatchObject({ available: 2 * minute, break: 0 });
    expect(rowOf(rows, 'li', '10:00')?.sums.spentMs).toMatchObject({
      available: 5 * minute,
      break: 10 * minute,
    });
    expect(rowOf(rows, 'li', '10:15')).toBeUndefined();
  });

  it('[DQ1] a state told after its interval was counted takes away what was wrong', () => {
    const branch = newBranch(profile);
    const rows = [
      told('09:00', 'agent.signedIn', { agent: 'li' }),
      told('10:15:30', 'source.heartbeat', {}),
      told('10:14', 'agent.stateChanged', { agent: 'li', state: 'break' }),
    ].map((event, i) => {
      const receivedAt = Math.max(event.at, clock('10:15:30'));
      const logged = { branch: 'hall', source: 's', version: i + 1, receivedAt, event };
      const effects = createEffects();
      effects.add(profile, advance(branch, profile, logged) ?? []);
      return effects.rows();
    });
    const [, counted, corrected] = rows;
    expect(counted && rowOf(counted, 'li', '10:00')?.sums.spentMs.available).toBe(INTERVAL_MS);
    expect(corrected && rowOf(corrected, 'li', '10:00')?.sums.spentMs).toMatchObject({
      available: -60_000,
      break: 60_000,
    });
  });

  it('[DQ1] a service nobody ended is taken back when it is found to be lost, however long ago it was', () => {
    const rows = rowsOf(
      delivered([
        told('06:00', 'agent.signedIn', { agent: 'li', counter: 'c1' }),
        told('06:01', 'contact.queued', { contact: 'k', queue: 'personal' }),
        told('06:02', 'contact.started', { contact: 'k', agent: 'li', counter: 'c1' }),
        told('19:00', 'source.heartbeat', {}),
      ]),
    );
    expect(rowOf(rows, 'li', '06:15')?.sums.spentMs).toMatchObject({ serving: 0, wrapUp: INTERVAL_MS });
    expect(totalMs(rowOf(rows, 'li', '18:00'))).toBe(INTERVAL_MS);
  });

  it('[OC1] agents known only from contacts have no time', () => {
    const facts = [
      told('10:00', 'contact.queued', { contact: 'k', queue: 'personal' }),
      told('10:01', 'contact.started', { contact: 'k', agent: 'li' }),
      told('10:20', 'contact.ended', { contact: 'k' }),
    ];
    const rows = rowsOf(delivered(facts));
    expect(rowOf(rows, 'li', '10:15')?.sums).toMatchObject({ handled: 1, serviceSeconds: 1_140 });
    expect(totalMs(rowOf(rows, 'li', '10:15'))).toBe(0);
  });
});

/** Seconds of wrap-up by queue and interval. */
const wrapUps = (rows: EffectRows) =>
  rows.queues
    .filter(({ sums }) => sums.wrapUpSeconds !== 0)
    .map(({ id, start, sums }) => `${id} ${start} ${sums.wrapUpSeconds}`)
    .sort();
