import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DRIVER_MESSAGES } from '#shared/drivers.ts';

const dictionary = readFileSync(join(import.meta.dirname, '../../../docs/kpi.md'), 'utf8');
const rows = dictionary
  .split('\n')
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

describe('messages about drivers', () => {
  it.each(DRIVER_MESSAGES)('are written in both languages with the same numbers: %s', (message) => {
    const [, , zh = '', en = ''] = rows.find(([name]) => name === message) ?? [];
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/[a-z]/);
    const numbers = (text: string) => [...text.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name).sort();
    expect(numbers(zh)).toEqual(numbers(en));
  });
});
