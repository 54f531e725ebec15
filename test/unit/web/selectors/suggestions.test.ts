import { describe, expect, it } from 'vitest';
import {
  axisEnd,
  blockerOf,
  choiceFrom,
  dumbbells,
  helpfulOf,
  inStages,
  isJudged,
  isUndoable,
  measured,
  nextSteps,
  progressOf,
  recordOf,
} from '#lib/selectors/suggestions.ts';
import { moveOption, promiseOf, range, suggestionOf } from '#test/support/suggestions.ts';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;
const accepted = { option: 0, by: 'M2', at: NOW, undoUntil: NOW + 10_000 };

describe('suggestions by stage', () => {
  const useful = suggestionOf('useful', NOW, {
    options: [moveOption(NOW, { promise: promiseOf(NOW, { saved: range(1, 900, 1_000) }) })],
  });
  const soon = suggestionOf('soon', NOW, { status: 'started', accepted, dueAt: NOW + MINUTE });
  const late = suggestionOf('late', NOW, { status: 'late', accepted, dueAt: NOW + 9 * MINUTE });
  const step = (at: number) => ({ at, action: 'move.expired' as const, by: null, reason: null, text: '' });

  it('the most useful first, the latest first, what ended last first', () => {
    const list = [
      suggestionOf('plain', NOW),
      useful,
      soon,
      late,
      suggestionOf('older', NOW, { status: 'expired', steps: [step(1)] }),
      suggestionOf('newer', NOW, { status: 'rejected', steps: [step(2)] }),
    ];
    const { proposed, underWay, done } = inStages(list);
    expect(proposed.map(({ id }) => id)).toEqual(['useful', 'plain']);
    expect(underWay.map(({ id }) => id)).toEqual(['late', 'soon']);
    expect(done.map(({ id }) => id)).toEqual(['newer', 'older']);
  });

  it('what was measured, the newest first', () => {
    const outcome = {
      measuredAt: 1,
      promised: range(1, 2, 3),
      measured: 2,
      customers: 4,
      noChange: range(4, 5, 6),
      verdict: 'asPromised' as const,
      saved: null,
    };
    const list = [
      suggestionOf('first', NOW, { outcome }),
      suggestionOf('none', NOW),
      suggestionOf('second', NOW, { outcome: { ...outcome, measuredAt: 2 } }),
    ];
    expect(measured(list).map(({ id }) => id)).toEqual(['second', 'first']);
  });
});

describe('what can be done with a suggestion', () => {
  const one = suggestionOf('one', NOW);

  it('is accepted only while it is open, valid, of live data and by those who may', () => {
    expect(blockerOf(one, NOW, true, true)).toBeNull();
    expect(blockerOf(one, NOW, false, true)).toBe('stale');
    expect(blockerOf(one, one.validUntil, true, true)).toBe('expired');
    expect(blockerOf(one, NOW, true, false)).toBe('notAllowed');
    expect(blockerOf({ ...one, status: 'accepted' }, NOW, true, true)).toBe('answered');
  });

  it('can be undone for as long as the server says', () => {
    const done = suggestionOf('done', NOW, { status: 'accepted', accepted });
    expect(isUndoable(done, NOW + 9_999)).toBe(true);
    expect(isUndoable(done, NOW + 10_000)).toBe(false);
    expect(isUndoable(one, NOW)).toBe(false);
  });

  it('goes on step by step, and can be recalled until it is over', () => {
    expect(nextSteps({ status: 'accepted', lever: 'send' })).toEqual(['start', 'recall']);
    expect(nextSteps({ status: 'late', lever: 'send' })).toEqual(['arrive', 'recall']);
    expect(nextSteps({ status: 'arrived', lever: 'send' })).toEqual(['return', 'recall']);
    expect(nextSteps({ status: 'rejected', lever: 'send' })).toEqual([]);
  });

  it('nothing is chosen at first; no action is a choice too', () => {
    expect(choiceFrom(null, one)).toBeNull();
    expect(choiceFrom('none', one)).toBe('none');
    expect(choiceFrom('0', one)).toBe(0);
    expect(choiceFrom('7', one)).toBeNull();
    expect(choiceFrom('none', { ...one, accepted })).toBe(0);
  });
});

describe('figures of a suggestion', () => {
  it('both sides on one axis that holds the longest wait and the target', () => {
    const [receiver, giver] = dumbbells(suggestionOf('one', NOW), moveOption(NOW));
    expect(receiver).toMatchObject({ side: 'receiver', without: 2_040, with: { middle: 1_140 } });
    expect(giver).toMatchObject({ side: 'giver', without: 480 });
    expect(axisEnd([100, 300], [900, null])).toBeCloseTo(990);
    const inside = moveOption(NOW, { promise: promiseOf(NOW, { giver: null }) });
    expect(dumbbells(suggestionOf('in', NOW), inside)).toHaveLength(1);
  });

  it('how far somebody is and how late', () => {
    const going = suggestionOf('going', NOW, {
      status: 'started',
      accepted,
      startedAt: NOW,
      dueAt: NOW + 10 * MINUTE,
    });
    expect(progressOf(going, NOW + 5 * MINUTE)).toEqual({ share: 0.5, lateMinutes: 0 });
    expect(progressOf(going, NOW + 22 * MINUTE)).toEqual({ share: 1, lateMinutes: 12 });
    expect(progressOf({ ...going, arrivedAt: NOW }, NOW + 22 * MINUTE)).toEqual({ share: 1, lateMinutes: 0 });
    expect(progressOf(suggestionOf('open', NOW), NOW)).toEqual({ share: 0, lateMinutes: 0 });
  });

  it('chances as cases of twenty, never all of them', () => {
    expect(helpfulOf(0.9)).toBe(18);
    expect(helpfulOf(1)).toBe(19);
  });

  it('the record of its kind, judged from ten on', () => {
    const kept = { asPromised: 38, better: 2, worse: 3, of: 43 };
    const record = { days: 30, total: kept, byLever: [{ ...kept, lever: 'send' as const }], byBranch: [] };
    expect(recordOf(record, 'send').asPromised).toBe(38);
    expect(recordOf(record, 'recall').of).toBe(0);
    expect(isJudged(kept)).toBe(true);
    expect(isJudged({ ...kept, of: 9 })).toBe(false);
  });
});
