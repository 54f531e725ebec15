import type { SourceEventInput } from '#shared/events.ts';
import type { Rng } from '#server/rng.ts';
import { Timeline } from '../timeline.ts';
import { between } from './chance.ts';
import { SECOND_MS } from './hall-spec.ts';

/** A fact of the simulation, `at` in epoch milliseconds. */
export type Fact = SourceEventInput & { at: number };
/** A fact before it has an id and a time. */
export type FactBody = Fact extends infer F ? (F extends Fact ? Omit<F, 'id' | 'at'> : never) : never;

/** What is still to happen on a simulated day, and what has been told of it. */
export class DayScript {
  readonly #key: string;
  readonly #rng: Rng;
  readonly #plan = new Timeline<() => void>();
  #facts: Fact[] = [];
  #told = 0;
  #now: number;

  /** `key` begins the ids of its facts. */
  constructor(key: string, startMs: number, rng: Rng) {
    this.#key = key;
    this.#now = startMs;
    this.#rng = rng;
  }

  get now(): number {
    return this.#now;
  }

  get isOver(): boolean {
    return this.#plan.size === 0;
  }

  /** Plans an action for this time, or for now when that has passed. */
  at(timeMs: number, action: () => void): void {
    this.#plan.add(Math.max(timeMs, this.#now), action);
  }

  /** Plans an action after a random number of seconds; when it will be. */
  after([from, to]: readonly [number, number], action: () => void): number {
    const time = this.#now + between(this.#rng, from * SECOND_MS, to * SECOND_MS);
    this.at(time, action);
    return time;
  }

  tell(body: FactBody): void {
    this.#told += 1;
    this.#facts.push({ id: `${this.#key}-${this.#told}`, at: this.#now, ...body });
  }

  /** Lets everything happen that is due; what was told of it. */
  advanceTo(timeMs: number): Fact[] {
    while (this.#plan.nextAt <= timeMs) {
      this.#now = this.#plan.nextAt;
      this.#plan.take()?.();
    }
    const facts = this.#facts;
    this.#facts = [];
    return facts;
  }
}
