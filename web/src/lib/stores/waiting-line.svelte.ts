/** Who waits in a queue, asked for while somebody looks at it. */
import { onDestroy } from 'svelte';
import type { WaitingAnswer, WaitingRow } from '#shared/expected-waits.ts';
import { api } from '#lib/api.ts';
import { clock } from './clock.svelte.ts';

const AGAIN_MS = 3_000;

export class WaitingLine {
  /** In the order of service; `null` until it is known. */
  rows = $state.raw<readonly WaitingRow[] | null>(null);
  #askedAt = 0;
  #turn = 0;

  /** For a component, while it is made. */
  constructor(branch: () => string, queue: () => string) {
    $effect(() => {
      this.#turn++;
      this.rows = null;
      void this.#ask(branch(), queue());
    });
    onDestroy(
      clock.onBeat(() => {
        if (clock.now - this.#askedAt >= AGAIN_MS) void this.#ask(branch(), queue());
      }),
    );
  }

  async #ask(branch: string, queue: string): Promise<void> {
    const turn = this.#turn;
    this.#askedAt = clock.now;
    const path = `/branches/${encodeURIComponent(branch)}/waiting?queue=${encodeURIComponent(queue)}`;
    try {
      const { waiting } = await api.get<WaitingAnswer>(path);
      if (turn === this.#turn) this.rows = waiting;
    } catch {
      // What nobody can confirm is not shown as the line of now.
      if (turn === this.#turn) this.rows = null;
    }
  }
}
