/** What an organisation calls its counters, its agents and its branches. */

/** The words to choose from; the first of each is what the message catalogues say. */
export const NOUNS = {
  'zh-CN': {
    counter: ['台席', '窗口', '柜台', '席位'],
    agent: ['营业员', '柜员', '坐席', '服务专员'],
    branch: ['网点', '营业厅', '支行', '门店'],
  },
  en: {
    counter: ['counter', 'window', 'desk', 'station'],
    // Each takes "an", and none of the others does.
    agent: ['agent', 'officer', 'adviser', 'associate'],
    branch: ['branch', 'hall', 'store', 'site'],
  },
} as const;

export const NOUN_NAMES = ['counter', 'agent', 'branch'] as const;

type OneOf<Words> = Words extends readonly (infer Word)[] ? Word : never;

/** A word of each language for each noun. */
export type Nouns = {
  [L in keyof typeof NOUNS]: { [N in keyof (typeof NOUNS)[L]]: OneOf<(typeof NOUNS)[L][N]> };
};

/** What holds as long as nobody chose. */
export const USUAL_NOUNS: Nouns = {
  'zh-CN': { counter: '台席', agent: '营业员', branch: '网点' },
  en: { counter: 'counter', agent: 'agent', branch: 'branch' },
};

/** The cookie in which every page is told what was chosen: JSON of {@link Nouns}. */
export const NOUNS_COOKIE = 'muster-nouns';
