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

/** Everything of a place that a search looks through. */
export const searchedText = (place: Named, spell: Spell): string =>
  [
    place.id,
    place.nameZh,
    place.nameEn,
    place.regionZh,
    place.regionEn,
    spell(place.nameZh),
    spell(place.regionZh),
  ]
    .join('\n')
    .toLowerCase();
