import { describe, expect, it } from 'vitest';
import type { EventOf } from '#shared/events.ts';
import { advance, newBranch } from '#server/domain/live-branch.ts';
import { type QueueInterval } from '#server/domain/metrics/interval.ts';
import { liveFigures } from '#server/domain/metrics/live-figures.ts';
import { clock, hall, told, type When } from '#test/support/profiles.ts';
import { logged, project, recorded } from '#test/support/projected.ts';

type Level = Partial<Omit<EventOf<'queue.observed'>, 'id' | 'at' | 'type'>>;
const observed = (when: When, waiting: number, level: Level = {}) => ({
  event: told(when, 'queue.observed', { queue: 'personal', waiting, ...level }),
});
const beat = (when: When) => ({ event: told(when, 'source.heartbeat', {}) });
const profile = hall({ expectedSeconds: 600 });
const rowAt = (facts: Parameters<typeof logged>[0], start: string): QueueInterval | undefined =>
  project(profile, logged(facts)).rows.queues.find((row) => row.start === clock(start))?.sums;

describe('the time of a level feed', () => {
  it('[LV3] counts what was said until the next word, over quarter-hours', () => {
    const facts = [
      observed('10:10', 2, { countersOpen: 3 }),
      observed('10:20', 6),
      observed('10:25', 0, { countersOpen: 1 }),
    ];
    expect(rowAt(facts, '10:00')).toMatchObject({
      observedSeconds: 300,
      observedWaitingSeconds: 600,
      observedWaitingMax: 2,
      observedCountersKnownSeconds: 300,
      observedCountersSeconds: 900,
    });
    expect(rowAt(facts, '10:15')).toMatchObject({
      observedSeconds: 600,
      observedWaitingSeconds: 300 * 2 + 300 * 6,
      observedWaitingMax: 6,
      observedCountersKnownSeconds: 300,
    });
  });

  it('[LV3] silence is not knowledge: no longer than the interval to expect', () => {
    const facts = [observed('10:00', 4), observed('11:00', 4)];
    expect(rowAt(facts, '10:00')).toMatchObject({ observedSeconds: 600, observedWaitingSeconds: 2_400 });
    expect(rowAt(facts, '10:15')).toBeUndefined();
  });

  it('[WN1] a quarter-hour is whole as soon as it is over, though nothing new was said', () => {
    expect(rowAt([observed('10:08', 4), beat('10:15')], '10:00')).toMatchObject({ observedSeconds: 420 });
  });

  it('[DQ1] a word told after its quarter-hour was counted puts it right', () => {
    const facts = [observed('10:10', 4), beat('10:15:30'), observed('10:14', 9), observed('10:20', 0)].map(
      ({ event }) => ({ event, receivedAt: Math.max(event.at, clock('10:15:30')) }),
    );
    expect(rowAt(facts, '10:00')).toMatchObject({
      observedSeconds: 300,
      observedWaitingSeconds: 240 * 4 + 60 * 9,
    });
    expect(rowAt(facts, '10:15')).toMatchObject({ observedSeconds: 300, observedWaitingSeconds: 2_700 });
  });

  it('[DQ1] contradictory words are not counted', () => {
    const facts = [
      observed('10:00', 0, { longestWaitSeconds: 300 }),
      observed('10:05', 3),
      observed('10:10', 3),
    ];
    expect(rowAt(facts, '10:00')).toMatchObject({ observedSeconds: 300, observedWaitingSeconds: 900 });
  });

  it('[DQ1] a frozen feed is counted until it is known to be frozen', () => {
    const facts = Array.from({ length: 25 }, (_, i) => observed(clock('10:00') + i * 300_000, 4));
    expect(rowAt(facts, '10:30')).toMatchObject({ observedSeconds: 900 });
    expect(rowAt(facts, '10:45')).toBeUndefined();
  });

  it.each([
    [
      'counts on in its series',
      ['A001', 'A004', 'A009'],
      { observedTickets: 8, observedTicketsKnownSeconds: 600 },
    ],
    [
      'may be left out',
      ['A001', undefined, 'A009'],
      { observedTickets: 8, observedTicketsKnownSeconds: 600 },
    ],
    ['may begin anew', ['A998', 'A003', 'A005'], { observedTickets: 2, observedTicketsKnownSeconds: 300 }],
    ['may be of another series', ['A001', 'B002', 'B003'], { observedTickets: 1 }],
    ['does not leap', ['A001', 'A903', 'A005'], { observedTickets: 0, observedTicketsKnownSeconds: 0 }],
  ])('the last ticket %s', (_case, tickets, sums) => {
    const facts = tickets.map((lastTicket, i) =>
      observed(clock('10:00') + i * 300_000, 1, lastTicket === undefined ? {} : { lastTicket }),
    );
    expect(rowAt(facts, '10:00')).toMatchObject(sums);
  });
});

describe('a morning of two offices in Warsaw', () => {
  const minutes = 60_000;
  const office = (id: string) =>
    hall({
      id,
      zone: 'UTC',
      hours: [{ opens: '08:00', closes: '18:00' }],
      queues: [],
      counters: [],
      expectedSeconds: 600,
    });
  const at = (time: string): number => Date.parse(`2020-01-13T${time}Z`);
  const morning = async (id: string, until: string) => {
    const facts = (await recorded('level-feed-morning.csv')).get(id) ?? [];
    const live = newBranch(office(id));
    for (const fact of facts) if (fact.receivedAt <= at(until)) advance(live, office(id), fact);
    return { ...project(office(id), facts), figures: liveFigures(live, office(id), at(until)) };
  };

  it('[LV3] people waiting are those of the table, by hand', async () => {
    const { rows } = await morning('UD_Zoliborz', '10:30');
    const sums = rows.queues.find((row) => row.id === '490' && row.start === at('10:15'))?.sums;
    // 10:14 nobody, 10:19 one, 10:24 three, 10:29 four; three counters until 10:09, then two.
    expect(sums).toMatchObject({
      observedSeconds: 900,
      observedWaitingSeconds: (5 * 1 + 5 * 3 + 1 * 4) * 60,
      observedWaitingMax: 4,
      observedCountersSeconds: 1_800,
      observedTickets: 3,
    });
  });

  it('[WN1] live windows say the same as the rows, and 0 visits are unknown ones', async () => {
    const { figures } = await morning('UD_Zoliborz', '10:30');
    const queue = figures.queues.find(({ id }) => id === '490');
    expect(queue?.figures['30m'].observedWaiting?.value).toBeCloseTo(0.8, 1);
    expect(queue?.figures.today.observedTickets?.value).toBe(16);
    expect(queue?.figures.today.derivedWait?.value).toBeNull();
    expect(queue?.figures.today.offered?.value).toBeNull();
    expect(figures.figures.today.averageWait?.value).toBeNull();
  });

  it('[DQ1] the dead office is frozen after three hours in which nothing moved, and stops counting', async () => {
    const alive = await morning('UD_Srodmiescie_2', '10:59');
    expect(alive.figures.queues.map(({ source }) => source)).not.toContain('frozen');
    const dead = await morning('UD_Srodmiescie_2', '11:10');
    expect(dead.figures.queues.map(({ source }) => source)).toEqual(Array(5).fill('frozen'));
    const lastRow = Math.max(...dead.rows.queues.map(({ start }) => start));
    expect(lastRow).toBeLessThan(at('11:15'));
  });

  it('[DQ1] a clock eight years behind is not used, and is said, but makes nothing late', async () => {
    const { rows } = await morning('UD_Srodmiescie_2', '11:10');
    expect(Math.min(...rows.queues.map(({ start }) => start))).toBe(at('08:00'));
    expect(rows.sources).toMatchObject([{ source: 's', late: 0, events: 225 }]);
    expect(rows.sources[0]?.skewSecondsMax).toBeGreaterThan(7 * 365 * 86_400);
    expect(rows.sources[0]?.gapSecondsMax).toBe((6 * minutes) / 1_000);
  });
});
