/**
 * What a fold of lifecycles gives to the figures: each thing that became countable, once.
 * Figures, history and reports all count these and nothing else, so they cannot disagree.
 */
import type { AgentActivity, CounterActivity } from '#shared/views.ts';

export type Outcome =
  /** A visit to a queue began. */
  | { kind: 'offered'; queue: string; at: number }
  /** Its wait ended in service; `at` is the end of the wait (rule WT1), `waitSeconds` ≥ 0. */
  | { kind: 'answered'; queue: string; at: number; waitSeconds: number }
  /** It left before service (rule AB1). */
  | { kind: 'abandoned'; queue: string; at: number; waitSeconds: number }
  /** It was sent to another queue before service (rule WT4). */
  | { kind: 'rerouted'; queue: string; at: number }
  /** Called and not there, or ring not answered. */
  | { kind: 'missed'; queue: string; at: number }
  /** Service ended; `serviceSeconds` includes `holdSeconds`; the queue of an implied contact may never become known. */
  | {
      kind: 'handled';
      queue: string | null;
      at: number;
      serviceSeconds: number;
      holdSeconds: number;
      agent: string | null;
    }
  /** The agent finished the work after a contact of this queue (rule HT1). */
  | { kind: 'wrappedUp'; queue: string; at: number; wrapUpSeconds: number; agent: string }
  /** A customer gave `score` (ratio 0–1). */
  | { kind: 'rated'; queue: string | null; at: number; score: number }
  /** An agent who signed in did this from `from` to `to`. */
  | { kind: 'agentSpent'; agent: string; activity: AgentActivity; from: number; to: number }
  /** A counter was in this state from `from` to `to`. */
  | { kind: 'counterSpent'; counter: string; activity: CounterActivity; from: number; to: number };

/** Where the fold puts outcomes, in the order they became known. */
export type Outcomes = Outcome[];
