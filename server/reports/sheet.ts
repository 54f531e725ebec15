/** Adds rows of history up to the rows of a report. */
import type { Subject } from '#shared/report-queries.ts';
import type { IntervalReportRow } from '#shared/reports.ts';
import { judgedSince, judgementAt } from '../domain/metrics/definitions.ts';
import { addAgentInterval, addCounterInterval, addQueueInterval } from '../domain/metrics/interval.ts';
import { possibleOpenMs } from '../domain/metrics/staff-figure-set.ts';
import { emptyLine, type Line, type OpenTime, type Part } from './line.ts';
import type { StepRow, StepRows } from './read-steps.ts';
import { reportRow } from './report-row.ts';

export interface Sheet {
  add(rows: StepRows): void;
  /** The rows in order of branch, time and id; `completeTo` is until when all of a branch is in history. */
  rows(completeTo: (branch: string) => number): Generator<IntervalReportRow>;
}

/** An empty sheet. Over a network, days of the same date are one row, whenever they begin. */
export function createSheet(of: Subject, byDay: boolean): Sheet {
  const lines = new Map<string, Line>();

  const lineOf = (row: StepRow<unknown>): { line: Line; part: Part } => {
    const branch = of === 'network' ? null : row.branch.id;
    const id = of === 'network' || of === 'branch' ? null : row.id;
    const key = JSON.stringify([branch, byDay ? row.day : row.slot.from, id]);
    let line = lines.get(key);
    if (line === undefined) lines.set(key, (line = emptyLine(row, { branch, id })));
    let part = line.parts.get(row.branch.id);
    if (part === undefined) {
      part = { branch: row.branch, slot: row.slot, counters: new Set() };
      line.parts.set(row.branch.id, part);
      const { from, to } = line.slot;
      line.slot = { from: Math.min(from, row.slot.from), to: Math.max(to, row.slot.to) };
    }
    return { line, part };
  };

  // Counters of a hall share its hours.
  const opened = new Map<string, number>();
  const openMsOf: OpenTime = (branch, { from, to }) => {
    const key = JSON.stringify([branch.id, from]);
    let ms = opened.get(key);
    if (ms === undefined) opened.set(key, (ms = possibleOpenMs(branch, 1, from, to)));
    return ms;
  };

  return {
    add({ queues, agents, counters }) {
      for (const row of queues) {
        const { line } = lineOf(row);
        addQueueInterval(line.queue, row.sums);
        const judgement = judgementAt(row.branch, row.id, row.start);
        const validFrom = judgedSince(row.branch, row.id, row.start);
        line.definitions.set(judgement, { validFrom, ...judgement });
      }
      for (const row of agents) addAgentInterval(lineOf(row).line.agent, row.sums);
      for (const row of counters) {
        const { line, part } = lineOf(row);
        addCounterInterval(line.counter, row.sums);
        part.counters.add(row.id);
      }
    },
    *rows(completeTo) {
      for (const line of [...lines.values()].sort(inOrder)) yield reportRow(line, of, completeTo, openMsOf);
    },
  };
}

const compare = (a: string | null, b: string | null): number =>
  a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;

const inOrder = (a: Line, b: Line): number =>
  compare(a.branch, b.branch) || a.slot.from - b.slot.from || compare(a.id, b.id);
