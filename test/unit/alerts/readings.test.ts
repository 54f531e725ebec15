import { describe, expect, it } from 'vitest';
import { readingsOf, type SilentWalls } from '#server/domain/alerts/readings.ts';
import { given } from '#test/support/given.ts';
import { clock, hall, told } from '#test/support/profiles.ts';

const profile = hall();
const read = (
  events: Parameters<ReturnType<typeof given>['events']>[0],
  now: string,
  p = 0.7,
  walls: ReturnType<SilentWalls> = [],
) => {
  const { live } = given(profile).events(events).at(now);
  const at = clock(now);
  const foretold = () => ({ breachProbability: p, breachAt: at + 600_000, madeAt: at });
  return readingsOf(live, profile, at, foretold, () => walls)?.map(
    ({ rule, subject, value }) => `${rule} ${subject.id} ${value === null ? 'unknown' : value.toFixed(2)}`,
  );
};
const arrival = (when: string, contact: string, queue = 'personal') =>
  told(when, 'contact.queued', { contact, queue });
const signIn = (when: string) => told(when, 'agent.signedIn', { agent: 'li', counter: 'c1' });

describe('what the rules look at', () => {
  it('a wait against its target, and a queue nobody serves', () => {
    const seen = read(
      [signIn('09:59'), told('09:59', 'counter.closed', { counter: 'c1' }), arrival('10:00', 'k')],
      '10:03',
    );
    expect(seen).toContain('waitOverTarget personal 0.20');
    expect(seen).toContain('queueWithoutCounter personal 1.00');
  });

  it('of counters nobody told of, nobody can say that they are missing', () => {
    expect(read([arrival('10:00', 'k')], '10:03')).toContain('queueWithoutCounter personal unknown');
  });

  it('the chance of a breach as long as there is none', () => {
    expect(read([arrival('10:00', 'k')], '10:03')).toContain('breachSoon personal 0.70');
    const later = told('10:18', 'source.heartbeat', {});
    expect(read([arrival('10:00', 'k'), later], '10:20')).toContain('breachSoon personal 0.00');
  });

  it('a break, by its length', () => {
    const onBreak = told('10:00', 'agent.stateChanged', { agent: 'li', state: 'break' });
    expect(read([signIn('09:30'), onBreak], '10:04')).toContain('breakOver li 240.00');
  });

  it('a source that fell silent, and then nothing of what it told', () => {
    const seen = read([arrival('10:00', 'k')], '10:10');
    expect(seen).toContain('sourceSilent machine 2.00');
    expect(seen).toContain('waitOverTarget personal unknown');
  });

  it('nothing when it is closed and nobody waits', () => {
    expect(read([signIn('16:00')], '20:00')).toBeUndefined();
  });
});

describe('walls', () => {
  it('each screen that says nothing is read by itself, in seconds, also one of two with the same name', () => {
    const silent = ['w1', 'w2'].map((id) => ({ id, name: 'Entrance', silentSeconds: 200 }));
    const seen = read([arrival('10:00', 'k1')], '10:05', 0.1, silent);
    expect(seen).toContain('wallSilent w1 200.00');
    expect(seen).toContain('wallSilent w2 200.00');
  });
});
