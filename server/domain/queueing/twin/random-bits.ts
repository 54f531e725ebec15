/** A generator for the inner loop: 32 random bits at a call, many times faster than numbers in [0, 1) one by one. */
const UINT32 = 0x1_0000_0000;
/** Calls until the seed is spread over the whole state. */
const WARM_UP = 12;

/** sfc32: 128 bits of state of which 32 count, period at least 2³². Source: C. Doty-Humphrey, PractRand. */
export class RandomBits {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;

  /** Begins anew from three seeds, whole numbers. */
  reseed(a: number, b: number, c: number): void {
    this.a = a | 0;
    this.b = b | 0;
    this.c = c | 0;
    this.counter = 1;
    for (let i = 0; i < WARM_UP; i++) this.next();
  }

  /** A whole number in [0, 2³²). */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number in (0, 1). */
  share(): number {
    return (this.next() + 0.5) / UINT32;
  }

  /** A standard normal (Box & Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.share())) * Math.cos(2 * Math.PI * this.share());
  }

  /** Exponential of mean 1. */
  exponential(): number {
    return -Math.log(this.share());
  }

  /** Gamma of this shape and scale 1. Source: Marsaglia & Tsang 2000, with their boost for shapes below 1. */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * this.share() ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const normal = this.normal();
      const cube = (1 + c * normal) ** 3;
      if (cube > 0 && Math.log(this.share()) < (normal * normal) / 2 + d * (1 - cube + Math.log(cube)))
        return d * cube;
    }
  }
}

/** A seed for `reseed`, from the next number in [0, 1). */
export const seedFrom = (rng: () => number): number => Math.floor(rng() * UINT32);
