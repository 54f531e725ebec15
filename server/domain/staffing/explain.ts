/** Why a move is suggested and what would break it (rule GD2), as facts: screens put them into words. */
import type { StaffingFact } from '#shared/staffing-facts.ts';
import { integral, type StepFunction, valueAt } from '../queueing/step-function.ts';
import type { Move } from './moves.ts';
import type { MovePromise } from './promise.ts';
import type { PoolNow } from './situation.ts';

export interface Explanation {
  /** The strongest first. */
  why: StaffingFact[];
  giver: StaffingFact | null;
  breaks: StaffingFact[];
  /** The suggestion is of no use after so many minutes. */
  validMinutes: number;
}

/** Usual arrivals of the receiver over the next hour; null where nobody knows. */
export interface Usual {
  arrivalsNextHour: number | null;
}

const HOUR = 60;
/** What is said of a wait or a load that differs by less is noise. */
const NOTABLE_SHARE = 0.1;
const IDLE_LOAD = 0.7;
/** A suggestion holds until two more plans have been made. */
export const VALID_MINUTES = 10;

export function explainMove(
  move: Move,
  pools: readonly PoolNow[],
  staff: readonly StepFunction[],
  promise: MovePromise,
  usual: Usual,
): Explanation {
  const to = pools[move.to];
  const why = to === undefined ? [] : reasons(to, staff[move.to] ?? [[0, 0]], usual);
  return {
    why: why.sort((a, b) => b.weight - a.weight).map(({ fact }) => fact),
    giver: giverFact(pools[move.from], staff[move.from], move, promise),
    breaks: breaksOf(move, promise),
    validMinutes: VALID_MINUTES,
  };
}

interface Reason {
  fact: StaffingFact;
  /** Servers the fact is worth, to rank different kinds of facts. */
  weight: number;
}

function reasons(pool: PoolNow, staff: StepFunction, { arrivalsNextHour }: Usual): Reason[] {
  const servers = valueAt(staff, 0);
  const expected = integral(pool.arrivalRate, 0, HOUR);
  const found: Reason[] = [];
  // One waiting customer for each counter is served next, and no reason for anything.
  if (pool.waiting > servers)
    found.push({
      fact: { key: 'staffing_why_backlog', values: { waiting: pool.waiting, servers } },
      weight: (pool.waiting * pool.serviceMinutes) / HOUR,
    });
  const above = arrivalsNextHour !== null && arrivalsNextHour > 0 ? expected / arrivalsNextHour - 1 : 0;
  if (above > NOTABLE_SHARE)
    found.push({
      fact: { key: 'staffing_why_arrivals', values: { expected, above } },
      weight: ((expected - (arrivalsNextHour ?? expected)) * pool.serviceMinutes) / HOUR,
    });
  const later = staff.find(([at, then]) => at > 0 && at <= HOUR && then < servers);
  if (later !== undefined)
    found.push({
      fact: { key: 'staffing_why_fewer_staff', values: { inMinutes: later[0], from: servers, to: later[1] } },
      weight: servers - later[1],
    });
  const pressed = (expected * pool.serviceMinutes) / HOUR - IDLE_LOAD * servers;
  // Said in one way only: beside what is usual, or beside the counters; and where nothing else stands out.
  if ((pressed > 0 && above <= NOTABLE_SHARE) || found.length === 0)
    found.push({ fact: { key: 'staffing_why_load', values: { expected, servers } }, weight: pressed });
  return found;
}

function giverFact(
  pool: PoolNow | undefined,
  staff: StepFunction | undefined,
  { from, to }: Move,
  { giver }: MovePromise,
): StaffingFact | null {
  if (pool === undefined || staff === undefined || from === to) return null;
  const left = Math.max(0, valueAt(staff, 0) - 1);
  const load = (integral(pool.arrivalRate, 0, HOUR) * pool.serviceMinutes) / HOUR / Math.max(1, left);
  if (load <= IDLE_LOAD) return { key: 'staffing_giver_idle', values: { left, load } };
  // Other counters of the hall may help, so that waits tell more than the load of these.
  return {
    key: 'staffing_giver_busier',
    values: { left, waitBefore: giver?.without.middle ?? 0, waitAfter: giver?.with.middle ?? 0 },
  };
}

/** Arriving late loses the gain in proportion; fewer customers than expected leave nothing to gain. */
function breaksOf({ minutes, gain, loss, cost }: Move, { saved, helps }: MovePromise): StaffingFact[] {
  const found: StaffingFact[] = [];
  const spare = gain - loss - cost;
  if (minutes > 0 && gain > 0)
    found.push({ key: 'staffing_breaks_late', values: { minutes: Math.floor((spare / gain) * HOUR) } });
  if (saved.low < 0) found.push({ key: 'staffing_breaks_fewer_arrivals', values: { chance: 1 - helps } });
  return found;
}
