/** New calls as they are read out to people: together, and never so often that nobody can listen. */
import type { CallRow } from '#shared/customer-wall.ts';
import { clock } from './clock.svelte.ts';

/** A live region changes at most this often, ms. */
const TOLD_EVERY_MS = 10_000;

export class CallNews {
  /** What is told now, the first call first. */
  told = $state.raw<readonly CallRow[]>([]);
  #toldAt = -Infinity;
  /** Calls up to then are told, or were there before anybody listened; epoch ms, `null` before the first look. */
  #upTo: number | null = null;

  /** For a component, while it is made: follows `calls`, which come newest first; `null` while they are not known. */
  constructor(calls: () => readonly CallRow[] | null) {
    $effect(() => {
      const known = calls();
      if (known !== null) this.#look(known);
    });
  }

  #look(calls: readonly CallRow[]): void {
    const newest = calls[0]?.calledAt ?? -Infinity;
    const since = (this.#upTo ??= newest);
    const fresh = calls.filter(({ calledAt }) => calledAt > since);
    if (fresh.length === 0 || clock.beatAt - this.#toldAt < TOLD_EVERY_MS) return;
    this.#upTo = newest;
    // Not the last beat: that may be a second ago, and then the next news would come too soon.
    this.#toldAt = performance.now();
    this.told = fresh.toReversed();
  }
}
