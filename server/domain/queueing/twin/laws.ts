/** How long services last and customers are ready to wait, as told by the one who asks. Times in seconds. */
import type { PhaseService } from '../phase-service.ts';

/** How long something lasts. */
export type DurationLaw =
  | { law: 'exponential'; mean: number }
  /** `variation` is the coefficient of variation: standard deviation over mean. */
  | { law: 'lognormal'; mean: number; variation: number }
  | { law: 'fixed'; seconds: number }
  /** Quantiles at evenly spaced probabilities, the first at 0, the last at 1: a measured distribution. */
  | { law: 'quantiles'; seconds: readonly number[] }
  | { law: 'phases'; phases: PhaseService };

type Staying =
  | DurationLaw
  | { law: 'never' }
  /** Leaves at `rate` per second from that wait on, as read from censored waits by Kaplan and Meier; the first `from` is 0. */
  | { law: 'hazard'; pieces: readonly { from: number; rate: number }[] };

/** How long a customer waits before leaving. */
export type PatienceLaw =
  | Staying
  /** The share `balk` (0–1) leaves rather than wait at all. */
  | { law: 'balking'; balk: number; others: Staying };
