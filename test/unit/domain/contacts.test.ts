import { describe, expect, it } from 'vitest';
import { given } from '#test/support/given.ts';
import { clock, hall, hotline, told } from '#test/support/profiles.ts';

const queue = 'personal';
const took = (when: string, contact = 'k') =>
  told(when, 'contact.queued', { contact, queue, ticket: `A${contact}` });
const called = (when: string, contact = 'k') => told(when, 'contact.called', { contact, counter: 'c1' });
const started = (when: string, contact = 'k') =>
  told(when, 'contact.started', { contact, counter: 'c1', agent: 'li' });
const ended = (when: string, contact = 'k') => told(when, 'contact.ended', { contact });

describe('life of a contact', () => {
  it.each([
    ['waiting', [took('10:00')]],
    ['called', [took('10:00'), called('10:05')]],
    ['missed', [took('10:00'), called('10:05'), told('10:06', 'contact.missed', { contact: 'k' })]],
    ['serving', [took('10:00'), called('10:05'), started('10:06')]],
    ['held', [took('10:00'), started('10:06'), told('10:07', 'contact.held', { contact: 'k' })]],
    [
      'serving',
      [
        took('10:00'),
        started('10:06'),
        told('10:07', 'contact.held', { contact: 'k' }),
        told('10:08', 'contact.resumed', { contact: 'k' }),
      ],
    ],
    ['finished', [took('10:00'), started('10:06'), ended('10:09')]],
    ['finished', [took('10:00'), told('10:04', 'contact.abandoned', { contact: 'k' })]],
    ['waiting', [took('10:00'), told('10:04', 'contact.transferred', { contact: 'k', queue: 'corporate' })]],
    ['serving', [started('10:06')]],
  ] as const)('is %s after its facts', (phase, events) => {
    expect(given(hall()).events(events).at('10:10').phase('k')).toBe(phase);
  });

  it('on the phone a ring leaves the caller waiting, answered or not', () => {
    const ringing = [told('10:00', 'contact.queued', { contact: 'k', queue: 'q' }), called('10:05')];
    expect(given(hotline()).events(ringing).at('10:06').phase('k')).toBe('waiting');
    const missed = [...ringing, told('10:06', 'contact.missed', { contact: 'k' })];
    const seen = given(hotline()).events(missed).at('10:40');
    expect(seen.phase('k')).toBe('waiting');
    expect(seen.counts('q')).toMatchObject({ missed: 1, abandoned: 0 });
  });

  it('forgets a finished contact two minutes later', () => {
    const events = [took('10:00'), started('10:06'), ended('10:09')];
    const later = told('10:12', 'source.heartbeat', {});
    expect(
      given(hall())
        .events([...events, later])
        .at('10:12')
        .phase('k'),
    ).toBe('gone');
  });

  it('counts a rating for the queue of its contact, as a share of its scale', () => {
    const rated = told('10:10', 'contact.rated', { contact: 'k', score: 4, scale: 5 });
    const seen = given(hall())
      .events([took('10:00'), started('10:06'), ended('10:09'), rated])
      .at('10:11');
    expect(seen.counts(queue)).toMatchObject({ rated: 1, ratingSum: 0.8 });
  });

  it('shows who was called last on the wall, a ticket once', () => {
    const events = [took('10:00', 'k'), took('10:01', 'l'), called('10:02', 'k'), called('10:03', 'l')];
    const again = told('10:04', 'contact.called', { contact: 'k', counter: 'c2' });
    const { live } = given(hall())
      .events([...events, again])
      .at('10:05');
    expect(live.state.calls).toEqual([
      { ticket: 'Al', counter: 'c1', at: clock('10:03') },
      { ticket: 'Ak', counter: 'c2', at: clock('10:04') },
    ]);
  });
});

describe('waits', () => {
  it('[WT1] in a hall the wait ends at the first call, the answer time is apart', () => {
    const events = [took('10:00'), called('10:05'), called('10:06'), started('10:08')];
    const seen = given(hall()).events(events).at('10:10');
    expect(seen.counts(queue)).toMatchObject({ answered: 1, waitSeconds: 300 });
  });

  it('[WT1] on the phone the wait ends when an agent is connected', () => {
    const joined = told('10:00', 'contact.queued', { contact: 'k', queue: 'q' });
    const seen = given(hotline())
      .events([joined, called('10:01'), started('10:02')])
      .at('10:03');
    expect(seen.counts('q')).toMatchObject({ answered: 1, waitSeconds: 120, answeredWithin: 0 });
  });

  it('[WT1] a phone call to a hall waits as on the phone', () => {
    const joined = told('10:00', 'contact.queued', { contact: 'k', queue, channel: 'video' });
    const seen = given(hall())
      .events([joined, called('10:01'), started('10:02')])
      .at('10:03');
    expect(seen.counts(queue).waitSeconds).toBe(120);
  });

  it('[WT2] the longest waiting is the earliest arrival still waiting', () => {
    const events = [took('10:00', 'a'), took('10:02', 'b'), took('10:04', 'c'), called('10:05', 'a')];
    const seen = given(hall()).events(events).at('10:10');
    expect(seen.queue(queue)).toMatchObject({ waiting: 2, oldestAt: clock('10:02'), late: 0 });
    expect(
      given(hall({ expectedSeconds: 3_600 }))
        .events(events)
        .at('10:18')
        .queue(queue).late,
    ).toBe(1);
  });

  it('[WT2] the maximum wait includes those who abandoned', () => {
    const left = told('10:20', 'contact.abandoned', { contact: 'b' });
    const events = [
      took('10:00', 'a'),
      took('10:00', 'b'),
      called('10:05', 'a'),
      started('10:05', 'a'),
      left,
    ];
    expect(given(hall()).events(events).at('10:21').counts(queue).waitSecondsMax).toBe(1_200);
  });

  it('[WT3] the average is over those answered; abandoners have a figure of their own', () => {
    const left = told('10:20', 'contact.abandoned', { contact: 'b' });
    const events = [
      took('10:00', 'a'),
      took('10:00', 'b'),
      called('10:05', 'a'),
      started('10:06', 'a'),
      left,
    ];
    const { counts, queue: row } = given(hall()).events(events).at('10:21');
    expect(counts(queue)).toMatchObject({ waitSeconds: 300, abandonWaitSeconds: 1_200 });
    expect(row(queue)).toMatchObject({ waitSeconds30: 300, answered30: 1, abandoned30: 1 });
  });

  it('[WT4] a transferred contact waits anew in the new queue and keeps its first arrival', () => {
    const sent = told('10:10', 'contact.transferred', { contact: 'k', queue: 'corporate' });
    const place = given(hall()).events([took('10:00'), called('10:04'), started('10:05'), sent]);
    const seen = place.at('10:12');
    expect(seen.phase('k')).toBe('waiting');
    expect(seen.queue('corporate')).toMatchObject({ waiting: 1, oldestAt: clock('10:10'), offeredToday: 1 });
    expect(seen.live.state.contacts.get('k')?.arrivedAt).toBe(clock('10:00'));
    expect(seen.counts(queue)).toMatchObject({ answered: 1, handled: 1, serviceSeconds: 300 });
    const after = place.events([called('10:14'), started('10:15'), ended('10:20')]).at('10:21');
    expect(after.counts('corporate')).toMatchObject({ answered: 1, waitSeconds: 240, serviceSeconds: 300 });
  });

  it('[WT4] one sent elsewhere before service is rerouted: neither answered nor abandoned', () => {
    const sent = told('10:10', 'contact.transferred', { contact: 'k', queue: 'corporate' });
    const seen = given(hall())
      .events([took('10:00'), sent])
      .at('10:12');
    expect(seen.counts(queue)).toMatchObject({ offered: 1, rerouted: 1, answered: 0, abandoned: 0 });
    expect(seen.queue(queue).waiting).toBe(0);
    expect(seen.queue('corporate').waiting).toBe(1);
  });

  it('a ticket that comes back after its visit was over is another visit', () => {
    const events = [took('10:00'), started('10:05'), ended('10:10'), took('10:11')];
    const seen = given(hall()).events(events).at('10:12');
    expect(seen.counts(queue)).toMatchObject({ offered: 2, answered: 1 });
    expect(seen.queue(queue)).toMatchObject({ waiting: 1, oldestAt: clock('10:11') });
  });
});

describe('those who leave', () => {
  const left = (when: string) => told(when, 'contact.abandoned', { contact: 'k' });
  const missed = (when: string) => told(when, 'contact.missed', { contact: 'k' });

  it('[AB1] hung up or walked out before service', () => {
    const seen = given(hall())
      .events([took('10:00'), left('10:20')])
      .at('10:21');
    expect(seen.counts(queue)).toMatchObject({ abandoned: 1, shortAbandoned: 0, abandonWaitSeconds: 1_200 });
  });

  it.each([
    ['10:01:00', 1],
    ['10:01:01', 0],
  ])('[AB1] left at %s: %i short abandon', (when, short) => {
    const seen = given(hall())
      .events([took('10:00'), left(when)])
      .at('10:05');
    expect(seen.counts(queue)).toMatchObject({ abandoned: 1, shortAbandoned: short });
  });

  it('[AB1] called and not there: abandoned when 15 minutes have gone by, with the wait up to the call', () => {
    const place = given(hall()).events([took('10:00'), called('10:05'), missed('10:06')]);
    expect(place.at('10:20').counts(queue)).toMatchObject({ missed: 1, abandoned: 0 });
    const seen = place.events([told('10:21', 'source.heartbeat', {})]).at('10:21');
    expect(seen.counts(queue)).toMatchObject({ abandoned: 1, abandonWaitSeconds: 300 });
    expect(seen.queue(queue).waiting).toBe(0);
  });

  it('[AB1] called and not there, but back at the counter: served as usual', () => {
    const back = [called('10:12'), started('10:12'), ended('10:20')];
    const events = [took('10:00'), called('10:05'), missed('10:06'), ...back];
    const seen = given(hall())
      .events([...events, told('10:40', 'source.heartbeat', {})])
      .at('10:40');
    expect(seen.counts(queue)).toMatchObject({ missed: 1, answered: 1, waitSeconds: 300, abandoned: 0 });
  });

  it('[AB1] back in the queue with the same number: the same visit, until the next call', () => {
    const place = given(hall()).events([took('10:00'), called('10:05'), missed('10:06'), took('10:10')]);
    expect(place.at('10:11').queue(queue)).toMatchObject({ waiting: 1, oldestAt: clock('10:00') });
    const seen = place.events([called('10:20'), started('10:21')]).at('10:22');
    expect(seen.counts(queue)).toMatchObject({ offered: 1, answered: 1, waitSeconds: 1_200 });
  });

  it('[AB1] a caller whose phone was not answered and who hangs up has waited until then', () => {
    const joined = told('10:00', 'contact.queued', { contact: 'k', queue: 'q' });
    const seen = given(hotline())
      .events([joined, called('10:01'), missed('10:02'), left('10:05')])
      .at('10:06');
    expect(seen.counts('q')).toMatchObject({ missed: 1, abandoned: 1, abandonWaitSeconds: 300 });
  });
});

describe('handling', () => {
  it('[HT1] is service with its holds, and the wrap-up after it', () => {
    const signedIn = told('09:00', 'agent.signedIn', { agent: 'li', counter: 'c1' });
    const ready = told('10:14', 'agent.stateChanged', { agent: 'li', state: 'available' });
    const held = told('10:07', 'contact.held', { contact: 'k' });
    const resumed = told('10:08', 'contact.resumed', { contact: 'k' });
    const events = [
      signedIn,
      took('10:00'),
      called('10:05'),
      started('10:05'),
      held,
      resumed,
      ended('10:11'),
      ready,
    ];
    const { counts, queue: row, live } = given(hall()).events(events).at('10:15');
    expect(counts(queue)).toMatchObject({
      handled: 1,
      serviceSeconds: 360,
      holdSeconds: 60,
      wrapUpSeconds: 180,
    });
    expect(row(queue)).toMatchObject({ handled30: 1, handleSeconds30: 540 });
    expect(live.figures.busySeconds.get('li')).toBe(360);
  });

  it('[HT1] a hold nobody ended lasts until the end of service', () => {
    const held = told('10:07', 'contact.held', { contact: 'k' });
    const seen = given(hall())
      .events([took('10:00'), started('10:05'), held, ended('10:11')])
      .at('10:12');
    expect(seen.counts(queue)).toMatchObject({ serviceSeconds: 360, holdSeconds: 240 });
  });
});
