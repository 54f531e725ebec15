import { describe, expect, it } from 'vitest';
import type { PlacedAlert } from '#shared/alert-requests.ts';
import { DEFAULT_RULES } from '#server/domain/alerts/rules.ts';
import { ALERT_RULE_IDS } from '#shared/alerts.ts';
import { alertFilterFrom, alertLines, ruleFigure, standingOf } from '#lib/selectors/alerts.ts';
import { isSound, shownLevel, typedLevel, typedSeconds } from '#lib/views/alerts/rule-form.ts';

const alert = (id: string, over: Partial<PlacedAlert> = {}): PlacedAlert => ({
  id,
  branch: 'hall',
  nameZh: '厅',
  nameEn: 'Hall',
  rule: 'waitOverTarget',
  priority: 'high',
  subjectKind: 'queue',
  subject: 'a',
  subjectZh: '甲',
  subjectEn: 'A',
  members: 0,
  since: 0,
  raisedAt: 0,
  value: 1,
  peak: 1,
  limit: 1,
  expectedAt: null,
  escalated: 0,
  acknowledgedBy: null,
  acknowledgedAt: null,
  shelvedBy: null,
  shelvedUntil: null,
  ...over,
});
const filter = (text: string) => alertFilterFrom(new URLSearchParams(text));
const ids = (alerts: PlacedAlert[], text = '') =>
  alertLines(alerts, filter(text)).map(({ first }) => first.id);

describe('lines of alerts', () => {
  it('unseen first, then by priority, the newest first', () => {
    const alerts = [
      alert('seen', { acknowledgedAt: 5 }),
      alert('low', { priority: 'low', raisedAt: 9 }),
      alert('old', { raisedAt: 1 }),
      alert('new', { raisedAt: 2 }),
    ];
    expect(ids(alerts)).toEqual(['new', 'old', 'low', 'seen']);
  });

  it('the shelf apart, and what the address filters by', () => {
    const alerts = [
      alert('shelved', { shelvedUntil: 9 }),
      alert('break', { rule: 'breakOver', priority: 'medium' }),
      alert('wait'),
    ];
    expect(ids(alerts)).toEqual(['wait', 'break']);
    expect(ids(alerts, 'tab=shelved')).toEqual(['shelved']);
    expect(ids(alerts, 'rule=breakOver')).toEqual(['break']);
    expect(ids(alerts, 'priority=high')).toEqual(['wait']);
    expect(filter('tab=nothing&rule=nothing&priority=nothing')).toEqual(filter(''));
  });

  it('[AL3] one source that fails in many branches is one line', () => {
    const silent = (branch: string) =>
      alert(`s-${branch}`, { branch, rule: 'sourceSilent', subjectKind: 'source', subject: 'collector' });
    const two = [silent('a'), silent('b')];
    expect(alertLines(two, filter(''))).toHaveLength(2);
    const lines = alertLines([...two, silent('c'), alert('wait')], filter(''));
    expect(lines.map(({ all }) => all.length)).toEqual([3, 1]);
  });

  it('foretold and old data have shapes of their own', () => {
    expect(standingOf(alert('a', { rule: 'breachSoon' }))).toBe('breachAhead');
    expect(standingOf(alert('a', { rule: 'sourceSilent' }))).toBe('stale');
    expect(standingOf(alert('a', { priority: 'medium' }))).toBe('risk');
    expect(standingOf(alert('a'))).toBe('breach');
  });

  it('figures come in what people read them in', () => {
    expect(ruleFigure('waitOverTarget', 1.204)).toEqual({ percent: 120 });
    expect(ruleFigure('breakOver', 900)).toEqual({ seconds: 900 });
    expect(ruleFigure('queueWithoutCounter', 3)).toEqual({ count: 3 });
    expect(ruleFigure('sourceFrozen', 1)).toBeNull();
  });
});

describe('a rule in a form', () => {
  it('comes back as it was', () => {
    for (const id of ALERT_RULE_IDS) {
      const { raiseAt, clearAt } = DEFAULT_RULES[id];
      expect([raiseAt, clearAt].map((level) => typedLevel(id, shownLevel(id, level)))).toEqual([
        raiseAt,
        clearAt,
      ]);
    }
    expect(typedSeconds(1.5)).toBe(90);
  });

  it('is sound when it clears below the value that raises it', () => {
    const rule = DEFAULT_RULES.breachSoon;
    expect(isSound(rule)).toBe(true);
    expect(isSound({ ...rule, clearAt: rule.raiseAt })).toBe(false);
    expect(isSound({ ...rule, raiseAt: NaN })).toBe(false);
  });
});
