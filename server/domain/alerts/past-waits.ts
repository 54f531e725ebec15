/** What the rules would have seen in the past, from the visits history keeps: waits, service level and abandons. */
import type { BranchProfile } from '#shared/network.ts';
import type { VisitResult } from '../branch/visit.ts';
import { judgementAt } from '../metrics/definitions.ts';
import { ENOUGH, ENOUGH_ABANDONS, type Reading } from './readings.ts';

const WINDOW_MS = 30 * 60_000;

/** What is needed of a visit; times epoch ms. */
export interface PastVisit {
  queue: string | null;
  queuedAt: number | null;
  /** End of the wait. */
  at: number;
  result: VisitResult;
  waitSeconds: number | null;
}

/** A moment from which somebody waited longer than the target. */
export interface Breach {
  queue: string;
  at: number;
}

/** The past of one branch, to be gone through from its beginning on. */
export interface PastCourse {
  /** What rules would have seen at `now`, which never goes back. */
  readingsAt(now: number): Reading[];
}

/** The course of some visits; what waits or levels they have, not what agents or sources did. */
export function pastCourse(profile: BranchProfile, visits: readonly PastVisit[]): PastCourse {
  const queues = byQueue(visits).map(([id, of]) => queueCourse(profile, id, of));
  return { readingsAt: (now) => queues.flatMap((readingsAt) => readingsAt(now)) };
}

/** The breaches in some visits, each from its first moment; `gapMs` apart at least, else it is the same one. */
export function breachesOf(profile: BranchProfile, visits: readonly PastVisit[], gapMs: number): Breach[] {
  return byQueue(visits).flatMap(([queue, of]) => {
    const late = of
      .flatMap(({ queuedAt, at }) => {
        if (queuedAt === null) return [];
        const from = queuedAt + judgementAt(profile, queue, queuedAt).targetSeconds * 1_000;
        return from < at ? [{ from, to: at }] : [];
      })
      .sort((a, b) => a.from - b.from);
    const breaches: Breach[] = [];
    let until = -Infinity;
    for (const { from, to } of late) {
      if (from > until + gapMs) breaches.push({ queue, at: from });
      until = Math.max(until, to);
    }
    return breaches;
  });
}

function byQueue(visits: readonly PastVisit[]): [string, PastVisit[]][] {
  const found = new Map<string, PastVisit[]>();
  for (const visit of visits) {
    if (visit.queue === null) continue;
    const known = found.get(visit.queue);
    if (known) known.push(visit);
    else found.set(visit.queue, [visit]);
  }
  return [...found];
}

function queueCourse(
  profile: BranchProfile,
  queue: string,
  visits: readonly PastVisit[],
): (now: number) => Reading[] {
  const arrivals = visits
    .flatMap(({ queuedAt, at }) => (queuedAt === null ? [] : [{ queuedAt, at }]))
    .sort((a, b) => a.queuedAt - b.queuedAt);
  const ends = visits
    .filter(({ result }) => result === 'answered' || result === 'abandoned')
    .sort((a, b) => a.at - b.at);
  let oldest = 0;
  let from = 0;
  let to = 0;
  const counts = { answered: 0, abandoned: 0, within: 0 };

  const count = (visit: PastVisit | undefined, by: number): void => {
    if (visit === undefined) return;
    const { thresholdSeconds } = judgementAt(profile, queue, visit.at);
    if (visit.result === 'abandoned') counts.abandoned += by;
    else counts.answered += by;
    if (visit.result === 'answered' && (visit.waitSeconds ?? 0) <= thresholdSeconds) counts.within += by;
  };

  return (now) => {
    while (oldest < arrivals.length && (arrivals[oldest]?.at ?? 0) <= now) oldest += 1;
    while (to < ends.length && (ends[to]?.at ?? 0) <= now) count(ends[to++], 1);
    while (from < to && (ends[from]?.at ?? 0) <= now - WINDOW_MS) count(ends[from++], -1);
    const { targetSeconds, serviceLevelTarget } = judgementAt(profile, queue, now);
    const queuedAt = arrivals[oldest]?.queuedAt ?? now;
    const ended = counts.answered + counts.abandoned;
    const level = ended < ENOUGH ? serviceLevelTarget : counts.within / ended;
    const isMany = ended >= ENOUGH && counts.abandoned >= ENOUGH_ABANDONS;
    const read = (rule: Reading['rule'], value: number): Reading => ({
      rule,
      subject: { kind: 'queue', id: queue },
      value,
      source: null,
    });
    return [
      read('waitOverTarget', Math.max(0, now - queuedAt) / 1_000 / targetSeconds),
      read('serviceLevelUnder', Math.max(0, serviceLevelTarget - level)),
      read('manyAbandons', isMany ? counts.abandoned / ended : 0),
    ];
  };
}
