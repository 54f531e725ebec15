/** How long customers are ready to wait: the distributions G of M/M/n+G. Times in seconds. */
import { requireNonNegative, requirePositive, requireRatio } from './preconditions.ts';

export interface Patience {
  /** P(patience ≤ wait), 0–1; at 0 the share that leaves rather than wait at all. Infinity is allowed. */
  gone(wait: number): number;
  /** ∫₀^wait P(patience > u) du: the mean time spent waiting by somebody who would be served after `wait`. */
  spent(wait: number): number;
  /** E[patience; patience ≤ wait]: the part of that time which belongs to those who leave. */
  lost(wait: number): number;
  /** Infinity when nobody ever leaves. */
  mean: number;
  /** Waits at which `gone` jumps or bends. */
  kinks: readonly number[];
  /** The shortest time in which `gone` changes by much; sets how finely it is integrated. */
  scale: number;
}

/** P(N ≥ least) of a Poisson number, without loss of digits for a small mean. */
function atLeast(least: number, mean: number): number {
  if (mean === Infinity) return 1;
  let term = Math.exp(-mean);
  let sum = 0;
  let k = 0;
  for (; k < least; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  if (mean > 1) return 1 - sum;
  for (sum = term; term > sum * Number.EPSILON; k++) sum += term *= mean / (k + 1);
  return sum;
}

/** Leaves at `rate` per second whatever the wait so far (M/M/n+M, Erlang A); 0 means never. */
export function exponentialPatience(rate: number): Patience {
  requireNonNegative('abandonmentRate', rate);
  if (rate === 0)
    return {
      gone: () => 0,
      spent: (wait) => wait,
      lost: () => 0,
      mean: Infinity,
      kinks: [],
      scale: Infinity,
    };
  return {
    gone: (wait) => -Math.expm1(-rate * wait),
    spent: (wait) => -Math.expm1(-rate * wait) / rate,
    lost: (wait) => atLeast(2, rate * wait) / rate,
    mean: 1 / rate,
    kinks: [],
    scale: 1 / rate,
  };
}

/** Everybody leaves after exactly `limit`; 0 means rather than wait at all. */
export function fixedPatience(limit: number): Patience {
  requireNonNegative('limit', limit);
  return {
    gone: (wait) => (wait < limit ? 0 : 1),
    spent: (wait) => Math.min(wait, limit),
    lost: (wait) => (wait < limit ? 0 : limit),
    mean: limit,
    kinks: [limit],
    scale: Infinity,
  };
}

/** Spread evenly over 0 to `longest`. */
export function uniformPatience(longest: number): Patience {
  requirePositive('longest', longest);
  return {
    gone: (wait) => Math.min(1, wait / longest),
    spent: (wait) => (wait < longest ? wait - (wait * wait) / (2 * longest) : longest / 2),
    lost: (wait) => Math.min(wait, longest) ** 2 / (2 * longest),
    mean: longest / 2,
    kinks: [longest],
    scale: longest,
  };
}

/** Two exponential phases in a row: few leave at once. */
export function erlang2Patience(mean: number): Patience {
  requirePositive('mean', mean);
  const rate = 2 / mean;
  const lost = (wait: number) => mean * atLeast(3, rate * wait);
  const gone = (wait: number) => atLeast(2, rate * wait);
  return {
    gone,
    spent: (wait) => (wait === Infinity ? mean : lost(wait) + wait * (1 - gone(wait))),
    lost,
    mean,
    kinks: [],
    scale: mean / 2,
  };
}

/** Each part of the customers is exponential with a mean of its own; the shares add up to 1. */
export function mixedPatience(parts: readonly { share: number; mean: number }[]): Patience {
  for (const { share, mean } of parts) {
    requireRatio('share', share);
    requirePositive('mean', mean);
  }
  const sum = (of: (share: number, mean: number) => number) =>
    parts.reduce((total, { share, mean }) => total + of(share, mean), 0);
  return {
    gone: (wait) => sum((share, mean) => -share * Math.expm1(-wait / mean)),
    spent: (wait) => sum((share, mean) => -share * mean * Math.expm1(-wait / mean)),
    lost: (wait) => sum((share, mean) => share * mean * atLeast(2, wait / mean)),
    mean: sum((share, mean) => share * mean),
    kinks: [],
    scale: Math.min(...parts.map(({ mean }) => mean)),
  };
}

/** The share `balk` leaves rather than wait at all, the others by `patience`. */
export function withBalking(balk: number, patience: Patience): Patience {
  requireRatio('balk', balk);
  const stay = 1 - balk;
  return {
    gone: (wait) => balk + stay * patience.gone(wait),
    spent: (wait) => stay * patience.spent(wait),
    lost: (wait) => stay * patience.lost(wait),
    mean: stay * patience.mean,
    kinks: patience.kinks,
    scale: patience.scale,
  };
}

/**
 * Leaves at a rate that depends on the wait so far: `rate` per second from `from` on, as read from censored
 * waits by the method of Kaplan and Meier. The first piece begins at 0.
 */
export function hazardPatience(pieces: readonly { from: number; rate: number }[]): Patience {
  const [first] = pieces;
  if (first?.from !== 0) throw new RangeError('the first piece of the hazard must begin at 0');
  const table: Piece[] = [];
  let last: Piece = { from: 0, rate: first.rate, gone: 0, spent: 0, lost: 0 };
  for (const { from, rate } of pieces) {
    requireNonNegative('rate', rate);
    if (from < last.from) throw new RangeError('the pieces of the hazard must be in order');
    last = { from, rate, ...reached(last, from) };
    table.push(last);
  }
  const at = (wait: number) => reached(table.findLast(({ from }) => from <= wait) ?? last, wait);
  return {
    gone: (wait) => at(wait).gone,
    spent: (wait) => at(wait).spent,
    lost: (wait) => at(wait).lost,
    mean: at(Infinity).spent,
    kinks: pieces.slice(1).map(({ from }) => from),
    scale: 1 / Math.max(...pieces.map(({ rate }) => rate)),
  };
}

/** What `Patience` says of one wait. */
type Reached = Record<'gone' | 'spent' | 'lost', number>;

/** A piece of the hazard, with what holds where it begins. */
type Piece = Reached & { from: number; rate: number };

/** What holds at `wait`, inside the piece that holds it. */
function reached({ from, rate, gone, spent, lost }: Piece, wait: number): Reached {
  if (wait === from) return { gone, spent, lost };
  const stayed = 1 - gone;
  if (rate === 0) return { gone, spent: spent + stayed * (wait - from), lost };
  const left = atLeast(1, rate * (wait - from));
  return {
    gone: gone + stayed * left,
    spent: spent + (stayed * left) / rate,
    lost: lost + stayed * (from * left + atLeast(2, rate * (wait - from)) / rate),
  };
}
