/** Nouns of an organisation in the forms in which sentences need them. */
import type { Nouns } from '#shared/nouns.ts';

/** How a counter is said in Chinese. */
interface ChineseCounter {
  name: string;
  /** After its number: 3 号台. */
  numbered: string;
  /** With the verb: 开台. */
  verb: string;
  /** After how many: 少开 2 台. */
  counted: string;
}

interface EnglishNoun {
  one: string;
  many: string;
  /** As a sentence begins. */
  One: string;
  Many: string;
}

export interface NounForms {
  zh: { counter: ChineseCounter; agent: string; branch: string };
  en: Record<'counter' | 'agent' | 'branch', EnglishNoun>;
}

function chineseCounter(name: Nouns['zh-CN']['counter']): ChineseCounter {
  if (name === '台席') return { name, numbered: '台', verb: '台', counted: '台' };
  return { name, numbered: name, verb: name === '窗口' ? '窗' : '台', counted: `个${name}` };
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

function englishNoun(one: string): EnglishNoun {
  const many = one.endsWith('ch') ? `${one}es` : `${one}s`;
  return { one, many, One: capital(one), Many: capital(many) };
}

/** All forms of what was chosen. */
export const nounForms = ({ 'zh-CN': zh, en }: Nouns): NounForms => ({
  zh: { ...zh, counter: chineseCounter(zh.counter) },
  en: {
    counter: englishNoun(en.counter),
    agent: englishNoun(en.agent),
    branch: englishNoun(en.branch),
  },
});
