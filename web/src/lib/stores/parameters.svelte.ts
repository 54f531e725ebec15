/** The parameters of the address, as screens read and change them: a change shows at once, the address follows. */
import { goto } from '$app/navigation';
import { page } from '$app/state';

class Parameters {
  /** Where the address is on its way to. */
  #ahead = $state.raw<URL | null>(null);

  /** All of them; `null` of `get` is one that is not there. */
  get all(): Pick<URLSearchParams, 'get'> {
    return (this.#ahead ?? page.url).searchParams;
  }

  get(name: string): string | null {
    return this.all.get(name);
  }

  /** Writes some in place; `null` or '' takes one away. Scroll and focus stay. */
  async set(changes: Record<string, string | null>): Promise<void> {
    const url = new URL(this.#ahead ?? location.href);
    for (const [name, value] of Object.entries(changes))
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    if (url.href === (this.#ahead ?? location).href) return;
    this.#ahead = url;
    // Overtaken by another change or page, it is that one's to say where we are.
    await goto(url, { replace: true, reset: false }).catch(() => undefined);
    if (this.#ahead === url) this.#ahead = null;
  }
}

export const parameters = new Parameters();
