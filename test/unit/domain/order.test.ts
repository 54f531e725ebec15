import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoggedEvent, SourceEventType } from '#shared/events.ts';
import type { LiveBranch } from '#server/domain/live-branch.ts';
import { advance, newBranch } from '#server/domain/live-branch.ts';
import { noSums, unpack } from '#server/domain/metrics/packed-sums.ts';
import {
  anyLives,
  type Delivery,
  factsOf,
  inOrderOfReceipt,
  type Life,
  plainLives,
  RUNS,
} from '#test/support/lives.ts';
import { clock, hall, told } from '#test/support/profiles.ts';

/** Facts are told again, or out of order, within this (reliability R14), ms. */
const WINDOW_MS = 60_000;
/** Long after every life, so that missed turns are given up and lost contacts found. */
const THE_END = told(clock('30:00'), 'source.heartbeat', {});

const profile = hall();

function fold(facts: readonly LoggedEvent[]): LiveBranch {
  const branch = newBranch(profile);
  for (const fact of facts) advance(branch, profile, fact);
  return branch;
}

const onTime = (lives: readonly Life[]): Delivery[] =>
  [...lives.flatMap(factsOf), THE_END].map((event) => ({ event, receivedAt: event.at }));

const delays = fc.infiniteStream(fc.integer({ min: 0, max: WINDOW_MS }));
const choices = fc.infiniteStream(fc.boolean());

/** Everything that is counted but the sources themselves: they did say it twice. */
const counted = ({ figures }: LiveBranch) => ({ ...figures, sources: null });

describe('facts told again', () => {
  it('[DQ1] under other ids change no figure: transfers, returns and holds included', () => {
    const property = fc.property(anyLives, delays, choices, (lives, delay, again) => {
      const once = onTime(lives);
      const copies = once
        .filter(() => again.next().value === true)
        .map(({ event, receivedAt }) => ({
          event: { ...event, id: `${event.id} again` },
          receivedAt: receivedAt + Number(delay.next().value),
        }));
      const plain = fold(inOrderOfReceipt(once));
      const doubled = fold(inOrderOfReceipt([...once, ...copies]));
      expect(counted(doubled)).toEqual(counted(plain));
      expect(doubled.state.queues).toEqual(plain.state.queues);
    });
    fc.assert(property, RUNS);
  });

  it('[DQ1] copies that come in the very next moment change nothing either', () => {
    const property = fc.property(anyLives, (lives) => {
      const once = onTime(lives);
      const twice = once.flatMap((each) => [
        each,
        { ...each, event: { ...each.event, id: `${each.event.id} again` } },
      ]);
      expect(counted(fold(inOrderOfReceipt(twice)))).toEqual(counted(fold(inOrderOfReceipt(once))));
    });
    fc.assert(property, RUNS);
  });
});

/**
 * What is counted is counted once, when it becomes known, so a fact told after the one that ended the wait or the
 * service it belongs to cannot change it: a call after the start (its wait then ends at the start), a missed turn
 * after the abandon, a hold after the end. Visits are told apart by their order too: transfers and returns.
 */
const CLOSED_BY: Partial<Record<SourceEventType, readonly SourceEventType[]>> = {
  'contact.called': ['contact.started', 'contact.abandoned'],
  'contact.missed': ['contact.started', 'contact.abandoned'],
  'contact.held': ['contact.ended'],
  'contact.resumed': ['contact.ended'],
};

function shuffled(life: Life, delay: Iterator<number, number>): Delivery[] {
  const deliveries = factsOf(life).map((event) => ({ event, receivedAt: event.at + delay.next().value }));
  return deliveries.map(({ event, receivedAt }) => {
    const closers = CLOSED_BY[event.type] ?? [];
    const closed = deliveries
      .filter((other) => closers.includes(other.event.type))
      .map((other) => other.receivedAt);
    return { event, receivedAt: Math.min(receivedAt, ...closed) };
  });
}

/** What of the sums may not depend on order; wrap-up follows the agent, whose states are told apart. */
const totals = (branch: LiveBranch) =>
  Object.fromEntries(
    [...branch.figures.queues]
      .sort()
      .map(([queue, { total }]) => [queue, { ...unpack(total), wrapUpSeconds: 0 }]),
  );

describe('facts out of order', () => {
  it('[DQ1] any order within a minute gives the same totals as the right one', () => {
    const property = fc.property(plainLives, delays, (lives, delay) => {
      const right = fold(inOrderOfReceipt(onTime(lives)));
      const late = lives.flatMap((life) => shuffled(life, delay));
      const mixed = fold(inOrderOfReceipt([...late, { event: THE_END, receivedAt: THE_END.at }]));
      expect(totals(mixed)).toEqual(totals(right));
    });
    fc.assert(property, RUNS);
  });

  it('[DQ1] two neighbours of one life swapped at a time, the same', () => {
    const property = fc.property(plainLives, fc.nat(), (lives, pick) => {
      const [life] = lives;
      if (!life) return;
      const facts = factsOf(life);
      const right = fold(
        inOrderOfReceipt([...facts, THE_END].map((event) => ({ event, receivedAt: event.at }))),
      );
      const at = pick % Math.max(1, facts.length - 1);
      const [first, second] = [facts[at], facts[at + 1]];
      if (!first || !second || CLOSED_BY[first.type]?.includes(second.type)) return;
      const swapped = [...facts.slice(0, at), second, first, ...facts.slice(at + 2), THE_END];
      const told = swapped.map((event, i) => ({
        event,
        branch: 'b',
        source: 's',
        version: i + 1,
        receivedAt: THE_END.at,
      }));
      expect(totals(fold(told))).toEqual(totals(right));
    });
    fc.assert(property, RUNS);
  });

  it('[WT1] a call told after the start changes nothing: the wait ended at the start', () => {
    const contact = 'k';
    const facts = [
      told('10:00', 'contact.queued', { contact, queue: 'personal' }),
      told('10:06', 'contact.started', { contact }),
      told('10:05', 'contact.called', { contact }),
    ];
    const branch = fold(
      facts.map((event, i) => ({
        event,
        branch: 'b',
        source: 's',
        version: i + 1,
        receivedAt: clock('10:07'),
      })),
    );
    const sums = unpack(branch.figures.queues.get('personal')?.total ?? noSums());
    expect(sums).toMatchObject({ answered: 1, waitSeconds: 360 });
  });
});
