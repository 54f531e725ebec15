/** The visits and measured waits of a queue or a whole branch over the last hour and a half: read when it is chosen, kept up by the minute. */
import { onDestroy } from 'svelte';
import { type Sample, type VisitPart, waitCourse } from '#lib/selectors/queue-past.ts';
import { PAST_MS } from '#lib/selectors/wait-chart.ts';
import { clock } from './clock.svelte.ts';
import { loadVisits } from './history.ts';

const STEP_MS = 300_000;
const AGAIN_MS = 60_000;
/** What is watched is drawn first, ms. */
const AFTER_FIRST_PAINT_MS = 300;

export class WaitPast {
  visits = $state.raw<readonly VisitPart[]>([]);
  /** True when history did not answer. */
  failed = $state(false);
  /** Average wait by five minutes, seconds. */
  course = $derived<readonly Sample[]>(waitCourse(this.visits, STEP_MS));
  #askedAt = 0;
  #turn = 0;

  /** For a component, while it is made; without a queue of all queues together. */
  constructor(branch: () => string, queue: () => string | null) {
    const stop = clock.onBeat(() => {
      if (this.#askedAt > 0 && clock.now - this.#askedAt >= AGAIN_MS) void this.#follow(branch(), queue());
    });
    $effect(() => {
      const asked = [branch(), queue()] as const;
      this.#askedAt = 0;
      this.#turn++;
      this.visits = [];
      const timer = setTimeout(() => void this.#follow(...asked), AFTER_FIRST_PAINT_MS);
      return () => clearTimeout(timer);
    });
    onDestroy(stop);
  }

  /** Reads what came since; a visit that is told again replaces itself. */
  async #follow(branch: string, queue: string | null): Promise<void> {
    const turn = this.#turn;
    const now = clock.now;
    const begin = now - PAST_MS;
    const from = this.#askedAt === 0 ? begin : Math.max(begin, this.#askedAt - 2 * AGAIN_MS);
    this.#askedAt = now;
    try {
      const fresh = await loadVisits(branch, queue, from, now);
      if (turn !== this.#turn) return;
      const known = new Map(this.visits.map((visit) => [`${visit.contact} ${visit.at}`, visit]));
      for (const visit of fresh) known.set(`${visit.contact} ${visit.at}`, visit);
      this.visits = [...known.values()].filter(({ at }) => at >= begin);
      this.failed = false;
    } catch {
      if (turn === this.#turn) this.failed = true;
    }
  }
}
