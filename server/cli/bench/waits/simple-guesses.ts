/** Simple ways to guess a wait, from what is known when it begins: what an estimate must beat. */
import type { Outcome } from '../../../domain/branch/outcome.ts';
import type { BranchState } from '../../../domain/branch/state.ts';

/** Seconds. */
export interface Guesses {
  /** The wait of the last in the queue to enter service (LES). */
  les: number;
  /** How long the head of the queue has waited (HOL). */
  hol: number;
  /** (waiting + 1) services shared by those who serve now (QL). */
  ql: number;
}

export interface SimpleGuesses {
  /** What would be said to a contact that has just joined a queue. */
  of(state: BranchState, queue: string, contact: string): Guesses;
  /** Takes in what became countable. */
  learn(outcome: Outcome): void;
}

/** Mean service until the first one ended, seconds. */
const FIRST_SERVICE_SECONDS = 180;

export function createSimpleGuesses(): SimpleGuesses {
  const lastWait = new Map<string, number>();
  let services = 1;
  let serviceSeconds = FIRST_SERVICE_SECONDS;
  return {
    of(state, queue, contact) {
      let hol = 0;
      let waiting = 0;
      for (const { id, waiting: line } of state.queues.values()) {
        for (const [other, queuedAt] of line) {
          if (other === contact) continue;
          waiting += 1;
          if (id === queue) hol = Math.max(hol, (state.now - queuedAt) / 1_000);
        }
      }
      let serving = 0;
      for (const { activity } of state.agents.values()) if (activity === 'serving') serving += 1;
      const ql = ((waiting + 1) * (serviceSeconds / services)) / Math.max(1, serving);
      return { les: lastWait.get(queue) ?? 0, hol, ql };
    },
    learn(outcome) {
      if (outcome.kind === 'answered') lastWait.set(outcome.queue, outcome.waitSeconds);
      if (outcome.kind !== 'handled') return;
      services += 1;
      serviceSeconds += outcome.serviceSeconds;
    },
  };
}
