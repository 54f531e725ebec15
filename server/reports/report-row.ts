/** One row of a report from its sums. */
import type { Subject } from '#shared/report-queries.ts';
import type { IntervalReportRow, ReportDefinition } from '#shared/reports.ts';
import { dayText } from '../domain/branch/hall-day.ts';
import type { FigureSet } from '../domain/metrics/figure.ts';
import { WAIT_LIMITS_SECONDS } from '../domain/metrics/interval.ts';
import { wholeFigures } from '../domain/metrics/live-figures.ts';
import { queueFigures } from '../domain/metrics/queue-figure-set.ts';
import { agentFigures, counterFigures } from '../domain/metrics/staff-figure-set.ts';
import { localText } from './calendar.ts';
import { rowFigures } from './row-figures.ts';
import type { Line, OpenTime } from './line.ts';

/** The row; over several zones its clock is UTC. */
export function reportRow(
  line: Line,
  of: Subject,
  completeTo: (branch: string) => number,
  openMsOf: OpenTime,
): IntervalReportRow {
  const { slot, day, branch, id } = line;
  const parts = [...line.parts.values()];
  const zones = new Set(parts.map((part) => part.branch.zone));
  const [zone = 'UTC'] = zones.size === 1 ? zones : [];
  return {
    branch,
    id,
    ...slot,
    local: localText(zone, slot.from),
    day: dayText(day),
    complete: parts.every((part) => part.slot.to <= completeTo(part.branch.id)),
    branches: parts.length,
    definitions: distinct([...line.definitions.values()]),
    ...sumsOf(line, of),
    figures: rowFigures(figuresOf(line, of, openMsOf)),
  };
}

/** Versions of several queues may say the same. */
const distinct = (all: ReportDefinition[]): ReportDefinition[] => [
  ...new Map(all.map((each) => [JSON.stringify(each), each])).values(),
];

function sumsOf({ queue, agent, counter }: Line, of: Subject): Pick<IntervalReportRow, 'sums' | 'waits'> {
  const { waits, ...counts } = queue;
  const ofQueues = { sums: { queue: counts }, waits: byLimit(waits) };
  switch (of) {
    case 'queue':
      return ofQueues;
    case 'agent':
      return { sums: { agent: { ...agent } } };
    case 'counter':
      return { sums: { counter: { ...counter } } };
    case 'branch':
    case 'network':
      return { ...ofQueues, sums: { ...ofQueues.sums, agent: { ...agent }, counter: { ...counter } } };
    default:
      return of satisfies never;
  }
}

const LIMIT_NAMES = [...WAIT_LIMITS_SECONDS.map((seconds) => `to${seconds}`), 'longer'];

function byLimit(waits: readonly number[]): Record<string, number> {
  const named: Record<string, number> = {};
  for (const [bucket, name] of LIMIT_NAMES.entries()) named[name] = waits[bucket] ?? 0;
  return named;
}

function figuresOf(line: Line, of: Subject, openMsOf: OpenTime): FigureSet {
  switch (of) {
    case 'queue':
      return queueFigures(line.queue);
    case 'agent':
      return agentFigures(line.agent);
    case 'counter':
      return counterFigures(line.counter, possibleMs(line, of, openMsOf));
    case 'branch':
    case 'network':
      return wholeFigures({
        queues: line.queue,
        agents: line.agent,
        counters: line.counter,
        possibleMs: possibleMs(line, of, openMsOf),
      });
    default:
      return of satisfies never;
  }
}

// Of a branch whose counters nobody told of, nobody knows whether they were open.
const possibleMs = ({ parts }: Line, of: Subject, openMsOf: OpenTime): number =>
  [...parts.values()].reduce((sum, { branch, slot, counters }) => {
    const configured = of === 'counter' ? [] : branch.counters.map(({ id }) => id);
    const known = counters.size === 0 ? 0 : counters.union(new Set(configured)).size;
    return known === 0 ? sum : sum + known * openMsOf(branch, slot);
  }, 0);
