import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '#server/config.ts';

describe('the settings of history', () => {
  it('keep quarter-hours over a year, visits a quarter, days ten years', () => {
    expect(readConfig({}).keepDays).toEqual({ intervals: 400, visits: 90, days: 3_650 });
    expect(readConfig({}).databaseUrl).toBeUndefined();
  });

  it('are taken from the environment; an empty one is none', () => {
    const config = readConfig({
      KEEP_VISITS_DAYS: '7',
      KEEP_DAYS_DAYS: '',
      DATABASE_URL: 'postgres://muster@%2Frun%2Fpostgresql/muster',
    });
    expect(config.keepDays).toEqual({ intervals: 400, visits: 7, days: 3_650 });
    expect(config.databaseUrl).toBe('postgres://muster@%2Frun%2Fpostgresql/muster');
  });

  it.each([
    ['KEEP_INTERVALS_DAYS', '0'],
    ['KEEP_VISITS_DAYS', '1.5'],
    ['KEEP_DAYS_DAYS', 'for ever'],
    ['DATABASE_URL', 'mysql://muster@localhost/muster'],
  ])('name %s when it is %s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });
});
