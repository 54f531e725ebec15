/** `muster bench waits`: how well the wait of each contact is foretold when it begins. */
import { basename } from 'node:path';
import { LEVELS } from '../../domain/waits/spread.ts';
import { UnreadableRecording } from '../../sources/reading.ts';
import { openRecordedDay } from '../../sources/recorded-day.ts';
import { printResult, progress, UsageError } from '../result.ts';
import { judgeWaits, type Judged, type Judgement } from './waits/judge-waits.ts';

/** `ok` asks for this much of the error of "last to enter service", and this part of waits inside the 80 % range. */
const LARGEST_RATIO = 0.7;
const COVERAGE = { least: 0.75, most: 0.85 } as const;
const PROGRESS_EVERY = 50_000;
/** Digits of the ratios in the result. */
const DIGITS = 5;

/**
 * Reads a recording in the order of its events and compares, for each contact that waited and was served, the estimate
 * made when it joined its queue with the wait that came. Nothing from later on is used: the branch starts without any
 * experience, and learns from a wait when it has ended. Judged is the whole file, the first contacts included.
 *
 * What the correction looks at was chosen on the first 60 % of the waits of one recording (a bank's hotline of 1999), its
 * few constants by single weeks of it, each from a cold start, and by made queues whose law is known. Its weights are none
 * of these: they start at zero in every run.
 *
 * `rrase` is the root mean squared error over the mean wait. It is of the mean wait of an estimate; `coverage80` is the
 * part of waits between its P10 and P90. `les`, `hol` and `ql` are the simple guesses of Ibrahim & Whitt 2009.
 */
export async function benchWaits(file: string): Promise<void> {
  const startedAt = performance.now();
  const judged = await judge(file);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { waits } = judged;
  if (waits.length === 0) throw new UsageError(`${file}: nobody in it waited and was served`);

  const rrase = {
    ours: rraseOf(waits, ({ said }) => said.mean),
    les: rraseOf(waits, ({ guesses }) => guesses.les),
    hol: rraseOf(waits, ({ guesses }) => guesses.hol),
    ql: rraseOf(waits, ({ guesses }) => guesses.ql),
  };
  const coverage80 = belowQuantile(waits, 0.9) - belowQuantile(waits, 0.1, true);
  const ratio = rrase.ours / rrase.les;
  printResult({
    ok: ratio <= LARGEST_RATIO && coverage80 >= COVERAGE.least && coverage80 <= COVERAGE.most,
    contacts: waits.length,
    rrase: {
      ours: rounded(rrase.ours),
      les: rounded(rrase.les),
      hol: rounded(rrase.hol),
      ql: rounded(rrase.ql),
    },
    maeSeconds: {
      ours: rounded(meanOf(waits, ({ said, actual }) => Math.abs(said.mean - actual))),
      les: rounded(meanOf(waits, ({ guesses, actual }) => Math.abs(guesses.les - actual))),
    },
    coverage80: rounded(coverage80),
    ratioToLes: rounded(ratio),
    below: { p50: rounded(belowQuantile(waits, 0.5)), p80: rounded(belowQuantile(waits, 0.8)) },
    biasSeconds: rounded(meanOf(waits, ({ said, actual }) => said.mean - actual)),
    meanWaitSeconds: rounded(meanOf(waits, ({ actual }) => actual)),
    rejected: judged.rejected,
    facts: judged.facts,
    seconds: rounded(seconds),
    dataset: basename(file),
    seed: null,
  });
}

/** Reads and judges; a file nobody can read is a {@link UsageError}. */
async function judge(file: string): Promise<Judged> {
  try {
    const day = await openRecordedDay(file);
    if (day.format === 'snapshot-feed') throw new UsageError(`${file} is a level feed: it names no contacts`);
    return await judgeWaits(day.readings, (facts) => {
      if (facts % PROGRESS_EVERY === 0) progress(`${facts} facts`);
    });
  } catch (error) {
    throw error instanceof UnreadableRecording ? new UsageError(error.message) : error;
  }
}

const meanOf = (waits: readonly Judgement[], value: (wait: Judgement) => number): number =>
  waits.reduce((sum, wait) => sum + value(wait), 0) / waits.length;

function rraseOf(waits: readonly Judgement[], guess: (wait: Judgement) => number): number {
  const meanSquare = meanOf(waits, (wait) => (guess(wait) - wait.actual) ** 2);
  return Math.sqrt(meanSquare) / meanOf(waits, ({ actual }) => actual);
}

/** Part of the waits that were not longer (or, `strictly`, that were shorter) than the quantile of this level. */
function belowQuantile(
  waits: readonly Judgement[],
  level: (typeof LEVELS)[number],
  strictly = false,
): number {
  const place = LEVELS.indexOf(level);
  return meanOf(waits, ({ said, actual }) => {
    const quantile = said.quantiles[place] ?? 0;
    return actual < quantile || (!strictly && actual === quantile) ? 1 : 0;
  });
}

const rounded = (value: number): number => Number(value.toFixed(DIGITS));
