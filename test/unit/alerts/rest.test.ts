import { describe, expect, it } from 'vitest';
import { evaluate, type Watches } from '#server/domain/alerts/evaluate.ts';
import { type Foretold, readingsOf } from '#server/domain/alerts/readings.ts';
import { restsUntil } from '#server/domain/alerts/rest.ts';
import { createRng } from '#server/rng.ts';
import { given } from '#test/support/given.ts';
import { clock, hall, told } from '#test/support/profiles.ts';
import { randomDay } from '#test/support/random-day.ts';

const SECOND_MS = 1_000;
const profile = hall();
const wall = { id: 'w1', name: 'Entrance' };

/** A place looked at from `from` on, as the duty does, and some of its walls that are silent since 100 s before. */
function lookAt(place: ReturnType<typeof given>, from: number, walls: readonly (typeof wall)[] = []) {
  const { live } = place.at(from);
  const watches: Watches = new Map();
  const foretold: Foretold = () => ({ breachProbability: 0.2, breachAt: null, madeAt: from });
  const look = (now: number) => {
    const silent = () => walls.map((each) => ({ ...each, silentSeconds: (now - from) / SECOND_MS + 100 }));
    const readings = readingsOf(live, profile, now, foretold, silent);
    const facts = evaluate(live.alerts, watches, readings, now);
    return { facts, watches: [...watches.values()], until: restsUntil(live.alerts, watches, readings, now) };
  };
  return look;
}

describe('a branch of which nothing is told', () => {
  it('in whatever state it is: nothing turns while it rests', () => {
    const from = clock('10:00');
    let rested = 0;
    for (let seed = 1; seed <= 24; seed++) {
      const next = randomDay(createRng(seed));
      const facts = Array.from({ length: 2 * seed }, (_, i) => next(from - (2 * seed - i) * 20 * SECOND_MS));
      const look = lookAt(given(profile).events(facts), from, seed % 2 === 0 ? [wall] : []);
      for (let now = from; now < from + 3_600 * SECOND_MS;) {
        const { until } = look(now);
        for (let at = now + SECOND_MS; at < until; at += SECOND_MS) {
          const seen = look(at);
          rested += 1;
          expect(seen.facts).toEqual([]);
          expect(seen.watches.filter(({ on, turningSince }) => on || turningSince !== null)).toEqual([]);
        }
        now = Math.max(until, now + 5 * SECOND_MS);
      }
    }
    expect(rested).toBeGreaterThan(2_000);
  });

  it('is looked at when a wait reaches its limit, and every time from then on', () => {
    const from = clock('10:14');
    const heard = told('10:14', 'source.heartbeat', {});
    const look = lookAt(
      given(profile).events([told('10:00', 'contact.queued', { contact: 'k', queue: 'personal' }), heard]),
      from,
    );
    expect(look(clock('10:14:45')).until).toBe(clock('10:15'));
    expect(look(clock('10:15')).until).toBe(clock('10:15'));
  });

  it('is looked at within half a minute, whatever it says', () => {
    const from = clock('10:00');
    expect(lookAt(given(profile), from)(from).until).toBe(from + 30 * SECOND_MS);
  });
});
