/** A plan of one's own while it is put together → what the server takes. Pure. */
import type { PlanStep, WhatIfBody } from '#shared/planning.ts';

export const PLAN_KINDS = [
  'open',
  'close',
  'break',
  'add',
  'remove',
  'move',
] as const satisfies readonly PlanStep['do'][];
export type PlanKind = (typeof PLAN_KINDS)[number];

/** What is filled in; which fields matter depends on what is to be done. */
export interface PlanDraft {
  do: PlanKind;
  counter: string;
  server: string;
  /** Empty means all queues. */
  queue: string;
  count: number;
  inMinutes: number;
  minutes: number;
  from: string;
  travelMinutes: number;
}

export const EMPTY_DRAFT: PlanDraft = {
  do: 'open',
  counter: '',
  server: '',
  queue: '',
  count: 1,
  inMinutes: 0,
  minutes: 15,
  from: '',
  travelMinutes: 20,
};

/** Fields that the form asks for. */
const FIELDS: Record<PlanKind, readonly (keyof PlanDraft)[]> = {
  open: ['counter'],
  close: ['counter'],
  break: ['server', 'minutes'],
  add: ['queue', 'count'],
  remove: ['queue', 'count'],
  move: ['from', 'queue', 'count', 'travelMinutes'],
};
export const asksFor = (kind: PlanKind, field: keyof PlanDraft): boolean => FIELDS[kind].includes(field);

/** The step; `null` as long as something is missing or out of bounds. */
export function stepOf(draft: PlanDraft): PlanStep | null {
  const { counter, server, count, inMinutes, minutes, from, travelMinutes } = draft;
  const queues = draft.queue === '' ? [] : [draft.queue];
  if (!within(inMinutes, 0, 240) || !within(count, 1, 50)) return null;
  switch (draft.do) {
    case 'open':
    case 'close':
      return counter === '' ? null : { do: draft.do, counter, inMinutes };
    case 'break':
      if (server === '' || !within(minutes, 1, 120)) return null;
      return { do: 'break', server, inMinutes, minutes };
    case 'add':
    case 'remove':
      return { do: draft.do, queues, count, inMinutes };
    case 'move':
      if (from === '' || !within(travelMinutes, 0, 180)) return null;
      return { do: 'move', from, fromQueues: [], queues, count, inMinutes, travelMinutes };
  }
}

// A field that was emptied holds no number.
const within = (value: number | null, least: number, most: number): boolean =>
  value !== null && value >= least && value <= most;

/** Steps one plan may have. */
export const MOST_STEPS = 20;

/** Which step the server could not do, by the field it names (`plan.1.counter`); −1 when it names none. */
export function refusedStep(field: string | null): number {
  const place = /^plan\.(\d+)/.exec(field ?? '')?.[1];
  return place === undefined ? -1 : Number(place);
}

/** The question about a plan. */
export const questionOf = (branch: string, plan: PlanStep[]): WhatIfBody => ({ branch, plan, minutes: 120 });
