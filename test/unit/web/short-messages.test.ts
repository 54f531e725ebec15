/** Compiled messages as they are shipped: the same texts in fewer functions. */
import { describe, expect, it } from 'vitest';
import { shortMessage } from '../../../vite.short-messages.ts';

const compiled = (zh: string, en: string, inputs: string): string => `
/* eslint-disable */
import { getLocale, experimentalStaticLocale } from '../runtime.js';
const zh_cn2_late = /** @type {(inputs: LateInputs) => LocalizedString} */ ${zh};

const en_late = /** @type {(inputs: LateInputs) => LocalizedString} */ ${en};
export const late = /** @type {any} */ ((${inputs}, options = {}) => {
	const locale = experimentalStaticLocale ?? options.locale ?? getLocale()
	if (locale === "zh-CN") return zh_cn2_late(inputs)
	return en_late(inputs)
});`;
const plain = (text: string, input = 'i'): string => `(${input}) => {
	return /** @type {LocalizedString} */ (\`${text}\`)
}`;

type Message = (inputs?: object, options?: { locale: string }) => string;

/** The message, made of what is shipped, in a page of this language. */
function shipped(code: string, pageLanguage: string): Message {
  const body = shortMessage(code)
    .replace(/^import .*$/gm, '')
    .replace('export const', 'const');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what is tested writes code
  const make = new Function('getLocale', `${body}\nreturn late;`) as (getLocale: () => string) => Message;
  return make(() => pageLanguage);
}

describe('short messages', () => {
  it('say the same in both languages, and in the one that is asked for', () => {
    const code = compiled(plain('${i?.count} 超标'), plain('${i?.count} late'), 'inputs');
    expect(shipped(code, 'zh-CN')({ count: 3 })).toBe('3 超标');
    expect(shipped(code, 'en')({ count: 3 })).toBe('3 late');
    expect(shipped(code, 'en')({ count: 3 }, { locale: 'zh-CN' })).toBe('3 超标');
  });

  it('are one function where both texts are plain', () => {
    const code = compiled(plain('现在', ''), plain('Now', ''), 'inputs = {}');
    expect(shortMessage(code).match(/=>/g)).toHaveLength(1);
    expect(shipped(code, 'en')()).toBe('Now');
  });

  it('keep what is more than a text', () => {
    const choice = `(i) => {
	if (i?.state === "late") return /** @type {LocalizedString} */ (\`Late\`);
	return /** @type {LocalizedString} */ (\`In time\`)
}`;
    const code = compiled(plain('迟到'), choice, 'inputs');
    expect(shipped(code, 'en')({ state: 'late' })).toBe('Late');
    expect(shipped(code, 'en')({ state: 'there' })).toBe('In time');
    expect(shipped(code, 'zh-CN')({ state: 'late' })).toBe('迟到');
  });
});
