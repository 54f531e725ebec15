import { describe, expect, it } from 'vitest';
import { createBackTest } from '#server/domain/alerts/back-test.ts';
import { breachesOf, pastCourse, type PastVisit } from '#server/domain/alerts/past-waits.ts';
import { DEFAULT_RULES } from '#server/domain/alerts/rules.ts';
import { scoreWarnings } from '#server/domain/alerts/score.ts';
import { clock, hall } from '#test/support/profiles.ts';

const MINUTE = 60_000;
const profile = hall();
const visit = (
  queuedAt: string,
  at: string,
  result: PastVisit['result'] = 'answered',
  queue = 'personal',
) => ({
  queue,
  queuedAt: clock(queuedAt),
  at: clock(at),
  result,
  waitSeconds: (clock(at) - clock(queuedAt)) / 1_000,
});
const at = (visits: PastVisit[], ...times: string[]) => {
  const course = pastCourse(profile, visits);
  return times.map((time) => {
    const read = course.readingsAt(clock(time));
    return Object.fromEntries(read.map(({ rule, value }) => [rule, value]));
  });
};

describe('the past as rules would have seen it', () => {
  it('the longest wait is that of the earliest arrival still waiting', () => {
    const visits = [visit('10:00', '10:09'), visit('10:03', '10:20'), visit('10:04', '10:05')];
    expect(at(visits, '09:59', '10:03', '10:12', '10:21').map((read) => read['waitOverTarget'])).toEqual([
      0,
      3 / 15,
      9 / 15,
      0,
    ]);
  });

  it('levels and abandons are those of the last half hour', () => {
    const ended = (i: number, result: PastVisit['result']) =>
      visit(`10:${String(i).padStart(2, '0')}`, `10:${String(i + 1).padStart(2, '0')}`, result);
    const visits = Array.from({ length: 24 }, (_, i) => ended(i, i < 6 ? 'abandoned' : 'answered'));
    const [then, later] = at(visits, '10:25', '11:10');
    expect(then?.['manyAbandons']).toBeCloseTo(6 / 24);
    expect(then?.['serviceLevelUnder']).toBeCloseTo(0.8 - 18 / 24);
    expect(later?.['manyAbandons']).toBe(0);
  });

  it('a breach begins when the first one waits longer than the target, and overlapping ones are one', () => {
    const visits = [visit('10:00', '10:20'), visit('10:05', '10:25'), visit('12:00', '12:16')];
    expect(breachesOf(profile, visits, 30 * MINUTE)).toEqual([
      { queue: 'personal', at: clock('10:15') },
      { queue: 'personal', at: clock('12:15') },
    ]);
  });
});

describe('[AL5] a back-test', () => {
  const long = [visit('10:00', '10:20'), visit('12:00', '12:16'), visit('14:00', '14:40')];

  it('raises what the rule would have raised, with its duration', () => {
    const test = createBackTest(new Map(), DEFAULT_RULES.waitOverTarget);
    const raised = test.run(pastCourse(profile, long), clock('09:00'), clock('17:00'));
    // From 12:15 to 12:16 is too short.
    expect(raised).toEqual([clock('10:17'), clock('14:17')]);
  });

  it('with other values raises something else', () => {
    const strict = { ...DEFAULT_RULES.waitOverTarget, raiseAt: 2, clearAt: 1 };
    const test = createBackTest(new Map(), strict);
    expect(test.run(pastCourse(profile, long), clock('09:00'), clock('17:00'))).toEqual([clock('14:32')]);
  });

  it('switched off raises nothing', () => {
    const test = createBackTest(new Map(), { ...DEFAULT_RULES.waitOverTarget, enabled: false });
    expect(test.run(pastCourse(profile, long), clock('09:00'), clock('17:00'))).toEqual([]);
  });
});

describe('[AL2] the score of warnings', () => {
  const warning = (time: string, queue = 'A') => ({ queue, raisedAt: clock(time) });
  const breach = (time: string, queue = 'A') => ({ queue, at: clock(time) });

  it('counts a warning that was followed by a breach of its queue within its 30 min', () => {
    const warnings = [warning('10:00'), warning('11:00'), warning('12:00', 'B')];
    const breaches = [breach('10:20'), breach('11:31'), breach('12:10')];
    expect(scoreWarnings(warnings, breaches)).toEqual({
      warnings: 3,
      cameTrue: 1,
      breaches: 3,
      foreseen: 1,
      leadSeconds: 1_200,
    });
  });

  it('takes the first of several warnings for the lead', () => {
    const score = scoreWarnings([warning('10:00'), warning('10:12')], [breach('10:20')]);
    expect(score).toMatchObject({ cameTrue: 2, foreseen: 1, leadSeconds: 1_200 });
  });

  it('says nothing of a lead when none came true', () => {
    expect(scoreWarnings([], [breach('10:20')])).toMatchObject({ foreseen: 0, leadSeconds: null });
  });
});
