/** Why the branches in most trouble are slow, as history tells it: asked for now and then, a few at a time. */
import { onDestroy } from 'svelte';
import type { DriverReportRow } from '#shared/drivers.ts';
import { sameOrder } from '#lib/selectors/order.ts';
import { clock } from './clock.svelte.ts';
import { loadDrivers } from './history.ts';

/** What is true of an hour does not change sooner, ms. */
const AGAIN_MS = 300_000;
/** A new list is asked for when it has stood this long, ms. */
const CALM_MS = 2_000;
const HOUR_MS = 3_600_000;

export class Causes {
  #rows = $state.raw<ReadonlyMap<string, DriverReportRow>>(new Map());
  #asked: readonly string[] = [];
  #askedAt = 0;
  #wanted: () => readonly string[];

  /** For a component, while it is made: follows the branches that `wanted` names. */
  constructor(wanted: () => readonly string[]) {
    this.#wanted = wanted;
    this.#askedAt = clock.now;
    onDestroy(clock.onBeat(() => void this.#look()));
  }

  /** What made the waits of a whole branch longer over the last hour; `undefined` while it was not asked for. */
  of(branch: string): DriverReportRow | undefined {
    return this.#rows.get(branch);
  }

  /** At least one branch has a cause, or is known to have none: before that there is nothing to show. */
  get known(): boolean {
    return [...this.#rows.values()].some(({ verdict }) => verdict !== 'unknown');
  }

  async #look(): Promise<void> {
    const wanted = this.#wanted().toSorted();
    const age = clock.now - this.#askedAt;
    if (wanted.length === 0 || age < (sameOrder(wanted, this.#asked) ? AGAIN_MS : CALM_MS)) return;
    const missing = age < AGAIN_MS ? wanted.filter((id) => !this.#rows.has(id)) : wanted;
    this.#asked = wanted;
    this.#askedAt = clock.now;
    if (missing.length === 0) return;
    try {
      const rows = await loadDrivers(missing, clock.now - HOUR_MS, clock.now);
      const next = new Map(this.#rows);
      for (const row of rows) if (row.whole && row.queue === null) next.set(row.branch, row);
      this.#rows = next;
    } catch {
      // Without an answer the column stays as it is; it is asked again.
    }
  }
}
