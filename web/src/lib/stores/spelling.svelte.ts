/** Chinese names by the letters people type for them; the dictionary is fetched when somebody begins to search. */
import { type Spell, unspelt } from '#lib/selectors/search-text.ts';

class Spelling {
  /** How a name is spelt; nothing until the dictionary is there. */
  of = $state.raw<Spell>(unspelt);
  #asked = false;

  /** Fetches the dictionary once; searches find by spelling as soon as it is there. */
  load(): void {
    if (this.#asked) return;
    this.#asked = true;
    import('./pinyin.ts').then(
      ({ spelled }) => (this.of = spelled),
      // Names and regions are found as they are written; the next search asks again.
      () => (this.#asked = false),
    );
  }
}

export const spelling = new Spelling();
