import { describe, expect, it } from 'vitest';
import { nobodyWaits, standsStillUntil } from '#server/domain/metrics/standstill.ts';
import { projectRow } from '#server/publish/project.ts';
import { createRng } from '#server/rng.ts';
import { given } from '#test/support/given.ts';
import { clock, hall, told } from '#test/support/profiles.ts';
import { randomDay } from '#test/support/random-day.ts';

const SECOND_MS = 1_000;
const profile = hall();

/** A place after a lively while, from which everybody who waited has gone. */
function emptied(facts: number, seed: number, until: number) {
  const next = randomDay(createRng(seed));
  const place = given(profile).events(
    Array.from({ length: facts }, (_, i) => next(until - (facts - i) * 15 * SECOND_MS)),
  );
  const { live } = place.at(until);
  const waiting = [...live.state.queues.values()].flatMap((queue) => [...queue.waiting.keys()]);
  place.events(waiting.map((contact) => told(until, 'contact.abandoned', { contact })));
  return live;
}

describe('a branch of which nothing is told', () => {
  it('stands still as long as it says, while nobody waits: through its windows, its closing and its silence', () => {
    let seconds = 0;
    for (const [seed, from] of ['08:58:20', '10:07', '16:56:40'].entries()) {
      const start = clock(from);
      const live = emptied(150, seed, start);
      expect(nobodyWaits(live.state)).toBe(true);
      for (let now = start; now < start + 2_400 * SECOND_MS;) {
        const row = projectRow(live, profile, now);
        const until = standsStillUntil(live.state, profile, now);
        expect(until).toBeGreaterThan(now);
        for (; now < until; now += SECOND_MS, seconds++) expect(projectRow(live, profile, now)).toEqual(row);
      }
    }
    expect(seconds).toBeGreaterThan(7_000);
  });

  it('moves on all the time while somebody waits', () => {
    const { live } = given(profile)
      .events([told('10:00', 'contact.queued', { contact: 'k', queue: 'personal' })])
      .at('10:01');
    expect(standsStillUntil(live.state, profile, clock('10:01'))).toBe(clock('10:01'));
  });
});
