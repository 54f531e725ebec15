/** A branch as a form shows it, and back. Pure. */
import type { BranchProfile, BranchProfileInput } from '#shared/network.ts';

export interface HoursDraft {
  days: number[];
  opens: string;
  closes: string;
}
export interface QueueDraft {
  id: string;
  letter: string;
  zh: string;
  en: string;
  /** Minutes, as typed. */
  target: string;
  threshold: string;
}
export interface CounterDraft {
  id: string;
  label: string;
  /** Ids of its queues, with spaces between; empty: all. */
  queues: string;
}
export interface BranchDraft {
  id: string;
  zh: string;
  en: string;
  region: string;
  regionZh: string;
  regionEn: string;
  channel: BranchProfile['channel'];
  zone: string;
  hours: HoursDraft[];
  queues: QueueDraft[];
  counters: CounterDraft[];
  /** Longest silence to expect of its sources, minutes, as typed. */
  expected: string;
}

const MINUTE = 60;
const WORKDAYS = [1, 2, 3, 4, 5];
const FIRST_LETTER = 'A'.charCodeAt(0);
const FIRST_COUNTERS = 3;
const minutes = (seconds: number): string => String(Math.round((seconds / MINUTE) * 100) / 100);
const seconds = (typed: string): number => Math.round(Number(typed) * MINUTE);
/** The first of `base1`, `base2` … that is free. */
const free = (base: string, taken: readonly string[]): string => {
  for (let n = 1; ; n++) if (!taken.includes(`${base}${n}`)) return `${base}${n}`;
};

/** One more queue. */
export const nextQueue = (queues: readonly QueueDraft[]): QueueDraft => ({
  id: free(
    'queue-',
    queues.map(({ id }) => id),
  ),
  letter: String.fromCharCode(FIRST_LETTER + queues.length),
  zh: '',
  en: '',
  target: '15',
  threshold: '10',
});

/** One more counter. */
export const nextCounter = (counters: readonly CounterDraft[]): CounterDraft => {
  const id = free(
    'c',
    counters.map((each) => each.id),
  );
  return { id, label: id.slice(1), queues: '' };
};

/** One more line of opening hours. */
export const nextHours = (): HoursDraft => ({ days: [6, 7], opens: '09:00', closes: '17:00' });

/** A new branch as most are: open on workdays, one queue, three counters. */
export function newDraft(zone: string, taken: readonly string[]): BranchDraft {
  const counters: CounterDraft[] = [];
  for (let n = 0; n < FIRST_COUNTERS; n++) counters.push(nextCounter(counters));
  return {
    id: free('hall-', taken),
    ...{ zh: '', en: '', region: '', regionZh: '', regionEn: '' },
    channel: 'hall',
    zone,
    hours: [{ days: [...WORKDAYS], opens: '09:00', closes: '18:00' }],
    queues: [{ ...nextQueue([]), id: 'general', zh: '综合业务', en: 'General' }],
    counters,
    expected: '5',
  };
}

/** A branch that is there. */
export const draftOf = (profile: BranchProfile): BranchDraft => ({
  id: profile.id,
  zh: profile.name.zh,
  en: profile.name.en,
  region: profile.region.id,
  regionZh: profile.region.name.zh,
  regionEn: profile.region.name.en,
  channel: profile.channel,
  zone: profile.zone,
  hours: profile.hours.map(({ days, opens, closes }) => ({ days: [...days], opens, closes })),
  queues: profile.queues.map(({ id, letter, name, targetSeconds, thresholdSeconds }) => ({
    ...{ id, letter, zh: name.zh, en: name.en },
    target: minutes(targetSeconds),
    threshold: minutes(thresholdSeconds),
  })),
  counters: profile.counters.map(({ id, label, queues }) => ({ id, label, queues: queues.join(' ') })),
  expected: minutes(profile.expectedSeconds),
});

/** What is sent: what the form does not show stays as it was `before`. */
export function profileOf(draft: BranchDraft, before: BranchProfile | null): BranchProfileInput {
  const known = new Map(before?.queues.map((queue) => [queue.id, queue]));
  return {
    ...before,
    id: draft.id,
    name: { zh: draft.zh || draft.en, en: draft.en || draft.zh },
    region: {
      id: draft.region || draft.regionEn || draft.regionZh,
      name: { zh: draft.regionZh || draft.regionEn, en: draft.regionEn || draft.regionZh },
    },
    channel: draft.channel,
    zone: draft.zone,
    hours: draft.hours,
    queues: draft.queues.map(({ id, letter, zh, en, target, threshold }) => ({
      ...known.get(id),
      ...{ id, letter, name: { zh: zh || en, en: en || zh } },
      targetSeconds: seconds(target),
      thresholdSeconds: seconds(threshold),
    })),
    counters: draft.counters.map(({ id, label, queues }) => ({
      ...{ id, label },
      queues: queues.split(/[\s,，]+/).filter((queue) => queue !== ''),
    })),
    expectedSeconds: seconds(draft.expected),
  };
}
