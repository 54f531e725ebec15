/** Makes compiled messages cheaper to set up: a page has hundreds of them before it is drawn. */
import type { Plugin } from 'vite';

const COMMENT = /\/\*[\s\S]*?\*\//g;
/** A text in one language: name and template of a function that does nothing but give it. */
const TEXT = /^const (\w+) = +\(i?\) => \{\s*return +\((`(?:[^`\\]|\\.)*`)\)\s*\};$/gm;
/** The choice between the two languages. */
const CHOICE =
  /export const (\w+) = +\(\(inputs(?: = \{\})?, options = \{\}\) => \{\s*const locale = .*\s*if \(locale === "zh-CN"\) return (\w+)\(inputs\)\s*return (\w+)\(inputs\)\s*\}\);/;

/** A compiled message with its plain texts in one function instead of three. */
export function shortMessage(compiled: string): string {
  const code = compiled.replace(COMMENT, '');
  const texts = new Map([...code.matchAll(TEXT)].map(([, name = '', text = '']) => [name, text]));
  const say = (name: string): string => texts.get(name) ?? `${name}(i)`;
  return code
    .replace(TEXT, '')
    .replace(
      CHOICE,
      (_all, name: string, zh: string, en: string) =>
        `export const ${name} = (i, options) => (options?.locale ?? getLocale()) === "zh-CN" ? ${say(zh)} : ${say(en)};`,
    );
}

export const shortMessages: Plugin = {
  name: 'short-messages',
  apply: 'build',
  transform: {
    filter: { id: /\/paraglide\/messages\/\w+\.js$/ },
    handler: (code) => ({ code: shortMessage(code), map: null }),
  },
};
