/** The last hours of a queue from history → what sparklines and charts draw. Pure; times epoch ms. */

/** A value at a time. */
export interface Sample {
  at: number;
  value: number;
}

/** What is read of a row of `GET /api/v1/intervals`. */
export interface IntervalPart {
  id: string | null;
  from: number;
  to: number;
  sums: { queue?: Readonly<Record<string, number>> };
}

const sumOf = ({ sums }: IntervalPart, name: string): number => sums.queue?.[name] ?? 0;

/** The rows of each queue, oldest first. */
export function byQueue(rows: readonly IntervalPart[]): Map<string, IntervalPart[]> {
  const queues = new Map<string, IntervalPart[]>();
  for (const row of rows) {
    if (row.id === null) continue;
    const known = queues.get(row.id);
    if (known) known.push(row);
    else queues.set(row.id, [row]);
  }
  for (const list of queues.values()) list.sort((a, b) => a.from - b.from);
  return queues;
}

/**
 * How many waited at the start of each of these quarter-hours: who waits now, less those who came since, plus those
 * whose wait ended since. Nothing when that does not add up, as when the feed began in between.
 */
export function waitingBefore(
  rows: readonly IntervalPart[],
  waitingNow: number | null,
  now: number,
): Sample[] {
  if (waitingNow === null) return [];
  const samples: Sample[] = [];
  let waiting = waitingNow;
  for (const row of rows.toReversed()) {
    if (row.from > now) continue;
    waiting +=
      sumOf(row, 'answered') + sumOf(row, 'abandoned') + sumOf(row, 'rerouted') - sumOf(row, 'offered');
    if (waiting < 0) return [];
    samples.push({ at: row.from, value: waiting });
  }
  return samples.reverse();
}

/** What a level feed counted on average in each quarter-hour in which it was heard. */
export const observedBefore = (rows: readonly IntervalPart[]): Sample[] =>
  rows.flatMap((row) => {
    const heard = sumOf(row, 'observedSeconds');
    return heard > 0 ? [{ at: row.from, value: sumOf(row, 'observedWaitingSeconds') / heard }] : [];
  });

/** Average wait of those answered in each quarter-hour, seconds, at its middle; none where nobody was. */
export const meanWaits = (rows: readonly IntervalPart[]): Sample[] =>
  rows.flatMap((row) => {
    const answered = sumOf(row, 'answered');
    return answered > 0 ? [{ at: (row.from + row.to) / 2, value: sumOf(row, 'waitSeconds') / answered }] : [];
  });

/** Those who came in each quarter-hour. */
export const arrivals = (rows: readonly IntervalPart[]): Sample[] =>
  rows.map((row) => ({ at: row.from, value: sumOf(row, 'offered') }));

/** What is read of a row of `GET /api/v1/visits`. */
export interface VisitPart {
  contact: string;
  ticket: string | null;
  at: number;
  queue: string | null;
  counter: string | null;
  agent: string | null;
  result: string;
  waitSeconds: number | null;
  serviceSeconds: number | null;
}

/** Average wait of those answered in each step of the clock, seconds, at its middle. */
export function waitCourse(visits: readonly VisitPart[], stepMs: number): Sample[] {
  const steps = new Map<number, { sum: number; n: number }>();
  for (const { result, waitSeconds, at } of visits) {
    if (result !== 'answered' || waitSeconds === null) continue;
    const step = Math.floor(at / stepMs) * stepMs;
    const known = steps.get(step) ?? { sum: 0, n: 0 };
    steps.set(step, { sum: known.sum + waitSeconds, n: known.n + 1 });
  }
  return [...steps]
    .map(([at, { sum, n }]) => ({ at: at + stepMs / 2, value: sum / n }))
    .sort((a, b) => a.at - b.at);
}

/** The value below which `share` (0–1) of the values lie, nearest rank; `null` of none. */
export function nearestRank(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** Samples of the last `spanMs`, older ones first and live ones after them. */
export function recent(
  past: readonly Sample[],
  live: readonly Sample[],
  now: number,
  spanMs: number,
): readonly Sample[] {
  const begin = live[0]?.at ?? Infinity;
  return [...past.filter(({ at }) => at < begin), ...live].filter(({ at }) => at >= now - spanMs);
}
