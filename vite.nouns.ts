/** Lets sentences of the message catalogues say what an organisation calls things, without a second catalogue. */
import type { Plugin } from 'vite';

type Locale = 'zh-CN' | 'en';

/** Where a noun stands in Chinese, and what stands there instead; "号台" and "开台" have forms of their own. */
const CHINESE: readonly (readonly [RegExp, string])[] = [
  [/台席/g, '${nouns.zh.counter.name}'],
  [/号台/g, '号${nouns.zh.counter.numbered}'],
  [/([开关])台/g, '$1${nouns.zh.counter.verb}'],
  // A number stands before it, as in "少开 2 台".
  [/^ 台$/g, ' ${nouns.zh.counter.counted}'],
  [/营业员/g, '${nouns.zh.agent}'],
  [/网点/g, '${nouns.zh.branch}'],
];
const ENGLISH = /\b([Cc])ounter(s?)\b|\b([Aa])gent(s?)\b|\b([Bb])ranch((?:es)?)\b/g;

function inEnglish(text: string): string {
  return text.replace(ENGLISH, (word) => {
    const lower = word.toLowerCase();
    const noun = (['counter', 'agent', 'branch'] as const).find((known) => lower.startsWith(known));
    const form = lower === noun ? 'one' : 'many';
    const isCapital = word[0] !== lower[0];
    return `\${nouns.en.${noun}.${isCapital ? `${form[0]?.toUpperCase()}${form.slice(1)}` : form}}`;
  });
}

const inChinese = (text: string): string =>
  CHINESE.reduce((rest, [noun, form]) => rest.replace(noun, form), text);

/** What stands between the backticks of a message, with its nouns looked up; its own expressions are left alone. */
export const withNouns = (text: string, locale: Locale): string =>
  text
    .split(/(\$\{[^}]*\})/)
    .map((part) => (part.startsWith('${') ? part : locale === 'en' ? inEnglish(part) : inChinese(part)))
    .join('');

/** The texts of one language in a compiled message. */
const OF_LOCALE = /^const (zh_cn2|en)_[\s\S]*?^};$/gm;
const TEXT = /`((?:[^`\\]|\\.)*)`/g;

/** A compiled message whose nouns are looked up when it is drawn; `null` when it has none. */
export function messageWithNouns(code: string): string | null {
  const changed = code.replace(OF_LOCALE, (texts, locale: string) =>
    texts.replace(TEXT, (_, text: string) => `\`${withNouns(text, locale === 'en' ? 'en' : 'zh-CN')}\``),
  );
  return changed === code ? null : `import { nouns } from '../../lib/stores/nouns.ts';\n${changed}`;
}

export const nounsInMessages: Plugin = {
  name: 'nouns-in-messages',
  transform: {
    filter: { id: /\/paraglide\/messages\/\w+\.js$/ },
    handler(code) {
      const changed = messageWithNouns(code);
      return changed === null ? null : { code: changed, map: null };
    },
  },
};
