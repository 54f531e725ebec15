/**
 * What a fold of lifecycles gives to the figures: each thing that became countable, once.
 * Figures, history and reports all count these and nothing else, so they cannot disagree.
 *
 * Spells that run backwards (`to` < `from`) and wrap-ups below zero take away what was counted before a late fact came.
 */
import type { AlertLogEntry, AlertRecord } from '#shared/alerts.ts';
import type { MoveRecord } from '#shared/moves.ts';
import type { AgentActivity, CounterActivity } from '#shared/views.ts';
import type { Visit } from './visit.ts';

export type Outcome =
  /** A visit to a queue began. */
  | { kind: 'offered'; queue: string; at: number }
  /**
   * Its wait ended in service; `at` is the end of the wait (rule WT1). `totalWaitSeconds` adds the waits of the contact's
   * earlier visits (rule WT4); `answerSeconds` is from call to start, `null` when one of them was not told or does not count.
   */
  | {
      kind: 'answered';
      queue: string;
      at: number;
      queuedAt: number;
      waitSeconds: number;
      totalWaitSeconds: number;
      answerSeconds: number | null;
    }
  /** It left before service (rule AB1). */
  | { kind: 'abandoned'; queue: string; at: number; queuedAt: number; waitSeconds: number }
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
      counter: string | null;
    }
  /** The agent finished the work after a contact of this queue (rule HT1). */
  | { kind: 'wrappedUp'; queue: string; at: number; wrapUpSeconds: number; agent: string }
  /** A customer gave `score` (ratio 0–1). */
  | { kind: 'rated'; contact: string; queue: string | null; at: number; score: number }
  /** An agent who signed in did this from `from` to `to`. */
  | { kind: 'agentSpent'; agent: string; activity: AgentActivity; from: number; to: number }
  /** A counter was in this state from `from` to `to`. */
  | { kind: 'counterSpent'; counter: string; activity: CounterActivity; from: number; to: number }
  /**
   * From `from` to `to` a level feed stood by what it had said at `at`; how long that is worth anything, who counts must
   * say. `tickets`: how far its ticket numbers went on until the next word, `null` when that is not known (yet).
   */
  | {
      kind: 'observed';
      queue: string;
      at: number;
      from: number;
      to: number;
      waiting: number;
      countersOpen: number | null;
      tickets: number | null;
    }
  /** A visit is over and nothing can change it any more. */
  | { kind: 'visit'; visit: Visit }
  /** A source told a fact (rule DQ1); `silentSince` is its last word before. Times are receipts. */
  | {
      kind: 'heard';
      source: string;
      at: number;
      silentSince: number | null;
      late: boolean;
      repeated: boolean;
      skewSeconds: number;
    }
  /** So many facts of a source were known by their id, or refused at the door (rule DQ1). */
  | { kind: 'refused'; source: string; at: number; duplicate: number; rejected: number }
  /** A source told of a contact that was called, started or ended, but not how it came to that (rule DQ1). */
  | { kind: 'implied'; source: string; at: number }
  /** A source never told how a contact ended (rule DQ1). */
  | { kind: 'unfinished'; source: string; at: number }
  /** A step in the life of an alert, and the alert as it stands after it. */
  | { kind: 'alert'; record: AlertRecord; entry: AlertLogEntry }
  /** A suggestion as it stands after a step in its life. */
  | { kind: 'move'; record: MoveRecord };

/** Where the fold puts outcomes, in the order they became known. */
export type Outcomes = Outcome[];
