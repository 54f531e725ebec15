/** What people were told of moves lately, and which of it was not looked at yet on this device. */
import { onDestroy } from 'svelte';
import type { Notice, NoticesAnswer } from '#shared/notices.ts';
import { api } from '#lib/api.ts';
import { clock } from './clock.svelte.ts';
import { Remote } from './remote.svelte.ts';

const ASK_EVERY_MS = 15_000;
const SEEN_KEY = 'muster.notices-seen';

export class Notices {
  readonly #asked = new Remote<NoticesAnswer>(() => api.get('/notices'));
  #askedAt = clock.beatAt;
  /** When the newest one that was looked at was told, epoch ms. */
  #seenTo = $state(Number(localStorage.getItem(SEEN_KEY) ?? 0));

  /** For a component, while it is made. */
  constructor() {
    onDestroy(clock.onBeat(() => this.#look()));
  }

  /** The newest first. */
  get list(): readonly Notice[] {
    return this.#asked.value?.notices ?? [];
  }

  get unseen(): number {
    return this.list.filter(({ at }) => at > this.#seenTo).length;
  }

  /** Somebody looks at them. */
  see(): void {
    this.#seenTo = Math.max(this.#seenTo, this.list[0]?.at ?? 0);
    localStorage.setItem(SEEN_KEY, String(this.#seenTo));
  }

  #look(): void {
    if (document.hidden || clock.beatAt - this.#askedAt < ASK_EVERY_MS) return;
    this.#askedAt = clock.beatAt;
    void this.#asked.refresh();
  }
}
