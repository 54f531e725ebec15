import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrivalMix, MIX_BITS } from '#server/domain/queueing/twin/arrival-mix.ts';

const HORIZON = 3_600;

const rate = fc.oneof(fc.constant(0), fc.double({ min: 1e-4, max: 1, noNaN: true }));
const queues = fc.array(
  fc.tuple(rate, rate).map(
    ([before, after]) =>
      [
        [0, before],
        [600, after],
      ] as const,
  ),
  { minLength: 1, maxLength: 40 },
);

/** How often each queue is drawn in a stretch, 0–1, by what thresholds and choices say. */
function drawn(
  { columnBits, thresholds, choices }: ReturnType<typeof arrivalMix>,
  stretch: number,
): number[] {
  const columns = 1 << columnBits;
  const whole = 1 << (MIX_BITS - columnBits);
  const shares: number[] = [];
  for (let place = stretch * columns; place < (stretch + 1) * columns; place++) {
    const own = (thresholds[place] ?? 0) / whole / columns;
    const [first = 0, second = 0] = [choices[2 * place], choices[2 * place + 1]];
    shares[first] = (shares[first] ?? 0) + own;
    shares[second] = (shares[second] ?? 0) + 1 / columns - own;
  }
  return shares;
}

it('draws each queue as often as it has a part in the arrivals, one without arrivals never', () => {
  fc.assert(
    fc.property(queues, (rates) => {
      const mix = arrivalMix(rates, HORIZON);
      expect([...mix.ends]).toEqual([600, HORIZON]);
      mix.ends.forEach((_, stretch) => {
        const own = rates.map((steps) => steps[stretch]?.[1] ?? 0);
        const total = own.reduce((sum, each) => sum + each, 0);
        expect(mix.rates[stretch]).toBeCloseTo(total, 9);
        if (total === 0) return;
        const shares = drawn(mix, stretch);
        shares.forEach((share, queue) => {
          const part = (own[queue] ?? 0) / total;
          if (part === 0) expect(share).toBe(0);
          else expect(share).toBeCloseTo(part, 4);
        });
      });
    }),
  );
});
