import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '#shared/events.ts';
import { phaseOf } from '#server/domain/branch/contact.ts';
import { meanWait } from '#server/domain/waits/queue-law.ts';
import { estimateNewcomer, estimateWaiting, type WaitEstimate } from '#server/domain/waits/estimate.ts';
import { customersOf } from '#server/domain/waits/standing.ts';
import { clock, hall, hotline, told } from '#test/support/profiles.ts';
import { followed } from './followed.ts';
import { madeQueue } from './made-queue.ts';

const LAW = {
  agents: 4,
  arrivalRate: 1 / 40,
  serviceRate: 1 / 160,
  abandonmentRate: 1 / 600,
  seconds: 4 * 3_600,
  seed: 21,
};
const START = clock('08:00');
const END = START + LAW.seconds * 1_000;

/** A hotline with four hours of experience, all agents busy and `waiting` more in the line. */
function busyHotline(waiting: number) {
  const place = followed(hotline({ expectedSeconds: 1_000 }));
  place.tell(madeQueue(LAW, START));
  const facts: SourceEvent[] = [];
  for (const contact of place.state.contacts.values())
    if (phaseOf(contact) === 'serving') facts.push(told(END, 'contact.ended', { contact: contact.id }));
  for (let i = 0; i < LAW.agents; i++) {
    facts.push(told(END, 'contact.queued', { contact: `s${i}`, queue: 'q' }));
    facts.push(told(END, 'contact.started', { contact: `s${i}`, agent: `a${i}` }));
  }
  for (const contact of place.state.queues.get('q')?.waiting.keys() ?? [])
    facts.unshift(told(END, 'contact.abandoned', { contact }));
  for (let i = 0; i < waiting; i++)
    facts.push(told(END + i, 'contact.queued', { contact: `w${i}`, queue: 'q' }));
  place.tell(facts);
  return place;
}

const NOW = END + 1_000;
const meanOf = (estimate: WaitEstimate | null): number => estimate?.mean ?? NaN;

describe('the estimate for one who comes now', () => {
  it('is no wait when somebody is free', () => {
    const place = followed(hotline());
    place.tell([told('08:00', 'agent.signedIn', { agent: 'a', queues: ['q'] })]);
    expect(estimateNewcomer(place.at('08:01'), 'q').estimate).toEqual({
      mean: 0,
      p10: 0,
      p20: 0,
      p50: 0,
      p80: 0,
      p90: 0,
    });
  });

  it('is near the law of the queue, grows with the line, and its quantiles rise', () => {
    const means = [0, 2, 5, 9].map((waiting) => {
      const { estimate } = estimateNewcomer(busyHotline(waiting).at(NOW), 'q');
      const law = meanWait({ ...LAW, ahead: waiting, capacity: LAW.agents, overtakingRate: 0 });
      expect(meanOf(estimate) / law).toBeGreaterThan(0.6);
      expect(meanOf(estimate) / law).toBeLessThan(1.6);
      const { p10, p20, p50, p80, p90 } = estimate ?? {};
      expect([p10, p20, p50, p80, p90]).toEqual([p10, p20, p50, p80, p90].toSorted((a = 0, b = 0) => a - b));
      return meanOf(estimate);
    });
    expect(means).toEqual(means.toSorted((a, b) => a - b));
  });

  it('knows the plan: longer when somebody goes, shorter when somebody comes', () => {
    const around = busyHotline(6).at(NOW);
    const unplanned = meanOf(estimateNewcomer(around, 'q').estimate);
    const going = estimateNewcomer(
      {
        ...around,
        plan: [
          [0, 4],
          [30, 2],
        ],
      },
      'q',
    ).estimate;
    const coming = estimateNewcomer(
      {
        ...around,
        plan: [
          [0, 4],
          [30, 8],
        ],
      },
      'q',
    ).estimate;
    expect(meanOf(going)).toBeGreaterThan(1.3 * unplanned);
    expect(meanOf(coming)).toBeLessThan(0.85 * unplanned);
    expect(estimateNewcomer({ ...around, plan: [[0, 4]] }, 'q').estimate?.mean).toBeCloseTo(unplanned, 6);
  });

  it('before the planned opening contains the time until then', () => {
    const place = busyHotline(3);
    place.tell([0, 1, 2, 3].map((i) => told(NOW, 'contact.ended', { contact: `s${i}` })));
    place.tell([0, 1, 2, 3].map((i) => told(NOW, 'agent.signedOut', { agent: `a${i}` })));
    const around = place.at(NOW + 1_000);
    expect(estimateNewcomer(around, 'q')).toEqual({ estimate: null, none: 'nobodyServes' });
    const { estimate } = estimateNewcomer(
      {
        ...around,
        plan: [
          [0, 0],
          [900, 2],
        ],
      },
      'q',
    );
    expect(estimate?.p10).toBeGreaterThan(900);
    expect(meanOf(estimate)).toBeLessThan(1_400);
  });
});

describe('the estimate for one who waits', () => {
  it('shrinks towards the head of the line', () => {
    const around = busyHotline(5).at(NOW);
    const means = customersOf(around.state, 'q').map((customer) =>
      meanOf(estimateWaiting(around, customer).estimate),
    );
    expect(means).toHaveLength(5);
    expect(means).toEqual(means.toSorted((a, b) => a - b));
    expect(means[4]).toBeLessThan(1.2 * meanOf(estimateNewcomer(around, 'q').estimate));
  });

  it('is right on the whole about the further wait, by its own record', () => {
    const place = followed(hotline());
    place.tell(madeQueue({ ...LAW, seconds: 40 * 3_600 }, START));
    const { estimated, actual } = place.record.laterBias;
    expect(estimated.weight).toBeGreaterThan(200);
    expect(actual.sum / estimated.sum).toBeGreaterThan(0.85);
    expect(actual.sum / estimated.sum).toBeLessThan(1.15);
  });
});

describe('no estimate', () => {
  it('where nobody serves the queue', () => {
    expect(estimateNewcomer(busyHotline(1).at(NOW), 'other').none).toBe('nobodyServes');
  });

  it('[LV3] when the source is silent', () => {
    const place = busyHotline(1);
    expect(estimateNewcomer(place.at(NOW + 990_000), 'q').none).toBeNull();
    expect(estimateNewcomer(place.at(NOW + 1_010_000), 'q').none).toBe('sourceSilent');
  });

  it('before the first services have ended', () => {
    const place = followed(hotline());
    place.tell([
      told('08:00', 'contact.queued', { contact: 'a', queue: 'q' }),
      told('08:00', 'contact.started', { contact: 'a', agent: 'a' }),
    ]);
    expect(estimateNewcomer(place.at('08:01'), 'q').none).toBe('tooLittleKnown');
  });
});

describe('a level feed', () => {
  const told5 = (fields: {
    waiting: number;
    countersOpen?: number;
    averageServiceSeconds?: number;
    longestWaitSeconds?: number;
  }) => {
    const place = followed(hall());
    place.tell([told('10:00', 'queue.observed', { queue: 'personal', ...fields })]);
    return estimateNewcomer(place.at('10:01'), 'personal');
  };

  it('is believed when it says how many serve and how long', () => {
    const { estimate } = told5({ waiting: 6, countersOpen: 3, averageServiceSeconds: 240 });
    const line = {
      ahead: 6,
      capacity: 3,
      serviceRate: 1 / 240,
      abandonmentRate: 1 / 3_600,
      overtakingRate: 0,
    };
    expect(meanOf(estimate)).toBeCloseTo(meanWait(line), 6);
    expect(estimate?.p80).toBeGreaterThan(meanOf(estimate));
  });

  it('gives no estimate without service times, with no counter open, or with numbers that cannot be', () => {
    expect(told5({ waiting: 6, countersOpen: 3 }).none).toBe('noServiceTimes');
    expect(told5({ waiting: 6, averageServiceSeconds: 240 }).none).toBe('noServiceTimes');
    expect(told5({ waiting: 6, countersOpen: 0, averageServiceSeconds: 240 }).none).toBe('nobodyServes');
    const contradiction = {
      waiting: 0,
      countersOpen: 3,
      averageServiceSeconds: 240,
      longestWaitSeconds: 600,
    };
    expect(told5(contradiction).none).toBe('sourceFrozen');
  });

  it('gives none while it is frozen', () => {
    const place = followed(hall());
    for (let minute = 0; minute <= 55; minute += 5) {
      const when = `10:${minute.toString().padStart(2, '0')}`;
      const same = { queue: 'personal', waiting: 6, countersOpen: 3, averageServiceSeconds: 240 };
      place.tell([told(when, 'queue.observed', same)]);
    }
    expect(estimateNewcomer(place.at('10:56'), 'personal').none).toBe('sourceFrozen');
  });
});
