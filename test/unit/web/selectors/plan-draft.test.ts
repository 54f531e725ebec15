import { describe, expect, it } from 'vitest';
import { WhatIfBody } from '#shared/planning.ts';
import { asksFor, EMPTY_DRAFT, questionOf, refusedStep, stepOf } from '#lib/selectors/plan-draft.ts';

describe('a plan of one’s own', () => {
  it('is a step only when nothing is missing or out of bounds', () => {
    expect(stepOf(EMPTY_DRAFT)).toBeNull();
    expect(stepOf({ ...EMPTY_DRAFT, counter: '3' })).toEqual({ do: 'open', counter: '3', inMinutes: 0 });
    expect(stepOf({ ...EMPTY_DRAFT, counter: '3', inMinutes: 241 })).toBeNull();
    expect(stepOf({ ...EMPTY_DRAFT, do: 'break', server: 'li' })).toMatchObject({
      server: 'li',
      minutes: 15,
    });
    expect(stepOf({ ...EMPTY_DRAFT, do: 'break', server: 'li', minutes: 0 })).toBeNull();
    expect(stepOf({ ...EMPTY_DRAFT, do: 'move' })).toBeNull();
  });

  it('is what the server takes', () => {
    const drafts = [
      { ...EMPTY_DRAFT, do: 'close' as const, counter: '3' },
      { ...EMPTY_DRAFT, do: 'break' as const, server: 'li' },
      { ...EMPTY_DRAFT, do: 'add' as const },
      { ...EMPTY_DRAFT, do: 'remove' as const, queue: 'a' },
      { ...EMPTY_DRAFT, do: 'move' as const, from: 'east', count: 2 },
    ];
    const plan = drafts.flatMap((draft) => stepOf(draft) ?? []);
    expect(WhatIfBody.parse(questionOf('west', plan)).plan).toHaveLength(drafts.length);
  });

  it('asks for what matters, and knows which step was refused', () => {
    expect(asksFor('open', 'counter')).toBe(true);
    expect(asksFor('open', 'server')).toBe(false);
    expect(refusedStep('plan.1.counter')).toBe(1);
    expect(refusedStep('branch')).toBe(-1);
    expect(refusedStep(null)).toBe(-1);
  });
});
