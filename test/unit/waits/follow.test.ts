import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '#shared/events.ts';
import { judgeWaits } from '#server/cli/bench/waits/judge-waits.ts';
import { waitLaw } from '#server/domain/queueing/wait-law.ts';
import type { JudgedWait } from '#server/domain/waits/follow.ts';
import { LEVELS } from '#server/domain/waits/spread.ts';
import { clock, hotline, told } from '#test/support/profiles.ts';
import { followed } from './followed.ts';
import { madeQueue } from './made-queue.ts';

const HOUR_SECONDS = 3_600;
const START = clock('08:00');

/** A loaded hotline of five, about 100 waits an hour. */
const LAW = {
  agents: 5,
  arrivalRate: 1 / 32,
  serviceRate: 1 / 180,
  abandonmentRate: 1 / 400,
  seconds: 60 * HOUR_SECONDS,
  seed: 11,
};

const meanOf = (waits: readonly JudgedWait[], value: (wait: JudgedWait) => number): number =>
  waits.reduce((sum, wait) => sum + value(wait), 0) / waits.length;

const rmse = (waits: readonly JudgedWait[], guess: (wait: JudgedWait) => number): number =>
  Math.sqrt(meanOf(waits, (wait) => (guess(wait) - wait.actual) ** 2));

const shareBelow = (waits: readonly JudgedWait[], level: (typeof LEVELS)[number]): number =>
  meanOf(waits, ({ said, actual }) => (actual <= (said.quantiles[LEVELS.indexOf(level)] ?? 0) ? 1 : 0));

describe('a queue whose law is known', () => {
  const waits = followed(hotline()).tell(madeQueue(LAW, START));
  const learned = waits.slice(300);

  it('is foretold about as well as by one who knows the law', () => {
    const known = (wait: JudgedWait): number =>
      waitLaw({ ...LAW, servers: LAW.agents, ahead: wait.said.ahead }).mean;
    expect(learned.length).toBeGreaterThan(3_000);
    expect(rmse(learned, ({ said }) => said.mean)).toBeLessThan(1.03 * rmse(learned, known));
    expect(meanOf(learned, ({ said }) => said.mean) / meanOf(learned, ({ actual }) => actual)).toBeCloseTo(
      1,
      1,
    );
  });

  it('is foretold far better than by the wait of the last who was served', async () => {
    const readings = madeQueue(LAW, START).map((event) => ({ branch: 'hotline', event }));
    const judged = (await judgeWaits(readings)).waits.slice(300);
    const les = Math.sqrt(judged.reduce((sum, { guesses, actual }) => sum + (guesses.les - actual) ** 2, 0));
    const ours = Math.sqrt(judged.reduce((sum, { said, actual }) => sum + (said.mean - actual) ** 2, 0));
    expect(ours).toBeLessThan(0.7 * les);
  });

  it.each(LEVELS)('ends before P%d as often as it says, however many are ahead', (level) => {
    for (const [fewest, most] of [
      [0, 0.5],
      [0.5, 2.5],
      [2.5, Infinity],
    ] as const) {
      const some = learned.filter(({ said }) => said.ahead >= fewest && said.ahead < most);
      expect(some.length).toBeGreaterThan(200);
      expect(Math.abs(shareBelow(some, level) - level)).toBeLessThan(0.05);
    }
  });
});

describe('lines longer than any seen before, and nobody leaves', () => {
  const hall = {
    agents: 3,
    arrivalRate: 1 / 60,
    serviceRate: 1 / 150,
    abandonmentRate: 0,
    seconds: 30 * HOUR_SECONDS,
  };

  it.each([41, 42])(
    'are foretold better than by the last wait, from a cold start (seed %d)',
    async (seed) => {
      const readings = madeQueue({ ...hall, seed }, START).map((event) => ({ branch: 'hall', event }));
      const { waits } = await judgeWaits(readings);
      expect(Math.max(...waits.map(({ said }) => said.ahead))).toBeGreaterThan(12);
      const errorOf = (guess: (wait: (typeof waits)[number]) => number): number =>
        Math.sqrt(waits.reduce((sum, wait) => sum + (guess(wait) - wait.actual) ** 2, 0) / waits.length);
      expect(errorOf(({ said }) => said.mean)).toBeLessThan(0.85 * errorOf(({ guesses }) => guesses.les));
      expect(errorOf(({ said }) => said.mean)).toBeLessThan(1.25 * errorOf(({ guesses }) => guesses.ql));
    },
  );
});

describe('urgent customers', () => {
  const urgent = { ...LAW, urgentShare: 0.3, seed: 12 };
  const waits = followed(hotline()).tell(madeQueue(urgent, START)).slice(300);

  it.each([0, 1])('of priority %d are told a wait of their own', (priority) => {
    const own = waits.filter(({ said }) => said.priority === priority);
    expect(own.length).toBeGreaterThan(200);
    const ratio = meanOf(own, ({ said }) => said.mean) / meanOf(own, ({ actual }) => actual);
    expect(ratio).toBeGreaterThan(0.88);
    expect(ratio).toBeLessThan(1.12);
  });
});

/** What was said, in order, until an instant. */
const saidUntil = (facts: readonly SourceEvent[], until: number): string[] =>
  followed(hotline())
    .tell(facts)
    .filter(({ said }) => said.queuedAt < until)
    .map(({ contact, said }) => JSON.stringify([contact, said]))
    .sort();

describe('nothing from the future', () => {
  const facts = madeQueue({ ...LAW, seconds: HOUR_SECONDS }, START);
  const contactsKnown = (cut: number): Set<string> =>
    new Set(
      facts.filter(({ at, type }) => at < cut && type === 'contact.queued').map((fact) => contactIn(fact)),
    );

  it('changes what was said: whatever happens after an instant, estimates before it stay', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 50 }),
        fc.integer({ min: 1, max: 900 }),
        (minute, delaySeconds) => {
          const cut = START + minute * 60_000;
          // All that comes after the instant comes later, so every wait that goes on is another one.
          const changed = facts.map((fact) =>
            fact.at < cut ? fact : { ...fact, at: fact.at + delaySeconds * 1_000 },
          );
          const before = saidUntil(facts, cut);
          const after = new Set(saidUntil(changed, cut));
          const judged = before.filter((said) => after.has(said));
          expect(judged.length).toBe(Math.max(before.length, after.size));
          expect(contactsKnown(cut).size).toBeGreaterThan(judged.length);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('is learned: a wait that goes on teaches nothing until it ends', () => {
    const place = followed(hotline());
    place.tell(facts);
    const before = JSON.stringify([...place.record.correction.weights, place.record.spread]);
    place.tell([told(START + HOUR_SECONDS * 1_000, 'contact.queued', { contact: 'last', queue: 'q' })]);
    expect(place.record.open.has('last')).toBe(true);
    expect(JSON.stringify([...place.record.correction.weights, place.record.spread])).toBe(before);
  });
});

const contactIn = (fact: SourceEvent): string => ('contact' in fact ? fact.contact : '');

describe('the record of waits', () => {
  it('says the same twice for the same facts', () => {
    const facts = madeQueue({ ...LAW, seconds: HOUR_SECONDS }, START);
    expect(saidUntil(facts, Infinity)).toEqual(saidUntil(facts, Infinity));
  });

  it('judges those who were served after a wait, and nobody else', () => {
    const place = followed(hotline());
    const judged = place.tell([
      told('09:00:00', 'contact.queued', { contact: 'at-once', queue: 'q' }),
      told('09:00:00', 'contact.started', { contact: 'at-once', agent: 'a' }),
      told('09:00:10', 'contact.queued', { contact: 'left', queue: 'q' }),
      told('09:00:20', 'contact.queued', { contact: 'served', queue: 'q' }),
      told('09:00:30', 'contact.abandoned', { contact: 'left' }),
      told('09:01:00', 'contact.ended', { contact: 'at-once' }),
      told('09:01:05', 'contact.started', { contact: 'served', agent: 'a' }),
    ]);
    expect(judged.map(({ contact, actual }) => [contact, actual])).toEqual([['served', 45]]);
    expect(place.record.open.size).toBe(0);
  });

  it('begins anew when a contact is sent to another queue', () => {
    const place = followed(hotline());
    const judged = place.tell([
      told('09:00:00', 'contact.queued', { contact: 'c', queue: 'q' }),
      told('09:01:00', 'contact.transferred', { contact: 'c', queue: 'other' }),
      told('09:01:20', 'contact.started', { contact: 'c', agent: 'a' }),
    ]);
    expect(judged.map(({ actual, said }) => [said.queue, actual])).toEqual([['other', 20]]);
  });

  it('passes over the next waits for a while, the longer the more wait, but learns from all services', () => {
    const place = followed(hotline(), 10_000);
    place.tell([
      told('09:00:00', 'agent.signedIn', { agent: 'a', queues: ['q'] }),
      told('09:00:00', 'contact.queued', { contact: 'first', queue: 'q' }),
      told('09:00:10', 'contact.queued', { contact: 'passed over', queue: 'q' }),
      told('09:00:20', 'contact.queued', { contact: 'second', queue: 'q' }),
      told('09:00:50', 'contact.queued', { contact: 'passed over too', queue: 'q' }),
      told('09:01:00', 'contact.queued', { contact: 'third', queue: 'q' }),
    ]);
    expect([...place.record.open.keys()]).toEqual(['first', 'second', 'third']);
    const judged = place.tell([
      told('09:01:10', 'contact.started', { contact: 'passed over', agent: 'a' }),
      told('09:02:10', 'contact.ended', { contact: 'passed over' }),
      told('09:02:20', 'contact.started', { contact: 'first', agent: 'a' }),
    ]);
    expect(judged.map(({ contact }) => contact)).toEqual(['first']);
    expect(place.record.handling.get('q')?.service.weight).toBe(1);
  });

  it('keeps no estimate of a wait that was told long after it began', () => {
    const place = followed(hotline());
    place.tell([
      told('09:10:00', 'contact.queued', { contact: 'a', queue: 'q' }),
      told('09:05:00', 'contact.queued', { contact: 'late', queue: 'q' }),
    ]);
    expect([...place.record.open.keys()]).toEqual(['a']);
  });
});
