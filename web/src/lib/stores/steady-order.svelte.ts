/** The order of a list that changes under people's eyes: calm, and still while somebody points at it (rule LV6). */
import { displaced, sameOrder, settle } from '#lib/selectors/order.ts';
import { clock } from './clock.svelte.ts';

/** A list goes on moving this long after the pointer has left it, ms. */
const LINGER_MS = 2_000;

const NONE: ReadonlySet<string> = new Set();

/** What goes with an order. */
interface Wish {
  now?: boolean;
  /** Rows that are in breach. */
  breached?: ReadonlySet<string>;
}

export class SteadyOrder {
  /** Ids in the order to show. */
  shown = $state.raw<readonly string[]>([]);
  /** Pointer or keyboard focus is in the list. */
  held = $state(false);
  #wanted = $state.raw<readonly string[]>([]);
  #sortedAt = 0;
  #breached: ReadonlySet<string> = new Set();

  /** How many rows would move if the order were brought up to date now. */
  waiting = $derived(displaced(this.shown, this.#wanted));

  /**
   * Takes the order that would be right. It is shown at the next second of the clock unless the list is held;
   * rows that come or go do so at once, and so do those that are in breach since the last call. `now` asks for the
   * right order at once, as after a change of filter.
   */
  want(wanted: readonly string[], { now = false, breached = NONE }: Wish = {}): void {
    const due = clock.beatAt !== this.#sortedAt;
    const urgent = [...breached].filter((id) => !this.#breached.has(id));
    this.#breached = breached;
    const next = settle(this.shown, wanted, !now && (this.held || !due), urgent);
    if (!this.held) this.#sortedAt = clock.beatAt;
    if (!sameOrder(next, this.shown)) this.shown = next;
    if (!sameOrder(wanted, this.#wanted)) this.#wanted = wanted;
  }

  /** Brings the order up to date although the list is held. */
  update(): void {
    this.shown = this.#wanted;
  }

  /** For the list's element: notices pointer and keyboard focus in it. */
  readonly watch = (list: HTMLElement): (() => void) => {
    let pointer = false;
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const set = () => {
      const focus = list.querySelector(':focus-visible') !== null;
      this.held = pointer || focus;
    };
    const listeners: Record<string, (event: Event) => void> = {
      pointerenter: (event) => {
        clearTimeout(leaving);
        pointer = (event as PointerEvent).pointerType === 'mouse';
        set();
      },
      pointerleave: () => {
        leaving = setTimeout(() => {
          pointer = false;
          set();
        }, LINGER_MS);
      },
      focusin: set,
      focusout: () => queueMicrotask(set),
    };
    for (const [name, listener] of Object.entries(listeners)) list.addEventListener(name, listener);
    return () => {
      clearTimeout(leaving);
      for (const [name, listener] of Object.entries(listeners)) list.removeEventListener(name, listener);
    };
  };
}
