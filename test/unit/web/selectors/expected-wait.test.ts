import { describe, expect, it } from 'vitest';
import type { WaitRow } from '#shared/expected-waits.ts';
import { expectedText } from '#lib/selectors/expected-wait.ts';

const row = (p50Seconds: number | null, p80Seconds: number | null, over: Partial<WaitRow> = {}): WaitRow => ({
  id: 'q',
  p10Seconds: 0,
  p50Seconds,
  p80Seconds,
  p90Seconds: p80Seconds,
  none: null,
  judged: 0,
  covered: null,
  bias: null,
  ...over,
});

describe('the expected wait in a table', () => {
  it.each([
    ['hall', 1_260, 1_860, '21–31'],
    ['hall', 61, 121, '2–3'],
    ['hall', 30, 55, '1'],
    ['voice', 190, 280, '3:10–4:40'],
    ['voice', 20, 20, '0:20'],
    ['voice', 3_500, 6_900, '58:20–1:55:00'],
  ])('of a %s with P50 %d s and P80 %d s reads %s', (channel, p50, p80, text) => {
    expect(expectedText(row(p50, p80), channel)).toEqual({
      kind: 'range',
      text,
      inMinutes: channel === 'hall',
    });
  });

  it('is no wait when somebody is free', () => {
    expect(expectedText(row(0, 0), 'hall')).toEqual({ kind: 'noWait' });
  });

  it('says why nobody can say, and nothing at all while nothing is known', () => {
    const refused = row(null, null, { none: 'sourceSilent' });
    expect(expectedText(refused, 'hall')).toEqual({ kind: 'none', reason: 'sourceSilent' });
    expect(expectedText(undefined, 'hall')).toEqual({ kind: 'unknown' });
  });
});
