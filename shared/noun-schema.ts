/** What may come from outside as {@link Nouns}; apart from them, because every page carries those. */
import { z } from 'zod';
import { NOUNS } from './nouns.ts';

const { 'zh-CN': zh, en } = NOUNS;

export const NounChoice = z.strictObject({
  'zh-CN': z.strictObject({
    counter: z.enum(zh.counter),
    agent: z.enum(zh.agent),
    branch: z.enum(zh.branch),
  }),
  en: z.strictObject({ counter: z.enum(en.counter), agent: z.enum(en.agent), branch: z.enum(en.branch) }),
});
