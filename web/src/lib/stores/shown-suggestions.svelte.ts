/** The suggestions that stand beside a screen: what else is on it points to them by their numbers. */
import type { CurvePoint } from '#shared/suggestions.ts';

/** A suggestion as it is pointed to. */
interface Shown {
  id: string;
  title: string;
  /** What it helps. */
  branch: string;
  queues: readonly string[];
  /** The waits that it promises there. */
  course: readonly CurvePoint[];
}

class ShownSuggestions {
  #list = $state.raw<readonly Shown[]>([]);

  /** In the order in which they are shown; none once nobody shows them. */
  show(list: readonly Shown[]): void {
    this.#list = list;
  }

  /** The first that helps a branch, or this of its queues; with its number on the screen, from 1. */
  for(branch: string, queue?: string): (Shown & { number: number }) | null {
    const place = this.#list.findIndex(
      (each) => each.branch === branch && (queue === undefined || each.queues.includes(queue)),
    );
    const found = this.#list[place];
    return found ? { ...found, number: place + 1 } : null;
  }
}

export const shownSuggestions = new ShownSuggestions();
