/** What a search for a place looks through. Pure. */

/** How a Chinese name is spelt: its syllables, and their first letters (`dongzhimen dzm`). */
export type Spell = (name: string) => string;

/** While nobody knows how names are spelt. */
export const unspelt: Spell = () => '';

/** What somebody typed, as it is looked for. */
export const searchText = (typed: string): string => typed.trim().toLowerCase();

interface Named {
  id: string;
  nameZh: string;
  nameEn: string;
  regionZh: string;
  regionEn: string;
}

/** What a search last looked through of a place: of thousands only those that changed since are put together anew. */
const looked = new WeakMap<Named, { spell: Spell; text: string }>();

/** Everything of a place that a search looks through. */
export function searchedText(place: Named, spell: Spell): string {
  const before = looked.get(place);
  if (before?.spell === spell) return before.text;
  const { id, nameZh, nameEn, regionZh, regionEn } = place;
  const text = [id, nameZh, nameEn, regionZh, regionEn, spell(nameZh), spell(regionZh)]
    .join('\n')
    .toLowerCase();
  looked.set(place, { spell, text });
  return text;
}
