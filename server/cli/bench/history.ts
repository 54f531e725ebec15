import { mkdtempSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import { historyFile, openHistory, openHistoryReader } from '../../history/open.ts';
import type { DayQuery, HistoryStore } from '../../history/store.ts';
import { printResult, progress, UsageError } from '../result.ts';
import { createHistoryLoad, type HistoryLoad } from './history-load.ts';
import { percentile, rounded } from './percentiles.ts';

/** Each question is asked this often. */
const TIMES = 21;
const MONTH_DAYS = 30;
const FEW_ROWS = 300;
const MANY_ROWS = 10_000;
const SHARD = 0;
const BYTES_A_MB = 1e6;
const NANOSECONDS_A_MS = 1e6;
/** What a report, an addition and the main thread meanwhile may take, ms. */
const TARGETS_MS = { day: 50, month: 1_000, few: 2, many: 150, loopP99: 50 };

const Options = z.object({
  rows: z.coerce.number().int().positive(),
  branches: z.coerce.number().int().positive(),
  queues: z.coerce.number().int().positive(),
});

interface Timing {
  median: number;
  p95: number;
}

/** `muster bench history`: reports, additions and the main thread's delay on a history of many quarter-hours. */
export async function benchHistory(raw: unknown): Promise<void> {
  const options = Options.safeParse(raw);
  if (!options.success)
    throw new UsageError(`--${options.error.issues[0]?.path.join('') ?? ''} is not a number that fits`);
  const load = createHistoryLoad(options.data);
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const file = historyFile(folder);
  try {
    const store = await openHistory({ file });
    const fillSeconds = await fill(store, load);
    const reports = await timeReports(file, load);
    const few = await timeApply(store, load, FEW_ROWS);
    const many = await timeApply(store, load, MANY_ROWS);
    await store.close();
    printResult({
      ok:
        reports.day.median <= TARGETS_MS.day &&
        reports.month.median <= TARGETS_MS.month &&
        few.median <= TARGETS_MS.few &&
        many.median <= TARGETS_MS.many &&
        reports.loopDelayP99 <= TARGETS_MS.loopP99,
      ...options.data,
      rows: load.rows,
      days: load.days,
      rowsFilledPerSecond: Math.round(load.rows / fillSeconds),
      fileMb: Math.round(statSync(file).size / BYTES_A_MB),
      dayReportMs: reports.day,
      monthReportMs: reports.month,
      monthByQueueMs: reports.monthByQueue,
      monthByBranchMs: reports.monthByBranch,
      branchMonthIntervalsMs: reports.branchMonth,
      loopDelayP99Ms: reports.loopDelayP99,
      apply300Ms: few,
      apply10000Ms: many,
      rssMb: Math.round(process.memoryUsage.rss() / BYTES_A_MB),
      dataset: `bench history --rows ${options.data.rows}`,
      seed: load.seed,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(store: HistoryStore, load: HistoryLoad): Promise<number> {
  const startedAt = performance.now();
  for (let day = 0; day < load.days; day++) {
    const name = `day ${day}`;
    await store.importRows({ sha256: name, name }, load.day(day));
    progress(`day ${day + 1} of ${load.days}`);
  }
  return (performance.now() - startedAt) / 1_000;
}

async function timeReports(file: string, load: HistoryLoad) {
  const reader = await openHistoryReader({ file });
  const { branches } = load;
  const month = (): DayQuery => ({ branches, ...load.someDays(MONTH_DAYS) });
  // The first question starts the thread.
  await reader.sourceDays({ branches: null, fromDay: 0, toDay: 0 });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const timings = {
    day: await time(() => () => reader.queueDays({ branches, ...load.someDays(1) })),
    month: await time(() => () => reader.queueDays(month())),
    monthByQueue: await time(() => () => reader.queueTotals({ ...month(), by: ['branch', 'id'] })),
    monthByBranch: await time(() => () => reader.queueTotals({ ...month(), by: ['branch'] })),
    branchMonth: await time(
      () => () => reader.queueIntervals({ branches: [load.someBranch()], ...load.someTime(MONTH_DAYS) }),
    ),
  };
  delay.disable();
  await reader.close();
  return { ...timings, loopDelayP99: rounded(delay.percentile(99) / NANOSECONDS_A_MS) };
}

async function timeApply(store: HistoryStore, load: HistoryLoad, rows: number): Promise<Timing> {
  let from = (await store.positions()).get(SHARD) ?? null;
  let stretches = 0;
  return time(() => {
    const to = `${rows}-${++stretches}`;
    const projection = { ...load.stretch(rows), shards: new Map([[SHARD, { from, to }]]) };
    from = to;
    return () => store.apply(projection);
  });
}

/** Times what `prepare` gives, again and again. */
async function time(prepare: () => () => Promise<unknown>): Promise<Timing> {
  const samples = new Float64Array(TIMES);
  for (let i = 0; i < TIMES; i++) {
    const run = prepare();
    const startedAt = performance.now();
    await run();
    samples[i] = performance.now() - startedAt;
  }
  samples.sort();
  return { median: rounded(percentile(samples, 0.5)), p95: rounded(percentile(samples, 0.95)) };
}
