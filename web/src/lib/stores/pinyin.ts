/** The only owner of the pinyin dictionary. */
import { pinyin } from 'pinyin-pro';

const known = new Map<string, string>();

/** `东直门 2 厅` as `dongzhimen2ting dzm2t`; what is not Chinese stays as it is. Kept, because names hardly change. */
export function spelled(name: string): string {
  const before = known.get(name);
  if (before !== undefined) return before;
  const parts = pinyin(name, { toneType: 'none', type: 'all', nonZh: 'consecutive', v: true }).map(
    ({ isZh, origin, pinyin: syllable }) =>
      isZh
        ? { whole: syllable, letter: syllable.slice(0, 1) }
        : { whole: origin.trim(), letter: origin.trim() },
  );
  const text = `${parts.map(({ whole }) => whole).join('')} ${parts.map(({ letter }) => letter).join('')}`;
  known.set(name, text);
  return text;
}
