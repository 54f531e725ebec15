import { describe, expect, it } from 'vitest';
import { type Planted, type Run, simulate } from '#test/support/simulation.ts';

const SEEDS = 200;
/** A planted fault that is not noticed within this many seeds would not be noticed at all. */
const SEEDS_TO_NOTICE = 20;
const DAMAGE = 0.3;

async function failures(seeds: Iterable<number>, run: Run): Promise<{ seed: number; broken: string[] }[]> {
  const failed = [];
  for (const seed of seeds) {
    const broken = await simulate(seed, run);
    if (broken.length > 0) failed.push({ seed, broken });
  }
  return failed;
}

const seedsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first + i);

describe('consoles over a network that loses, doubles, delays and cuts, and servers that restart', () => {
  it(`[LV4] never show a mixture, and end up with what the server shows: ${SEEDS} seeds`, async () => {
    expect(await failures(seedsFrom(1, SEEDS), {})).toEqual([]);
  }, 60_000);

  it('[LV5] get right again when a value was damaged: the hash finds drift that no gap shows', async () => {
    expect(await failures(seedsFrom(1, SEEDS_TO_NOTICE), { damage: DAMAGE })).toEqual([]);
  });
});

describe('the simulation notices a console', () => {
  it.each([
    ['no gap check', {}],
    ['frames applied again', {}],
    ['deaf to heartbeats', {}],
    ['no hash', { damage: DAMAGE }],
  ] satisfies [Planted, Run][])('with the fault: %s', async (planted, run) => {
    expect(await failures(seedsFrom(1, SEEDS_TO_NOTICE), { ...run, planted })).not.toEqual([]);
  });
});
