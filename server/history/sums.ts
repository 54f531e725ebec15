/** Sums of an interval as cells of a row, and back. */
import { type QueueInterval, WAIT_BUCKETS } from '../domain/metrics/interval.ts';
import type { AgentInterval, CounterInterval } from '../domain/metrics/interval.ts';
import {
  AGENT_SUMS,
  AGENT_TIMES,
  type Cell,
  type Column,
  columnsOf,
  COUNTER_SUMS,
  COUNTER_TIMES,
  QUEUE_SUMS,
  WAIT_COLUMNS,
} from './columns.ts';
import { UnstorableRow } from './store.ts';

export interface Shape<Sums> {
  columns: readonly Column[];
  /** The cells in the order of the columns. */
  write(sums: Sums): number[];
  /** Reads the cells from a place in a row on. */
  read(cells: readonly Cell[], at: number): Sums;
}

const namesOf = <Name extends string>(kinds: Record<Name, unknown>) => Object.keys(kinds) as Name[];

/** Reads the numbers of these names, from a place in a row on. */
function numbersOf<Name extends string>(names: readonly Name[]) {
  // A copy of an object of fractions has its final shape at once, which is faster than adding name after name.
  const shape = Object.fromEntries(names.map((name) => [name, 0.5])) as Record<Name, number>;
  return (cells: readonly Cell[], at: number): Record<Name, number> => {
    const found = { ...shape };
    for (let i = 0; i < names.length; i++) found[names[i] as Name] = Number(cells[at + i]);
    return found;
  };
}

const queueSums = namesOf(QUEUE_SUMS);
const readQueueSums = numbersOf(queueSums);

export const queueShape: Shape<QueueInterval> = {
  columns: [...columnsOf(QUEUE_SUMS), ...WAIT_COLUMNS],
  write(sums) {
    if (sums.waits.length !== WAIT_BUCKETS) throw new UnstorableRow(`waits: ${sums.waits.length} buckets`);
    const cells: number[] = [];
    for (const name of queueSums) cells.push(sums[name]);
    for (const count of sums.waits) cells.push(count);
    return cells;
  },
  read(cells, at) {
    const waitsAt = at + queueSums.length;
    const waits = cells.slice(waitsAt, waitsAt + WAIT_BUCKETS).map(Number);
    return Object.assign(readQueueSums(cells, at), { waits });
  },
};

const agentSums = namesOf(AGENT_SUMS);
const agentTimes = namesOf(AGENT_TIMES);
const readAgentSums = numbersOf(agentSums);
const readAgentTimes = numbersOf(agentTimes);

export const agentShape: Shape<AgentInterval> = {
  columns: [...columnsOf(AGENT_SUMS), ...columnsOf(AGENT_TIMES, '_ms')],
  write: (sums) => [
    ...agentSums.map((name) => sums[name]),
    ...agentTimes.map((activity) => sums.spentMs[activity]),
  ],
  read: (cells, at) =>
    Object.assign(readAgentSums(cells, at), {
      spentMs: readAgentTimes(cells, at + agentSums.length),
    }),
};

const counterSums = namesOf(COUNTER_SUMS);
const counterTimes = namesOf(COUNTER_TIMES);
const readCounterSums = numbersOf(counterSums);
const readCounterTimes = numbersOf(counterTimes);

export const counterShape: Shape<CounterInterval> = {
  columns: [...columnsOf(COUNTER_SUMS), ...columnsOf(COUNTER_TIMES, '_ms')],
  write: (sums) => [
    ...counterSums.map((name) => sums[name]),
    ...counterTimes.map((activity) => sums.spentMs[activity]),
  ],
  read: (cells, at) =>
    Object.assign(readCounterSums(cells, at), {
      spentMs: readCounterTimes(cells, at + counterSums.length),
    }),
};
