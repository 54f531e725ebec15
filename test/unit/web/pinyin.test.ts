import { describe, expect, it } from 'vitest';
import { spelled } from '#lib/stores/pinyin.ts';

describe('the spelling of names', () => {
  it('gives syllables and first letters, and leaves what is not Chinese', () => {
    expect(spelled('东直门厅')).toBe('dongzhimenting dzmt');
    expect(spelled('市中心 12 厅')).toBe('shizhongxin12ting szx12t');
    expect(spelled('Wola 厅')).toBe('Wolating Wolat');
  });

  it('knows which reading a name has', () => {
    expect(spelled('重庆')).toBe('chongqing cq');
  });
});
