/** A source of chance: the next number in [0, 1). Seeded, so that the same seed gives the same numbers. */
export type Rng = () => number;

const UINT32 = 0x1_0000_0000;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Mulberry32: 32 bits of state, period 2³², good enough for simulation and never for secrets. */
export function createRng(seed: number): Rng {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32;
  };
}

/** A seed for one part of something larger, so that each part draws its own numbers (FNV-1a of the parts). */
export function seedOf(...parts: (string | number)[]): number {
  let hash = FNV_OFFSET;
  for (const char of parts.join('\u0000')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), FNV_PRIME);
  return hash >>> 0;
}
