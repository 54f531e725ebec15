import { describe, expect, it } from 'vitest';
import type { ReportedAgentState } from '#shared/events.ts';
import { given } from '#test/support/given.ts';
import { clock, hall, hotline, told } from '#test/support/profiles.ts';

const signedIn = (when: string, agent = 'li', counter = 'c1') =>
  told(when, 'agent.signedIn', { agent, counter, name: '李雷' });
const signedOut = (when: string, agent = 'li') => told(when, 'agent.signedOut', { agent });
const state = (when: string, to: ReportedAgentState, reason?: string) =>
  told(when, 'agent.stateChanged', { agent: 'li', state: to, ...(reason === undefined ? {} : { reason }) });
const opened = (when: string, counter = 'c1') => told(when, 'counter.opened', { counter });
const service = (from: string, to?: string) => [
  told(from, 'contact.queued', { contact: from, queue: 'personal', ticket: 'A1' }),
  told(from, 'contact.started', { contact: from, agent: 'li', counter: 'c1' }),
  ...(to === undefined ? [] : [told(to, 'contact.ended', { contact: from })]),
];

describe('agents', () => {
  it.each([
    'available',
    'wrapUp',
    'break',
    'backOffice',
    'training',
    'meeting',
    'moving',
    'unavailable',
  ] as const)('does what was reported: %s', (reported) => {
    const { staff } = given(hall())
      .events([signedIn('09:00'), state('10:00', reported, '原因')])
      .at('10:05');
    expect(staff.agents).toMatchObject([{ id: 'li', name: '李雷', activity: reported, counter: '1' }]);
    expect(staff.activities[reported]).toBe(1);
  });

  it('serves while a contact is served, whatever was reported', () => {
    const { staff } = given(hall())
      .events([signedIn('09:00'), state('10:00', 'break'), ...service('10:01')])
      .at('10:05');
    expect(staff.agents).toMatchObject([{ activity: 'serving', since: clock('10:01'), queue: 'A' }]);
  });

  it('wraps up after service until something else is reported', () => {
    const place = given(hall()).events([signedIn('09:00'), ...service('10:00', '10:05')]);
    expect(place.at('10:06').staff.agents).toMatchObject([{ activity: 'wrapUp', since: clock('10:05') }]);
    expect(place.events([state('10:07', 'available')]).at('10:08').staff.activities.available).toBe(1);
  });

  it('is free at once when it never reports states', () => {
    const seen = given(hotline()).events(service('10:00', '10:05')).at('10:06');
    expect(seen.staff.agents).toMatchObject([{ id: 'li', activity: 'available' }]);
    expect(seen.staff.occupancy30).toBeNull();
  });

  it('is off the floor when signed out', () => {
    expect(
      given(hall())
        .events([signedIn('09:00'), signedOut('10:00')])
        .at('10:01').staff.agents,
    ).toEqual([]);
  });

  it('a state told late changes nothing', () => {
    const { staff } = given(hall())
      .events([signedIn('09:00'), state('10:05', 'break'), state('10:01', 'meeting')])
      .at('10:06');
    expect(staff.agents).toMatchObject([{ activity: 'break', since: clock('10:05') }]);
  });

  it('[OC1] occupancy is serving and wrap-up over those and available', () => {
    const events = [signedIn('09:30'), ...service('09:40', '09:52'), state('09:55', 'available')];
    const { staff } = given(hall()).events(events).at('10:00');
    // Of 30 min: available 10, serving 12, wrap-up 3, available 5.
    expect(staff.occupancy30).toBe(0.5);
  });

  it('[OC1] breaks and time signed out are not in it, nor what is older than 30 minutes', () => {
    const events = [
      signedIn('08:00'),
      ...service('09:00', '09:33'),
      state('09:33', 'available'),
      state('09:36', 'break'),
    ];
    const { staff } = given(hall())
      .events([...events, signedOut('09:50')])
      .at('10:00');
    expect(staff.occupancy30).toBe(0.5);
  });

  it('[SL3] occupancy has no value when nobody was ready or busy', () => {
    expect(
      given(hall())
        .events([signedIn('09:00'), state('09:00', 'break')])
        .at('10:00').staff.occupancy30,
    ).toBeNull();
  });
});

describe('counters', () => {
  const activityAt = (events: Parameters<ReturnType<typeof given>['events']>[0], now: string) =>
    given(hall())
      .events(events)
      .at(now)
      .staff.counters.find(({ id }) => id === 'c1')?.activity;

  it('[OC2] is open only while an agent is at it', () => {
    const seated = [opened('09:00'), signedIn('09:00')];
    expect(activityAt(seated, '09:01')).toBe('idle');
    expect(activityAt([...seated, state('09:10', 'break')], '09:11')).toBe('paused');
    expect(activityAt([...seated, state('09:10', 'wrapUp')], '09:11')).toBe('wrapUp');
    expect(activityAt([...seated, signedOut('09:10')], '09:11')).toBe('closed');
    expect(activityAt([...seated, ...service('09:10')], '09:11')).toBe('serving');
  });

  it.each([
    ['counter.closed', 'closed'],
    ['counter.faulted', 'faulted'],
  ] as const)('%s', (type, activity) => {
    expect(activityAt([opened('09:00'), told('09:10', type, { counter: 'c1' })], '09:11')).toBe(activity);
  });

  it('[OC2] an agent who goes to another counter leaves the first', () => {
    const { staff } = given(hall())
      .events([opened('09:00'), signedIn('09:00'), signedIn('10:00', 'li', 'c2')])
      .at('10:01');
    expect(staff.counters).toMatchObject([
      { id: 'c1', agent: null },
      { id: 'c2', agent: '李雷' },
    ]);
  });

  it('shows the ticket in front of it and the queue in service first', () => {
    const queues = ['corporate', 'personal'];
    const place = given(hall()).events([
      told('09:00', 'counter.opened', { counter: 'c1', queues }),
      ...service('09:10'),
    ]);
    expect(place.at('09:11').staff.counters[0]).toMatchObject({
      ticket: 'A1',
      queues: ['A', 'B'],
      label: '1',
    });
  });

  it('serves the agent who sits at it and the other way round', () => {
    const start = told('09:10', 'contact.started', { contact: 'k', counter: 'c1' });
    const { staff } = given(hall())
      .events([opened('09:00'), signedIn('09:00'), start])
      .at('09:11');
    expect(staff.agents).toMatchObject([{ activity: 'serving' }]);
  });

  it('[OC2] counter use is serving over open time of the last 30 minutes', () => {
    const events = [
      opened('09:00'),
      signedIn('09:00'),
      ...service('09:40', '09:49'),
      state('09:52', 'available'),
    ];
    expect(given(hall()).events(events).at('10:00').staff.counterUse30).toBe(0.3);
    const away = [...events, state('09:55', 'break')];
    expect(given(hall()).events(away).at('10:00').staff.counterUse30).toBe(0.36);
  });

  it('[OC2] the opening rate is open over configured counter time since opening', () => {
    const events = [opened('09:30'), signedIn('09:30')];
    expect(given(hall()).events(events).at('10:00').staff.openingRateToday).toBe(0.25);
    const { staff } = given(hall())
      .events([...events, signedOut('10:00')])
      .at('11:00');
    expect(staff).toMatchObject({ openingRateToday: 0.13, countersOpen: 0, countersConfigured: 2 });
  });

  it('[SL3] the opening rate has no value before opening', () => {
    expect(
      given(hall())
        .events([opened('08:30')])
        .at('08:45').staff.openingRateToday,
    ).toBeNull();
  });

  it('counts counters and those in service for each queue they serve', () => {
    const events = [
      told('09:00', 'counter.opened', { counter: 'c1', queues: ['personal'] }),
      told('09:00', 'counter.opened', { counter: 'c2' }),
      signedIn('09:00'),
      ...service('09:10'),
    ];
    const seen = given(hall()).events(events).at('09:11');
    expect(seen.queue('personal')).toMatchObject({ countersOpen: 2, countersServing: 1 });
    expect(seen.queue('corporate')).toMatchObject({ countersOpen: 1, countersServing: 0 });
  });

  it('on a hotline agents serve queues', () => {
    const agent = told('09:00', 'agent.signedIn', { agent: 'li', queues: ['q'] });
    const joined = told('09:01', 'contact.queued', { contact: 'k', queue: 'q' });
    expect(given(hotline()).events([agent, joined]).at('09:02').queue('q')).toMatchObject({
      countersOpen: 1,
    });
  });
});
