/** What a page asked the server for: the answer, or why there is none. */
import { Refused } from '#lib/api.ts';
import { goToSignIn } from './address.ts';

export class Remote<T> {
  /** The last answer; it stays when a later question fails. */
  value = $state.raw<T | null>(null);
  /** Why the last question got no answer. */
  refused = $state.raw<Refused | null>(null);
  #ask: () => Promise<T>;
  #asked = 0;

  /** Asks at once, and again at every `refresh`. */
  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
    void this.refresh();
  }

  /** Asks again; of several questions under way only the last one's answer counts. */
  async refresh(): Promise<void> {
    const turn = ++this.#asked;
    try {
      const value = await this.#ask();
      if (turn !== this.#asked) return;
      this.value = value;
      this.refused = null;
    } catch (error) {
      if (turn !== this.#asked) return;
      this.refused = Refused.from(error);
      if (this.refused.code === 'unauthorized') goToSignIn();
    }
  }
}
