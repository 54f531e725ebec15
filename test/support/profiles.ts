/** Places for tests: a hall and a hotline, both on Shanghai's clock. */
import type { SourceEvent } from '#shared/events.ts';
import { BranchProfile, type BranchProfileInput } from '#shared/network.ts';

const region = { id: 'east', name: { zh: '东区', en: 'East' } };

/** A hall with two queues (A promises 15 min, B 10) and two counters, open 9 to 17. */
export const hall = (changes: Partial<BranchProfileInput> = {}): BranchProfile =>
  BranchProfile.parse({
    id: 'hall',
    name: { zh: '人民路营业厅', en: 'Renmin Road' },
    region,
    channel: 'hall',
    zone: 'Asia/Shanghai',
    hours: [{ opens: '09:00', closes: '17:00' }],
    queues: [
      { id: 'personal', letter: 'A', name: { zh: '个人', en: 'Personal' }, shortAbandonSeconds: 60 },
      { id: 'corporate', letter: 'B', name: { zh: '对公', en: 'Corporate' }, targetSeconds: 600 },
    ],
    counters: [
      { id: 'c1', label: '1' },
      { id: 'c2', label: '2' },
    ],
    ...changes,
  });

/** A hotline that promises 60 s and counts those answered within 20 s. */
export const hotline = (changes: Partial<BranchProfileInput> = {}): BranchProfile =>
  BranchProfile.parse({
    id: 'hotline',
    name: { zh: '热线', en: 'Hotline' },
    region,
    channel: 'voice',
    zone: 'Asia/Shanghai',
    queueDefaults: { targetSeconds: 60, thresholdSeconds: 20, shortAbandonSeconds: 10 },
    ...changes,
  });

/** A Monday on Shanghai's clock, epoch ms at its midnight. */
export const MONDAY = Date.UTC(2026, 2, 1, 16);

const SECOND_MS = 1_000;

/** That Monday at `HH:MM` or `HH:MM:SS` in Shanghai, epoch ms. */
export function clock(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return MONDAY + ((hours * 60 + minutes) * 60 + seconds) * SECOND_MS;
}

/** An instant: a clock time of {@link MONDAY}, or epoch ms. */
export type When = string | number;
export const instant = (when: When): number => (typeof when === 'string' ? clock(when) : when);

type FieldsOf<E extends SourceEvent> = Omit<E, 'id' | 'at' | 'type'>;
type Fact<T extends SourceEvent['type']> = Extract<SourceEvent, { type: T }>;

let ids = 0;

/** A fact told at a time of {@link MONDAY}, with an id of its own. */
export const told = <T extends SourceEvent['type']>(
  when: When,
  type: T,
  fields: FieldsOf<Fact<T>>,
): Fact<T> => ({ id: `f${++ids}`, at: instant(when), type, ...fields }) as Fact<T>;
