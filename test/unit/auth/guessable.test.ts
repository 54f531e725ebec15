import { describe, expect, it } from 'vitest';
import { isEasyToGuess } from '#server/auth/guessable.ts';

describe('a password', () => {
  it.each([
    ['aaaaaaaaaaaaaaa', 'repetition'],
    ['PasswordPassword', 'a leaked one twice'],
    ['Ｐａｓｓｗｏｒｄ１２３４', 'a leaked one in full width'],
    ['qwerty123456!!', 'keyboard and counting'],
    ['1qaz2wsx1qaz2wsx', 'keyboard'],
    ['P@ssw0rd2026!!', 'a leaked one with signs for letters'],
    ['admin@123456', 'a leaked one, common here'],
    ['woaini520131', 'a leaked one, common here'],
    ['sonyericsson', 'a leaked one that is long enough'],
    ['ghjcnjgfhjkm', 'a leaked one that looks random'],
    ['muster2026muster', 'our own name'],
    ['li-lei is my name', 'the own login'],
    ['hanmeimei2026', 'the own name'],
    ['qwerty1Q!'.repeat(14), 'repetition of many characters'],
  ])('%s is refused: %s', (password) => {
    expect(isEasyToGuess(password, ['Li-Lei', 'HanMeiMei'])).toBe(true);
  });

  it.each([
    'correct horse battery',
    '今天的天气真不错适合散步',
    'four quiet blue doors',
    '9f8#kLm2$wQz',
    `${'correct horse battery '.repeat(5)}`,
  ])('%s is taken', (password) => {
    expect(isEasyToGuess(password, ['Li-Lei', 'Han'])).toBe(false);
  });
});
