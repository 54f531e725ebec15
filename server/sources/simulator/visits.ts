import { createRng, seedOf, type Rng } from '#server/rng.ts';
import { between, lognormal, lognormalAround } from './chance.ts';
import { MINUTE_MS, SECOND_MS, type HallQueue, type HallSpec } from './hall-spec.ts';

/** Spread of service times: coefficient of variation of a lognormal, as measured at service counters. */
const SERVICE_VARIATION = 0.7;
const SHORTEST_SERVICE_SECONDS = 25;
/** Half of all would have left after this wait; people in halls are patient, but not all of them. */
const PATIENCE_MEDIAN_MINUTES = 75;
const PATIENCE_SIGMA = 1.2;
const PRIORITY_SHARE = 0.03;
/** Of those who leave, how many tell the ticket machine; the others are called in vain. */
const SAYS_GOODBYE_SHARE = 0.3;
/** Called and not there, though still in the house; how many of them come back. */
const DISTRACTED_SHARE = 0.03;
const COMES_BACK_SHARE = 0.6;
const HOLD_SHARE = 0.02;
const HOLD_FROM_SECONDS = 300;
const TRANSFER_SHARE = 0.012;

/** What one customer brings along, drawn before the day begins. */
export interface Visit {
  contact: string;
  ticket: string;
  queue: string;
  arrivesAt: number;
  priority: number;
  serviceMs: number;
  /** Leaves when not called by then, epoch milliseconds; quietly, or telling the machine. */
  leavesAt: number;
  leavesQuietly: boolean;
  /** Does not hear the first call; comes back later, or not at all. */
  missesCall: boolean;
  comesBack: boolean;
  /** The case has to wait for a colleague in the middle of the service. */
  isHeld: boolean;
  /** Has to go on to this queue after the service. */
  goesOnTo: string | null;
}

/** Everybody who comes on this day, by queue in order of arrival: exactly the recorded counts, at random within each slot. */
export function drawVisits(spec: HallSpec, seed: number): Visit[] {
  return spec.queues.flatMap((queue) => drawQueue(spec, queue, createRng(seedOf(seed, 'visits', queue.id))));
}

function drawQueue(spec: HallSpec, queue: HallQueue, rng: Rng): Visit[] {
  const arrivals = queue.arrivals.flatMap((count, slot) =>
    Array.from(
      { length: count },
      () => spec.opensAt + between(rng, slot * spec.slotMs, (slot + 1) * spec.slotMs),
    ),
  );
  const others = spec.queues.filter((other) => other !== queue);
  return arrivals
    .sort((a, b) => a - b)
    .map((arrivesAt, i) => {
      const ticket = `${queue.letter}${String(i + 1).padStart(3, '0')}`;
      const serviceSeconds = Math.max(
        SHORTEST_SERVICE_SECONDS,
        lognormal(rng, queue.serviceSeconds, SERVICE_VARIATION),
      );
      const patienceMinutes = lognormalAround(rng, PATIENCE_MEDIAN_MINUTES, PATIENCE_SIGMA);
      const goesOn = rng() < TRANSFER_SHARE;
      return {
        contact: `${spec.day}-${ticket}`,
        ticket,
        queue: queue.id,
        arrivesAt,
        priority: rng() < PRIORITY_SHARE ? 1 : 0,
        serviceMs: Math.round(serviceSeconds * SECOND_MS),
        leavesAt: arrivesAt + Math.round(patienceMinutes * MINUTE_MS),
        leavesQuietly: rng() >= SAYS_GOODBYE_SHARE,
        missesCall: rng() < DISTRACTED_SHARE,
        comesBack: rng() < COMES_BACK_SHARE,
        isHeld: rng() < HOLD_SHARE && serviceSeconds > HOLD_FROM_SECONDS,
        goesOnTo: goesOn ? (others[between(rng, 0, others.length)]?.id ?? null) : null,
      };
    });
}
