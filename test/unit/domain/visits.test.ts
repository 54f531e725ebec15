import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '#shared/events.ts';
import { addQueueInterval, noQueueInterval } from '#server/domain/metrics/interval.ts';
import { anyLives, factsOf, inOrderOfReceipt, RUNS } from '#test/support/lives.ts';
import { clock, hall, told } from '#test/support/profiles.ts';
import { logged, project } from '#test/support/projected.ts';

/** Long after every life, so that all visits are over. */
const THE_END = told(clock('30:00'), 'source.heartbeat', {});
const contact = 'k';
const queued = (when: string, queue = 'personal') =>
  told(when, 'contact.queued', { contact, queue, ticket: 'A1' });
const called = (when: string) => told(when, 'contact.called', { contact, counter: 'c1' });
const started = (when: string) => told(when, 'contact.started', { contact, counter: 'c1', agent: 'li' });
const ended = (when: string) => told(when, 'contact.ended', { contact });
const rowsOf = (events: readonly SourceEvent[], end = THE_END) =>
  project(hall(), logged([...events, end].map((event) => ({ event })))).rows;
const visitsOf = (events: readonly SourceEvent[], end = THE_END) => rowsOf(events, end).visits;

describe('visits', () => {
  it('[WT4] each is told once, and together they are what was counted', () => {
    const property = fc.property(anyLives, (lives) => {
      const facts = [...lives.flatMap(factsOf), THE_END];
      const { rows } = project(
        hall(),
        inOrderOfReceipt(facts.map((event) => ({ event, receivedAt: event.at }))),
      );
      const sum = noQueueInterval();
      for (const row of rows.queues) addQueueInterval(sum, row.sums);
      const began = rows.visits.map((visit) => `${visit.contact} ${visit.queuedAt}`);
      expect(new Set(began).size).toBe(began.length);
      expect(rows.visits.length).toBe(sum.offered);
      const results = Map.groupBy(rows.visits, ({ result }) => result);
      expect(results.get('answered')?.length ?? 0).toBe(sum.answered);
      expect(results.get('abandoned')?.length ?? 0).toBe(sum.abandoned);
      expect(results.get('rerouted')?.length ?? 0).toBe(sum.rerouted);
    });
    fc.assert(property, { ...RUNS, numRuns: 200 });
  });

  it('carry all that is known of them', () => {
    const held = told('10:07', 'contact.held', { contact });
    const resumed = told('10:08', 'contact.resumed', { contact });
    expect(
      visitsOf([queued('10:00'), called('10:04'), started('10:05'), held, resumed, ended('10:15')]),
    ).toEqual([
      {
        branch: 'hall',
        contact,
        source: 's',
        queue: 'personal',
        ticket: 'A1',
        channel: 'hall',
        priority: 0,
        at: clock('10:04'),
        day: 20_514,
        arrivedAt: clock('10:00'),
        queuedAt: clock('10:00'),
        calledAt: clock('10:04'),
        startedAt: clock('10:05'),
        endedAt: clock('10:15'),
        abandonedAt: null,
        result: 'answered',
        waitSeconds: 240,
        totalWaitSeconds: 240,
        serviceSeconds: 600,
        holdSeconds: 60,
        agent: 'li',
        counter: 'c1',
      },
    ]);
  });

  it('are told when nothing can change them any more: two minutes after their end', () => {
    const events = [queued('10:00'), called('10:04'), started('10:05'), ended('10:15')];
    expect(visitsOf(events, told('10:16:59', 'source.heartbeat', {}))).toEqual([]);
    expect(visitsOf(events, told('10:17', 'source.heartbeat', {}))).toHaveLength(1);
  });

  it('[WT4] of a transferred contact are two, with one first arrival', () => {
    const sent = told('10:10', 'contact.transferred', { contact, queue: 'corporate' });
    const visits = visitsOf([
      queued('10:00'),
      called('10:02'),
      started('10:03'),
      sent,
      called('10:15'),
      started('10:15'),
      ended('10:20'),
    ]);
    expect(visits).toMatchObject([
      { queue: 'personal', result: 'answered', waitSeconds: 120, endedAt: clock('10:10') },
      {
        queue: 'corporate',
        arrivedAt: clock('10:00'),
        queuedAt: clock('10:10'),
        waitSeconds: 300,
        totalWaitSeconds: 420,
      },
    ]);
  });

  it('[WT4] sent on before service are rerouted, at that moment', () => {
    const sent = told('10:10', 'contact.transferred', { contact, queue: 'corporate' });
    const [first, second] = visitsOf([
      queued('10:00'),
      sent,
      called('10:12'),
      started('10:12'),
      ended('10:20'),
    ]);
    expect(first).toMatchObject({ result: 'rerouted', at: clock('10:10'), waitSeconds: null });
    expect(second).toMatchObject({ result: 'answered', waitSeconds: 120, totalWaitSeconds: 720 });
  });

  it('[AB1] called and not there is abandoned, with the wait up to the call', () => {
    const missed = told('10:06', 'contact.missed', { contact });
    expect(visitsOf([queued('10:00'), called('10:05'), missed])).toMatchObject([
      { result: 'abandoned', at: clock('10:21'), waitSeconds: 300, startedAt: null },
    ]);
  });

  it('[DQ1] never heard of again are lost; a service without an end is answered all the same', () => {
    expect(visitsOf([queued('10:00')])).toMatchObject([{ result: 'lost', at: clock('10:00') }]);
    expect(visitsOf([queued('10:00'), started('10:05')])).toMatchObject([
      { result: 'answered', at: clock('10:05'), endedAt: null, serviceSeconds: null },
    ]);
  });

  it('[DQ1] a service nobody told the start of begins with the call, also when the ticket comes back at once', () => {
    const again = queued('10:16', 'corporate');
    const rows = rowsOf([queued('10:00'), called('10:04'), ended('10:15'), again]);
    expect(rows.visits).toMatchObject([
      { result: 'answered', startedAt: clock('10:04'), serviceSeconds: 660 },
      { queue: 'corporate', result: 'lost', arrivedAt: clock('10:16') },
    ]);
    expect(rows.sources.reduce((sum, { implied }) => sum + implied, 0)).toBe(1);
    const sum = noQueueInterval();
    for (const row of rows.queues) addQueueInterval(sum, row.sums);
    expect(sum).toMatchObject({ answered: 1, handled: 1, answerTimes: 0 });
  });

  it('of a queue nobody told are kept without one', () => {
    expect(visitsOf([started('10:05'), ended('10:10')])).toMatchObject([
      { queue: null, queuedAt: null, result: 'answered', at: clock('10:05'), waitSeconds: null },
    ]);
  });
});
