/** The suggestions that stand beside a screen: what else is on it points to them by their numbers. */
import type { CurvePoint, PromisedRange } from '#shared/suggestions.ts';
import { savedTogether } from '#lib/selectors/saved-together.ts';

/** A suggestion as it is pointed to. */
interface Shown {
  id: string;
  title: string;
  /** What it helps. */
  branch: string;
  queues: readonly string[];
  /** The waits that it promises there. */
  course: readonly CurvePoint[];
  /** The waiting that it promises to save, customer-minutes; `null` where it promises none. */
  saved: PromisedRange | null;
}

class ShownSuggestions {
  #list = $state.raw<readonly Shown[] | null>(null);

  /** In the order in which they are shown; `null` while nobody knows them. */
  show(list: readonly Shown[] | null): void {
    this.#list = list;
  }

  /** The first that helps a branch, or this of its queues; with its number on the screen, from 1. */
  for(branch: string, queue?: string): (Shown & { number: number }) | null {
    const list = this.#list ?? [];
    const place = list.findIndex(
      (each) => each.branch === branch && (queue === undefined || each.queues.includes(queue)),
    );
    const found = list[place];
    return found ? { ...found, number: place + 1 } : null;
  }

  get count(): number {
    return this.#list?.length ?? 0;
  }

  /** What they promise to save together, customer-minutes; `null` while nobody knows them. */
  get saved(): PromisedRange | null {
    const promised = this.#list?.flatMap(({ branch, saved }) => (saved === null ? [] : [{ branch, saved }]));
    return promised === undefined ? null : savedTogether(promised);
  }
}

export const shownSuggestions = new ShownSuggestions();
