import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import { liveFigures, networkFigures } from '#server/domain/metrics/live-figures.ts';
import { clock, hall, instant, told, type When } from '#test/support/profiles.ts';
import { CLOSES_AT, logged, project, simulated } from '#test/support/projected.ts';

const HOUR_MS = 3_600_000;
const profile = hall({ expectedSeconds: 36_000 });
const seen = (events: readonly SourceEvent[], now: When, place: BranchProfile = profile) =>
  liveFigures(project(place, logged(events.map((event) => ({ event })))).live, place, instant(now));
const visit = (from: string, to: string, contact = from) => [
  told(from, 'contact.queued', { contact, queue: 'personal', ticket: contact }),
  told(to, 'contact.called', { contact, counter: 'c1' }),
  told(to, 'contact.started', { contact, counter: 'c1', agent: 'li' }),
];
const ended = (when: string, contact: string) => told(when, 'contact.ended', { contact });

describe('live windows', () => {
  const events = [
    ...visit('09:00', '09:01'),
    ended('09:05', '09:00'),
    ...visit('10:10', '10:12'),
    ended('10:20', '10:10'),
    ...visit('10:25', '10:29'),
  ];
  const figures = seen(events, '10:30');
  const personal = figures.queues.find(({ id }) => id === 'personal');

  it('[WN1] 15 minutes, 30 minutes and today hold what ended in them', () => {
    expect(personal?.figures['15m'].averageWait).toMatchObject({
      value: 240,
      numerator: 240,
      denominator: 1,
    });
    expect(personal?.figures['30m'].averageWait).toMatchObject({ value: 180, denominator: 2 });
    expect(personal?.figures.today.averageWait).toMatchObject({ value: 140, denominator: 3 });
    expect(personal?.figures['15m'].handled?.value).toBe(1);
    expect(personal?.figures.today.handled?.value).toBe(2);
  });

  it('[WN1] say when they begin: on 30 seconds, and with the hall’s day', () => {
    expect(figures.windows).toMatchObject({
      '15m': { from: clock('10:15') },
      '30m': { from: clock('10:00') },
      today: { from: clock('00:00') },
    });
    expect(seen(events, '10:30:29').windows['15m'].from).toBe(clock('10:15'));
    expect(seen(events, '10:30:30').windows['15m'].from).toBe(clock('10:15:30'));
  });

  it('[WT3] quantiles move with their window', () => {
    expect(personal?.figures['15m'].waitP50?.value).toBeGreaterThan(180);
    expect(personal?.figures.today.waitP50?.value).toBeLessThan(180);
  });

  it('[WN1] a series by arrival is given for today only', () => {
    expect(personal?.figures.today.arrivalAverageWait?.value).toBe(140);
    expect(personal?.figures['30m'].arrivalAverageWait?.value).toBeNull();
  });

  it('[WN1] today is empty on the next day, though nothing has happened', () => {
    const tomorrow = seen(events, clock('10:30') + 24 * HOUR_MS);
    expect(tomorrow.figures.today.answered?.value).toBe(0);
    expect(tomorrow.figures['30m'].answered?.value).toBe(0);
  });

  it('[OC1] agents and counters have their own, with what goes on', () => {
    const staffed = seen(
      [
        told('10:00', 'counter.opened', { counter: 'c1' }),
        told('10:00', 'agent.signedIn', { agent: 'li', counter: 'c1' }),
        ...visit('10:10', '10:12'),
        ended('10:21', '10:10'),
        told('10:24', 'agent.stateChanged', { agent: 'li', state: 'available' }),
      ],
      '10:30',
    );
    const [agent] = staffed.agents;
    expect(agent?.figures['30m'].occupancy).toMatchObject({ numerator: 720_000, denominator: 1_800_000 });
    expect(agent?.figures['15m'].occupancy).toMatchObject({ numerator: 540_000, denominator: 900_000 });
    expect(agent?.figures['15m'].handled?.value).toBe(1);
    expect(agent?.figures['15m'].wrapUpTime?.value).toBe(180);
    expect(agent?.figures.today.signedInTime?.value).toBe(1_800);
    const [counter] = staffed.counters;
    expect(counter?.figures['30m'].counterUse?.value).toBe(0.3);
    expect(counter?.figures.today.openingRate?.value).toBeCloseTo(30 / 90);
    expect(staffed.figures.today.openingRate?.value).toBeCloseTo(30 / 180);
  });
});

describe('sums of a branch', () => {
  it('[SL4] are those of its queues, agents and counters: of a whole simulated day', () => {
    const place = hall({
      zone: 'UTC',
      hours: [{ opens: '08:00', closes: '12:00' }],
      queues: [],
      counters: ['1', '2', '3'].map((id) => ({ id, label: id })),
      expectedSeconds: 36_000,
    });
    const { live } = project(place, simulated(3));
    const { queues, figures, sums } = liveFigures(live, place, CLOSES_AT + HOUR_MS);
    const total = (id: 'answered' | 'handled' | 'offered') =>
      queues.reduce((sum, row) => sum + (row.figures.today[id]?.value ?? 0), 0);
    for (const id of ['answered', 'handled', 'offered'] as const)
      expect(figures.today[id]?.value).toBe(total(id));
    expect(sums.today.possibleMs).toBe(3 * 4 * HOUR_MS);
    const opening = figures.today.openingRate?.value ?? 0;
    expect(opening).toBeGreaterThan(0.5);
    expect(opening).toBeLessThanOrEqual(1);
  });

  it('[SL4] leave out queues whose source is silent, and name them', () => {
    const place = hall({ expectedSeconds: 300 });
    const events = [
      ...visit('10:00', '10:01'),
      told('10:02', 'queue.observed', { queue: 'corporate', waiting: 2 }),
    ];
    const silent = seen(events, '10:20', place);
    expect(silent).toMatchObject({ leftOut: ['personal', 'corporate'], isStale: true });
    expect(silent.figures['30m'].answered?.value).toBe(0);
    expect(silent.queues[0]?.figures['30m'].answered?.value).toBe(1);
  });

  it('services of contacts whose queue nobody told are in the branch, in no queue', () => {
    const events = [
      told('10:00', 'contact.started', { contact: 'k', agent: 'li' }),
      told('10:05', 'contact.ended', { contact: 'k' }),
      told('10:08', 'source.heartbeat', {}),
    ];
    const figures = seen(events, '10:10');
    expect(figures.queues.map(({ id }) => id)).not.toContain('');
    expect(figures.figures['30m'].handleTime).toMatchObject({ numerator: 300, denominator: 1 });
  });
});

describe('a network', () => {
  const one = seen(visit('10:00', '10:01'), '10:10');
  const two = seen(
    [...visit('10:00', '10:05'), ...visit('10:02', '10:05')],
    '10:10',
    hall({ id: 'two', expectedSeconds: 36_000 }),
  );
  const stale = seen(visit('10:00', '10:09'), '10:30', hall({ id: 'stale', expectedSeconds: 60 }));

  it('[SL4] adds sums and divides last; a stale branch is left out and named', () => {
    const { figures, leftOut } = networkFigures([one, two, stale]);
    expect(figures['30m'].averageWait).toMatchObject({
      value: (60 + 300 + 180) / 3,
      numerator: 540,
      denominator: 3,
    });
    expect(leftOut).toEqual(['stale']);
  });

  it('[SL3] of nothing has no values', () => {
    const { figures } = networkFigures([]);
    expect(figures.today.serviceLevel?.value).toBeNull();
    expect(networkFigures([stale]).figures.today.answered?.value).toBe(0);
  });
});
