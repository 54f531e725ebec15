import { describe, expect, it } from 'vitest';
import { SentBranchProfile } from '#shared/branch-profiles.ts';
import { draftOf, newDraft, nextCounter, nextQueue, profileOf } from '#lib/views/settings/branch-draft.ts';
import { hall } from '#test/support/profiles.ts';

describe('a branch as a form', () => {
  it('comes back as it was, with what the form does not show', () => {
    const profile = hall({
      calendar: [{ date: '2026-10-01', factor: 0 }],
      counters: [{ id: 'c1', label: '1', queues: ['personal', 'corporate'] }],
    });
    expect(SentBranchProfile.parse(profileOf(draftOf(profile), profile))).toEqual(profile);
  });

  it('is a sound one as soon as it has a name', () => {
    const draft = { ...newDraft('Europe/Warsaw', ['hall-1']), en: 'North', regionEn: 'City' };
    const made = SentBranchProfile.parse(profileOf(draft, null));
    expect(made).toMatchObject({
      id: 'hall-2',
      name: { zh: 'North', en: 'North' },
      region: { id: 'City', name: { zh: 'City', en: 'City' } },
      queues: [{ id: 'general', targetSeconds: 900, thresholdSeconds: 600 }],
      counters: [{ id: 'c1' }, { id: 'c2' }, { id: 'c3' }],
      expectedSeconds: 300,
    });
  });

  it('gives each further queue and counter a code of its own', () => {
    const queue = nextQueue([]);
    expect([queue.id, nextQueue([queue]).id, nextQueue([queue]).letter]).toEqual(['queue-1', 'queue-2', 'B']);
    const counter = nextCounter([]);
    expect(nextCounter([counter])).toMatchObject({ id: 'c2', label: '2' });
  });
});
