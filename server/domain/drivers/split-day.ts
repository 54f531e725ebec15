/**
 * How much of a wait above usual each driver makes (rule GD7): the day is followed by a model with every driver as it
 * was or as usual, eight courses in all, and what each driver adds is averaged over the orders they can come in
 * (Shapley). A queue goes on from one quarter-hour into the next, and so does its cause.
 */
import { type DriverFacts, DRIVERS, type Lacking, type WaitParts } from '#shared/drivers.ts';
import { differsSince, driverFacts, type FollowedPool, followPool, modelledWait } from './followed-pool.ts';
import type { HallLayout } from './hall-layout.ts';
import { type HallRecord, type HallSlot, meanWait, workIn } from './hall-record.ts';
import { shapley } from './shapley.ts';
import { usualScatter, type UsualDay } from './usual-day.ts';
import { judge, type Judged } from './verdict.ts';

export interface DayToSplit {
  layout: HallLayout;
  /** The day so far. */
  today: HallRecord;
  usual: UsualDay | null;
  /** The slot of the usual day at the same time by the clock, for each slot of today. */
  usualSlots: readonly number[];
  /** Counters planned, by pool and slot of today; `null`, or nothing at all, where the usual number is expected. */
  planned?: readonly (readonly (number | null)[])[];
}

/** The average wait of those answered in some slots, beside the usual one. */
export interface WaitSplit extends Judged {
  answered: number;
  measuredSeconds: number | null;
  usualSeconds: number | null;
  /** `null` when something is lacking; the message says what. */
  parts: WaitParts | null;
  /** The slot since which the queue differs from a usual one, and what the drivers were since then. */
  since: number | null;
  facts: DriverFacts | null;
}

/** Splits the wait of a queue, of all together for `null`, over the slots `from` ≤ slot < `to` of the day so far. */
export type SplitWait = (queue: string | null, from: number, to: number) => WaitSplit;

const NO_SLOT: HallSlot = { queues: [], servers: [] };

/** Prepares the splits of a day; a pool is followed when it is first asked for. */
export function splitDay({ layout, today, usual, usualSlots, planned }: DayToSplit): SplitWait {
  const beside = usualSlots.map((slot) => usual?.slots[slot] ?? NO_SLOT);
  const placesOf = (ids: readonly string[]): number[] => ids.map((id) => layout.queues.indexOf(id));
  const followed = new Map<number, FollowedPool | null>();

  const follow = (pool: number): FollowedPool | null => {
    let known = followed.get(pool);
    if (known === undefined) {
      known = followPool({
        queues: placesOf(layout.pools[pool]?.queues ?? []),
        pool,
        today: today.slots,
        usual: beside,
        usualDay: usual?.slots ?? [],
        days: usual?.days.length ?? 0,
        planned: planned?.[pool] ?? [],
      });
      followed.set(pool, known);
    }
    return known;
  };

  /** The pools behind a queue, or why nothing can be said of them. */
  const poolsOf = (queue: string | null): FollowedPool[] | Lacking => {
    if (usual === null) return 'history';
    const models: FollowedPool[] = [];
    for (const [pool, { queues }] of layout.pools.entries()) {
      if (queue !== null && !queues.includes(queue)) continue;
      if (queues.some((id) => today.unknownQueues.has(id))) return 'arrivals';
      const places = placesOf(queues);
      if (!isServed(usual.slots, places, pool) || !isServed(today.slots, places, pool)) return 'counters';
      const model = follow(pool);
      if (model === null) return 'handling';
      models.push(model);
    }
    return models;
  };

  const scales = new Map<string | null, number>();
  const scaleOf = (
    queue: string | null,
    slots: readonly HallSlot[],
    pools: readonly FollowedPool[],
  ): number => {
    let scale = scales.get(queue);
    if (scale === undefined) {
      scale = queue === null ? 1 : waitAgainst(slots, placesOf([queue]), pools);
      scales.set(queue, scale);
    }
    return scale;
  };

  return (queue, from, to) => {
    const queues = queue === null ? null : placesOf([queue]);
    const work = workIn(today.slots, queues, from, to);
    const measuredSeconds = meanWait(work);
    const usualSeconds = meanWait(workIn(beside, queues, from, to));
    const waits = { answered: work.answered, measuredSeconds, usualSeconds };
    const nothing = (lacking: Lacking): WaitSplit => ({
      ...waits,
      parts: null,
      since: null,
      facts: null,
      verdict: 'unknown',
      causes: [],
      message: `lacking.${lacking}`,
    });
    const pools = poolsOf(queue);
    if (!Array.isArray(pools)) return nothing(pools);
    if (usual === null || usualSeconds === null) return nothing('history');
    if (measuredSeconds === null) return nothing('answered');

    const scale = scaleOf(queue, usual.slots, pools);
    const [arrivals = 0, handling = 0, counters = 0] = shapley(
      DRIVERS.length,
      (set) => scale * modelledWait(pools, set, from, to),
    );
    const rest = measuredSeconds - usualSeconds - (arrivals + handling + counters);
    const parts = { arrivals, handling, counters, rest };
    const since = differsSince(pools, from);
    const facts = driverFacts(pools, since, to);
    const scatterSeconds = usualScatter(usual, queues, usualSlots.slice(from, to));
    const evidence = { parts, facts, scatterSeconds, days: usual.days.length };
    const judged = judge({ answered: work.answered, measuredSeconds, usualSeconds, ...evidence });
    return { ...waits, parts, since, facts, ...judged };
  };
}

/** False when people were answered though nobody is known to have been there: then who was there is not known. */
const isServed = (slots: readonly HallSlot[], queues: readonly number[], pool: number): boolean =>
  slots.some(({ servers }) => (servers[pool] ?? 0) > 0) || workIn(slots, queues).answered === 0;

/** How many times as long as in its pool one usually waits in a queue: those with priority wait less. */
function waitAgainst(
  usual: readonly HallSlot[],
  queues: readonly number[],
  pools: readonly FollowedPool[],
): number {
  const own = meanWait(workIn(usual, queues));
  const pooled = pools.flatMap(({ day }) => day.queues);
  const all = meanWait(workIn(usual, pooled));
  return own !== null && all !== null && all > 0 ? own / all : 1;
}
