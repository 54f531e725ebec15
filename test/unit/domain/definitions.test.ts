import { describe, expect, it } from 'vitest';
import { type Definition, NetworkFile } from '#shared/network.ts';
import { judgementAt } from '#server/domain/metrics/definitions.ts';
import { noSums, unpack } from '#server/domain/metrics/packed-sums.ts';
import { createNetwork } from '#server/network.ts';
import { given } from '#test/support/given.ts';
import { clock, hall, hotline, MONDAY, told } from '#test/support/profiles.ts';
import { logged, project } from '#test/support/projected.ts';

const DAY_MS = 86_400_000;
const at = clock('10:00');
const since = (validFrom: string, more: Omit<Definition, 'validFrom'>): Definition => ({
  validFrom,
  ...more,
});
/** The hall of the tests on Monday 2 March 2026 with these definitions. */
const withDefinitions = (...definitions: Definition[]) => hall({ definitions });

describe('definitions', () => {
  it('[AB1] without any a queue is judged by what it promises; short is 60 s in a hall, else 10 s', () => {
    expect(judgementAt(hall(), 'corporate', at)).toEqual({
      targetSeconds: 600,
      thresholdSeconds: 900,
      shortAbandonSeconds: 60,
      serviceLevelTarget: 0.8,
      serviceLevel: 'headline',
    });
    expect(judgementAt(hotline({ queueDefaults: {} }), 'q', at).shortAbandonSeconds).toBe(10);
  });

  it('[AS3] the narrowest scope wins: queue of the branch, branch, queue anywhere, all', () => {
    const all = since('2026-01-01', { thresholdSeconds: 1 });
    const queue = since('2026-01-01', { queue: 'personal', thresholdSeconds: 2 });
    const branch = since('2026-01-01', { branch: 'hall', thresholdSeconds: 3 });
    const both = since('2026-01-01', { branch: 'hall', queue: 'personal', thresholdSeconds: 4 });
    const threshold = (...definitions: Definition[]): number =>
      judgementAt(withDefinitions(...definitions), 'personal', at).thresholdSeconds;
    expect(threshold(both, branch, queue, all)).toBe(4);
    expect(threshold(branch, queue, all)).toBe(3);
    expect(threshold(all, queue)).toBe(2);
    expect(threshold(all)).toBe(1);
    expect(threshold(since('2026-01-01', { branch: 'other', thresholdSeconds: 5 }))).toBe(900);
  });

  it('[AS3] within a scope the newest that has begun, and each promise by itself', () => {
    const profile = withDefinitions(
      since('2026-03-03', { thresholdSeconds: 30 }),
      since('2026-01-01', { thresholdSeconds: 10, targetSeconds: 111 }),
      since('2026-03-02', { thresholdSeconds: 20 }),
    );
    expect(judgementAt(profile, 'personal', clock('00:00') - 1)).toMatchObject({ thresholdSeconds: 10 });
    expect(judgementAt(profile, 'personal', clock('00:00'))).toMatchObject({
      thresholdSeconds: 20,
      targetSeconds: 111,
    });
    expect(judgementAt(profile, 'personal', MONDAY + DAY_MS)).toMatchObject({ thresholdSeconds: 30 });
  });

  it('[AS3] a day is the hall’s, with its own start', () => {
    const profile = hall({
      dayStartMinutes: 240,
      definitions: [since('2026-03-03', { thresholdSeconds: 30 })],
    });
    const threshold = (text: string): number =>
      judgementAt(profile, 'personal', clock(text)).thresholdSeconds;
    expect([threshold('27:59'), threshold('28:00')]).toEqual([900, 30]);
  });

  it('[AS3] each day’s waits are judged by the definition of that day', () => {
    const definitions = [since('2026-03-03', { thresholdSeconds: 60, serviceLevel: 'answered-only' })];
    const wait = (from: number, contact: string, end: 'contact.started' | 'contact.abandoned') => [
      { event: told(from, 'contact.queued', { contact, queue: 'q' }) },
      { event: told(from + 300_000, end, { contact }) },
    ];
    const days = [clock('10:00'), clock('10:00') + DAY_MS];
    const facts = days.flatMap((day) => [
      ...wait(day, `a${day}`, 'contact.started'),
      ...wait(day + 1_000_000, `b${day}`, 'contact.abandoned'),
    ]);
    const profile = hotline({ queueDefaults: { thresholdSeconds: 400 }, definitions });
    const { rows, live } = project(profile, logged(facts));
    const levels = [...Map.groupBy(rows.queues, ({ day }) => day).values()].map((all) => ({
      numerator: all.reduce((sum, row) => sum + row.sums.slNumerator, 0),
      denominator: all.reduce((sum, row) => sum + row.sums.slDenominator, 0),
    }));
    expect(levels).toEqual([
      { numerator: 1, denominator: 2 },
      { numerator: 0, denominator: 1 },
    ]);
    expect(unpack(live.figures.queues.get('q')?.total ?? noSums())).toMatchObject({
      slNumerator: 1,
      slDenominator: 3,
    });
  });

  it('[SL2] the formula chosen decides what is on the rows, and is named there', () => {
    const profile = withDefinitions(
      since('2026-01-01', { queue: 'personal', serviceLevel: 'answered-only' }),
    );
    const place = given(profile).events([
      told('10:00', 'contact.queued', { contact: 'a', queue: 'personal' }),
      told('10:00', 'contact.queued', { contact: 'b', queue: 'personal' }),
      told('10:01', 'contact.started', { contact: 'a' }),
      told('10:02', 'contact.abandoned', { contact: 'b' }),
    ]);
    const seen = place.at('10:03');
    expect(seen.queue('personal')).toMatchObject({
      serviceLevel: 'answered-only',
      slNumerator30: 1,
      slDenominator30: 1,
      answered30: 1,
      abandoned30: 1,
    });
    expect(seen.queue('corporate').serviceLevel).toBe('headline');
    expect(seen.serviceLevel).toBe('mixed');
    expect(seen.total).toMatchObject({ slNumerator30: 1, slDenominator30: 1 });
  });

  it('[AS3] targets and thresholds on the rows are those of the day', () => {
    const profile = withDefinitions(
      since('2026-03-03', { targetSeconds: 60, thresholdSeconds: 30, serviceLevelTarget: 0.9 }),
    );
    expect(given(profile).at('10:00').queue('personal').targetSeconds).toBe(900);
    const tomorrow = given(profile).at(at + DAY_MS);
    expect(tomorrow.queue('personal')).toMatchObject({
      targetSeconds: 60,
      thresholdSeconds: 30,
      serviceLevelTarget: 0.9,
    });
    expect(tomorrow.serviceLevelTarget).toBe(0.9);
  });
});

describe('definitions in network.json', () => {
  const file = (definitions: unknown[]) =>
    NetworkFile.safeParse({
      branches: [
        { id: 'hall', name: { zh: '厅', en: 'Hall' }, region: { id: 'r', name: { zh: '区', en: 'R' } } },
      ],
      definitions,
    });

  it.each([
    ['definitions.0.validFrom', [{ validFrom: '2026-02-30', targetSeconds: 1 }]],
    ['definitions.0.validFrom', [{ validFrom: '1.3.2026', targetSeconds: 1 }]],
    ['definitions.0.serviceLevel', [{ validFrom: '2026-01-01', serviceLevel: 'best' }]],
    ['definitions.0.thresholdSeconds', [{ validFrom: '2026-01-01', thresholdSeconds: 0 }]],
    ['definitions.0.branch', [{ validFrom: '2026-01-01', branch: 'nowhere', targetSeconds: 1 }]],
    ['definitions.0', [{ validFrom: '2026-01-01', queue: 'a' }]],
    ['definitions.0', [{ validFrom: '2026-01-01', targetSeconds: 1, target: 2 }]],
    [
      'definitions.1.validFrom',
      [
        { validFrom: '2026-01-01', branch: 'hall', targetSeconds: 1 },
        { validFrom: '2026-01-01', branch: 'hall', targetSeconds: 2 },
      ],
    ],
  ])('a mistake is told by its place: %s', (place, definitions) => {
    expect(file(definitions).error?.issues[0]?.path.join('.')).toBe(place);
  });

  it('reach the branches they concern, and only those', () => {
    const network = createNetwork({
      branches: [hall(), hall({ id: 'other' })],
      sourceKeys: [],
      definitions: [
        since('2026-01-01', { branch: 'hall', targetSeconds: 1 }),
        since('2026-01-01', { targetSeconds: 2 }),
      ],
    });
    const target = (id: string): number | undefined => {
      const branch = network.branch(id);
      return branch && judgementAt(branch, 'personal', at).targetSeconds;
    };
    expect([target('hall'), target('other')]).toEqual([1, 2]);
  });

  it.each([7, 1_433])('a day starts on a quarter-hour, not %i minutes after midnight', (dayStartMinutes) => {
    expect(() => hall({ dayStartMinutes })).toThrow('dayStartMinutes');
  });

  it('an offset is a whole number of quarter-hours', () => {
    expect(() => hall({ zone: '+05:47' })).toThrow('zone');
    expect(hall({ zone: '+05:45' }).zone).toBe('+05:45');
  });
});
