/** A row of a report while it is added up. */
import type { BranchProfile } from '#shared/network.ts';
import type { ReportDefinition } from '#shared/reports.ts';
import type { Judgement } from '../domain/metrics/definitions.ts';
import {
  type AgentInterval,
  type CounterInterval,
  noAgentInterval,
  noCounterInterval,
  noQueueInterval,
  type QueueInterval,
} from '../domain/metrics/interval.ts';
import type { Slot } from './calendar.ts';

export interface Line {
  slot: Slot;
  day: number;
  branch: string | null;
  id: string | null;
  queue: QueueInterval;
  agent: AgentInterval;
  counter: CounterInterval;
  definitions: Map<Judgement, ReportDefinition>;
  parts: Map<string, Part>;
}

/** What a branch has in a line. */
export interface Part {
  branch: BranchProfile;
  slot: Slot;
  counters: Set<string>;
}

/** How long a hall is open in a step, ms. */
export type OpenTime = (branch: BranchProfile, slot: Slot) => number;

/** A line to which nothing was added yet. */
export const emptyLine = (
  { slot, day }: Pick<Line, 'slot' | 'day'>,
  about: Pick<Line, 'branch' | 'id'>,
): Line => ({
  ...about,
  slot,
  day,
  queue: noQueueInterval(),
  agent: noAgentInterval(),
  counter: noCounterInterval(),
  definitions: new Map(),
  parts: new Map(),
});
