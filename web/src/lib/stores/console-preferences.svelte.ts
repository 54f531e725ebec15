/** What this browser keeps of how consoles look and wait; apart from what walls need too. */
import type { Display } from '#shared/accounts.ts';
import { DENSITIES, type Density } from '#shared/densities.ts';
import { LEAST_UNDO_SECONDS, MOST_UNDO_SECONDS } from '#shared/undo-window.ts';

/** Heights of rows, px. */
export const ROW_PX: Record<Density, number> = { compact: 44, regular: 52, comfortable: 60 };

const DENSITY = 'muster.density';
const UNDO = 'muster.undo';

const asDensity = (text: string | null): Density | null =>
  DENSITIES.find((density) => density === text) ?? null;
/** What is no number is as if nothing had been chosen. */
const asUndoSeconds = (chosen: number): number =>
  Math.min(MOST_UNDO_SECONDS, Math.max(LEAST_UNDO_SECONDS, chosen || LEAST_UNDO_SECONDS));

class ConsolePreferences {
  #density = $state<Density | null>(null);
  #undoSeconds = $state(LEAST_UNDO_SECONDS);
  /** Hears what somebody chose here. */
  onchosen: ((chosen: Display) => void) | null = null;

  /** Shows what somebody chose for all browsers; the rest is as this one has it. */
  follow({ density, undoSeconds }: Display): void {
    this.#density = density === undefined ? asDensity(localStorage.getItem(DENSITY)) : density;
    this.#undoSeconds = asUndoSeconds(undoSeconds ?? Number(localStorage.getItem(UNDO)));
  }

  /** How high rows are; `null`: as each screen is drawn. */
  get density(): Density | null {
    return this.#density;
  }
  set density(density: Density | null) {
    this.#density = density;
    if (density === null) localStorage.removeItem(DENSITY);
    else localStorage.setItem(DENSITY, density);
    this.onchosen?.({ density });
  }

  /** How long what was done can be taken back, seconds (WCAG 2.2.1). */
  get undoSeconds(): number {
    return this.#undoSeconds;
  }
  set undoSeconds(seconds: number) {
    this.#undoSeconds = asUndoSeconds(seconds);
    localStorage.setItem(UNDO, String(this.#undoSeconds));
    this.onchosen?.({ undoSeconds: this.#undoSeconds });
  }
}

export const consolePreferences = new ConsolePreferences();
