/** What an organisation calls things, in every sentence that says it. */
import { describe, expect, it } from 'vitest';
import en from '../../../web/src/messages/en.json' with { type: 'json' };
import zh from '../../../web/src/messages/zh-CN.json' with { type: 'json' };
import { NOUN_NAMES, NOUNS, type Nouns, USUAL_NOUNS } from '#shared/nouns.ts';
import { type NounForms, nounForms } from '#lib/format/noun-forms.ts';
import { messageVariants } from '#test/support/catalogues.ts';
import { messageWithNouns, withNouns } from '../../../vite.nouns.ts';

const CATALOGUES = { 'zh-CN': messageVariants(zh), en: messageVariants(en) };
const USUAL_WORDS = { 'zh-CN': /台席|号台|营业员|网点/, en: /\b(counter|agent|branch)(e?s)?\b/i };
/** Their inputs are written `{count}` in a catalogue and `${i?.count}` once compiled. */
const INPUT = /\{(\w+)\}/g;
const LOOKUP = /\$\{nouns\.([\w.]+)\}/g;

function lookUp(forms: NounForms, path: string): string {
  const form = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], forms);
  expect(form, path).toBeTypeOf('string');
  return form as string;
}

/** Every text of a catalogue as it is drawn where these nouns were chosen. */
function drawn(locale: 'zh-CN' | 'en', nouns: Nouns): Map<string, string[]> {
  const forms = nounForms(nouns);
  const draw = (text: string): string =>
    withNouns(text.replace(INPUT, '${i?.$1}'), locale)
      .replace(LOOKUP, (_, path: string) => lookUp(forms, path))
      .replace(/\$\{i\?\.(\w+)\}/g, '{$1}');
  return new Map([...CATALOGUES[locale]].map(([key, { texts }]) => [key, texts.map(draw)]));
}

/** All words at once, each so many places down its list. */
const nth = (place: number): Nouns =>
  Object.fromEntries(
    Object.entries(NOUNS).map(([locale, words]) => [
      locale,
      Object.fromEntries(NOUN_NAMES.map((noun) => [noun, words[noun][place]])),
    ]),
  ) as Nouns;

describe.each(['zh-CN', 'en'] as const)('nouns in sentences in %s', (locale) => {
  it('leave every text as the catalogue has it while nobody chose', () => {
    for (const [key, texts] of drawn(locale, USUAL_NOUNS))
      expect(texts, key).toEqual(CATALOGUES[locale].get(key)?.texts);
  });

  it.each([1, 2, 3])('are all the chosen ones (choice %i of each)', (place) => {
    const nouns = nth(place);
    for (const [key, texts] of drawn(locale, nouns))
      for (const text of texts) expect(text.replaceAll(INPUT, ''), key).not.toMatch(USUAL_WORDS[locale]);
  });

  it('keep the articles of the usual words', () => {
    const isVowel = (word: string): boolean => /^[aeiou]/.test(word);
    for (const noun of NOUN_NAMES)
      for (const word of NOUNS.en[noun]) expect(isVowel(word), word).toBe(isVowel(USUAL_NOUNS.en[noun]));
  });
});

describe('a noun', () => {
  const windows = nth(1);
  const texts = (locale: 'zh-CN' | 'en', key: string) => drawn(locale, windows).get(key);

  it('takes the form that its sentence needs', () => {
    expect(texts('en', 'cause_counters')).toEqual(['{count} window short', '{count} windows short']);
    expect(texts('en', 'counters')).toEqual(['Windows']);
    expect(texts('zh-CN', 'counter_number')).toEqual(['{label} 号窗口']);
    expect(texts('zh-CN', 'cause_counters')).toEqual(['少开 {count} 个窗口']);
    expect(texts('zh-CN', 'counters_open')).toEqual(['开窗']);
  });

  it('is no other word that looks like it', () => {
    expect(texts('zh-CN', 'wall_missed')).toEqual(['过号请到导办台']);
    expect(texts('zh-CN', 'agents')).toEqual(['柜员', '坐席']);
    expect(texts('en', 'explain_window')).toEqual(['Window']);
  });

  it('is looked up in what is compiled, and nothing else is touched', () => {
    const compiled = [
      'const zh_cn2_use = /** 台席 */ (i) => {',
      '\tif (i?.counters === "台席") return (`${i?.counters} 个台席`);',
      '};',
      '',
      'const en_use = (i) => {',
      '\treturn (`${i?.counters} counters`)',
      '};',
      'export const use = (counters) => `counter`;',
    ].join('\n');
    expect(messageWithNouns(compiled)).toBe(
      `import { nouns } from '../../lib/stores/nouns.ts';\n${compiled
        .replace('个台席`', '个${nouns.zh.counter.name}`')
        .replace(' counters`', ' ${nouns.en.counter.many}`')}`,
    );
    expect(messageWithNouns('const en_x = () => {\n\treturn (`Alerts`)\n};')).toBeNull();
  });
});
