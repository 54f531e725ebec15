/** When a duration made of exponential phases is over, as a table of P(duration ≤ t). */
import type { PhaseService } from '../phase-service.ts';
import { requirePositive, requireRatio } from '../preconditions.ts';

export interface PhaseTimes {
  /** Seconds, rising from 0. */
  times: readonly number[];
  /** P(duration ≤ t), from 0 to 1. */
  reached: readonly number[];
}

/** The times of the table grow by this factor, so that fast and slow phases are followed alike. */
const GROWTH = 1.03;
/** The table begins at this part of the shortest phase … */
const FIRST_STEP = 1e-3;
/** … and ends when fewer than this share are still under way. */
const NEGLIGIBLE = 1e-6;
/** Longest step of the series, in mean times of the shortest phase, and how many terms it then needs. */
const LONGEST_STEP = 0.5;
const TERMS = 10;

/** RangeError when the phases make no law. */
export function phaseTimes(phases: PhaseService): PhaseTimes {
  requirePhases(phases);
  const fastest = Math.max(...phases.map(({ rate }) => rate));
  const times = [0];
  const reached = [0];
  let underWay = phases.map(({ begins }) => begins);
  let left = 1;
  for (let now = 0, next = FIRST_STEP / fastest; left > NEGLIGIBLE; now = next, next *= GROWTH) {
    const steps = Math.ceil(((next - now) * fastest) / LONGEST_STEP);
    for (let step = 0; step < steps; step++) underWay = advance(phases, underWay, (next - now) / steps);
    left = underWay.reduce((sum, share) => sum + share, 0);
    times.push(next);
    reached.push(left > NEGLIGIBLE ? 1 - left : 1);
  }
  return { times, reached };
}

function requirePhases(phases: PhaseService): void {
  phases.forEach(({ begins, rate, then }, phase) => {
    requireRatio('begins', begins);
    requirePositive('rate', rate);
    if (then !== null && (then <= phase || then >= phases.length))
      throw new RangeError('a phase goes on to a later phase or ends');
  });
  const begins = phases.reduce((sum, phase) => sum + phase.begins, 0);
  if (Math.abs(begins - 1) > 1e-9) throw new RangeError('the probabilities to begin must add up to 1');
}

/** The shares in each phase `seconds` later: the series of exp(T·seconds). */
function advance(phases: PhaseService, underWay: readonly number[], seconds: number): number[] {
  const after = [...underWay];
  let term = underWay;
  for (let k = 1; k <= TERMS; k++) {
    const next = phases.map(({ rate }, phase) => -rate * (term[phase] ?? 0));
    phases.forEach(({ rate, then }, phase) => {
      if (then !== null) next[then] = (next[then] ?? 0) + rate * (term[phase] ?? 0);
    });
    term = next.map((value) => (value * seconds) / k);
    term.forEach((value, phase) => (after[phase] = (after[phase] ?? 0) + value));
  }
  return after;
}
