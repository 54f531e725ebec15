import { describe, expect, it } from 'vitest';
import { measure } from '#server/domain/metrics/measure.ts';
import type { LiveBranch } from '#server/domain/live-branch.ts';
import {
  createExpectedWaits,
  type ExpectedWait,
  type ExpectedWaits,
} from '#server/domain/waits/expected-waits.ts';
import { given, type Given } from '#test/support/given.ts';
import { clock, hotline, told } from '#test/support/profiles.ts';
import { madeQueue } from './made-queue.ts';

const LAW = {
  agents: 4,
  arrivalRate: 1 / 45,
  serviceRate: 1 / 160,
  abandonmentRate: 1 / 900,
  seconds: 6 * 3_600,
  seed: 5,
};
const START = clock('08:00');
const END = START + LAW.seconds * 1_000;
const profile = hotline({ expectedSeconds: 600, queues: [{ id: 'q', name: { zh: 'q', en: 'q' } }] });

/** A hotline after six hours, with so many more who have just come. */
function afterHours(more: number): Given {
  const place = given(profile).events(madeQueue(LAW, START));
  return join(place, 'n', more, END);
}

const join = (place: Given, name: string, count: number, at: number): Given =>
  place.events(
    Array.from({ length: count }, (_, i) =>
      told(at, 'contact.queued', { contact: `${name}${i}`, queue: 'q' }),
    ),
  );

function lookAt(waits: ExpectedWaits, place: Given, now: number): ExpectedWait {
  const live: LiveBranch = place.at(now).live;
  const [first] = waits.of(live, profile, measure(live, profile, now).queues, now);
  if (first === undefined) throw new Error('no queue');
  return first;
}

describe('[WT5] what screens say about waits', () => {
  it('is a range that rests on a record of its own, which is shown beside it', () => {
    const { row, wall } = lookAt(createExpectedWaits(), afterHours(8), END);
    expect(row.none).toBeNull();
    expect(row.p10Seconds).toBeLessThan(row.p50Seconds ?? NaN);
    expect(row.p50Seconds).toBeLessThan(row.p80Seconds ?? NaN);
    expect(row.p80Seconds).toBeLessThan(row.p90Seconds ?? NaN);
    expect(row.judged).toBeGreaterThan(50);
    expect(row.covered).toBeGreaterThan(0.65);
    expect(row.covered).toBeLessThan(0.95);
    expect(row.bias).toBeGreaterThan(0.7);
    expect(row.bias).toBeLessThan(1.3);
    expect(wall.kind).toBe('range');
  });

  it('is made anew within a second when the line grows', () => {
    const waits = createExpectedWaits();
    const place = afterHours(4);
    const before = lookAt(waits, place, END).row.p80Seconds ?? NaN;
    join(place, 'm', 9, END + 100);
    expect(lookAt(waits, place, END + 1_100).row.p80Seconds).toBeGreaterThan(before);
  });

  it('[GD5] counts with whoever was agreed on to come', () => {
    const after = (change: 1 | -1) => () => [{ at: END + 60_000, queues: ['q'], change }];
    const wait = (agreed?: ReturnType<typeof after>) =>
      lookAt(createExpectedWaits(agreed), afterHours(12), END).row.p50Seconds ?? NaN;
    expect(wait(after(1))).toBeLessThan(wait());
    expect(wait(after(-1))).toBeGreaterThan(wait());
  });

  it('is kept as it was while the queue is as it was, for five seconds', () => {
    const waits = createExpectedWaits();
    const place = afterHours(4);
    const first = lookAt(waits, place, END);
    expect(lookAt(waits, place, END + 4_999)).toBe(first);
    expect(lookAt(waits, place, END + 5_000)).not.toBe(first);
  });

  it('stays calm when the line empties, and starts afresh when nobody looked for a minute', () => {
    const waits = createExpectedWaits();
    const place = afterHours(20);
    const before = lookAt(waits, place, END);
    place.events(
      Array.from({ length: 19 }, (_, i) => told(END + 500, 'contact.abandoned', { contact: `n${i}` })),
    );
    const soon = lookAt(waits, place, END + 1_000);
    const raw = lookAt(createExpectedWaits(), place, END + 1_000);
    expect(soon.row.p80Seconds).toBeGreaterThanOrEqual(0.8 * (before.row.p80Seconds ?? NaN));
    expect(raw.row.p80Seconds).toBeLessThan(0.6 * (before.row.p80Seconds ?? NaN));
    expect(soon.wall).toEqual(before.wall);
    expect(lookAt(waits, place, END + 62_000).row.p80Seconds).toBeLessThan(
      0.6 * (before.row.p80Seconds ?? NaN),
    );
  });

  it('is no number when the source is silent', () => {
    const { row, wall } = lookAt(createExpectedWaits(), afterHours(8), END + 601_000);
    expect(row).toMatchObject({ p50Seconds: null, p80Seconds: null, none: 'sourceSilent' });
    expect(wall).toEqual({ kind: 'unknown' });
  });

  it('is for the priority that most in the queue have', () => {
    const saidWith = (priority: number): number => {
      const facts = madeQueue(LAW, START).map((fact) =>
        fact.type === 'contact.queued' ? { ...fact, priority } : fact,
      );
      return lookAt(createExpectedWaits(), given(profile).events(facts), END).row.p50Seconds ?? NaN;
    };
    expect(saidWith(3)).toBe(saidWith(0));
  });
});
