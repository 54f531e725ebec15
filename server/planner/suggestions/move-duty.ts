/** What becomes due in the life of suggestions: expiry, lateness, arrival, and the measured outcome (rules GD5, GD6). */
import type { StaffingPolicy, StaffingWorld } from '#shared/staffing-world.ts';
import type { MoveOption, Suggestion, SuggestionOutcome } from '#shared/suggestions.ts';
import type { Clock } from '../../clock.ts';
import { changedBetween, type StepFunction } from '../../domain/queueing/step-function.ts';
import { dueStep, isToBeMeasured } from '../../domain/staffing/due-moves.ts';
import {
  chosenOption,
  personOf,
  isUnderWay,
  type LiveMove,
  moveStepId,
  promisedWaits,
} from '../../domain/staffing/fold-moves.ts';
import { ANNOUNCED_MINUTES } from '../../domain/staffing/steering.ts';
import { compareOutcome } from '../../domain/staffing/outcome.ts';
import type { HistoryReader } from '../../history/store.ts';
import type { Logger } from '../../logger.ts';
import { seedOf } from '../../rng.ts';
import type { StaffingStore } from '../../staffing-store.ts';
import type { Foresight } from '../foresight.ts';
import type { MoveLog } from './move-log.ts';
import { inMinutes, inSeconds, whole } from './ranges.ts';
import { indexWorld, type WorldIndex, whereSeen } from './where-seen.ts';

export interface MoveDuty {
  /** Looks at all suggestions; to be called about every second. */
  tick(): Promise<void>;
}

const SECOND_MS = 1_000;
const QUARTER_MS = 900_000;
const MINUTE_MS = 60_000;
const SECONDS = 60;
/** After it could not be measured it is tried again, ms. */
const AGAIN_MS = 5 * MINUTE_MS;

export function createMoveDuty(parts: {
  moves: MoveLog;
  staffing: StaffingStore;
  foresight: Pick<Foresight, 'noChange'>;
  history: Pick<HistoryReader, 'queueIntervals'>;
  projectedTo: () => number;
  clock: Clock;
  logger: Logger;
}): MoveDuty {
  const { moves, staffing, foresight, history, projectedTo, clock, logger } = parts;
  const triedAt = new Map<string, number>();
  let indexed: ({ world: StaffingWorld } & WorldIndex) | null = null;
  let busy = false;

  const step = async (move: LiveMove, all: readonly LiveMove[], index: WorldIndex): Promise<void> => {
    const now = clock.now();
    const { suggestion } = move;
    const giver = chosenOption(suggestion)?.from.branch ?? suggestion.branch;
    const isFresh = [suggestion.branch, giver].every((id) => moves.freshHall(id, now) !== undefined);
    const seen = whereSeen(move, index, (id) => moves.freshHall(id, now), now);
    const due = dueStep(move, now, { isFresh, ...seen, movedOn: all.some(isAfter(move, now)) });
    if (due !== null) await moves.append(suggestion.branch, due, now);
    else await measure(move, now);
  };

  const measure = async (move: LiveMove, now: number): Promise<void> => {
    const { suggestion, facts } = move;
    const { id, branch } = suggestion;
    const option = chosenOption(suggestion);
    const world = staffing.get();
    if (option === undefined || world === null) return;
    const { from, to } = option.promise;
    const window = {
      from: Math.round(from / QUARTER_MS) * QUARTER_MS,
      to: Math.round(to / QUARTER_MS) * QUARTER_MS,
    };
    if (!isToBeMeasured(suggestion, window.to, Math.min(now, projectedTo()))) return;
    if (now - (triedAt.get(id) ?? -Infinity) < AGAIN_MS) return;
    triedAt.set(id, now);
    const outcome = await outcomeOf(move, window, world.policy, now);
    if (outcome === null) return;
    triedAt.delete(id);
    const fact = {
      type: 'move.measured',
      id: moveStepId(id, facts + 1),
      at: now,
      move: id,
      outcome,
    } as const;
    await moves.append(branch, fact, now);
  };

  const outcomeOf = async (
    { suggestion, basis }: LiveMove,
    window: { from: number; to: number },
    policy: StaffingPolicy,
    now: number,
  ): Promise<SuggestionOutcome | null> => {
    const option = chosenOption(suggestion);
    const promised = option === undefined ? null : promisedWaits(option);
    if (promised === null) return null;
    const begins = Math.floor(suggestion.proposedAt / QUARTER_MS) * QUARTER_MS;
    const rows = await history.queueIntervals({ branches: [basis.branch], from: begins, to: window.to });
    const own = rows.filter(({ id }) => basis.queues.includes(id));
    const came = own
      .filter(({ start }) => start >= window.from)
      .reduce(
        (sum, { sums }) => ({
          customers: sum.customers + sums.arrivedAnswered + sums.arrivedAbandoned,
          seconds: sum.seconds + sums.arrivedWaitSeconds + sums.arrivedAbandonWaitSeconds,
        }),
        { customers: 0, seconds: 0 },
      );
    const since = (at: number): number => (at - suggestion.proposedAt) / MINUTE_MS;
    const noChange = await foresight.noChange({
      basis,
      arrivals: basis.hall.queues.map(({ id }) => {
        const rowsOfQueue = rows.filter((row) => row.id === id);
        const came = arrivalsOf(rowsOfQueue, begins, window.to, suggestion.proposedAt);
        return basis.queues.includes(id) ? withFollowers(came, suggestion, option) : came;
      }),
      window: { from: Math.max(0, since(window.from)), to: since(window.to) },
      policy,
      seed: seedOf(suggestion.id),
    });
    const wait = came.customers === 0 ? null : came.seconds / came.customers / SECONDS;
    const range = noChange ?? inMinutes(promised.without);
    const told = compareOutcome(
      { without: inMinutes(promised.without), with: inMinutes(promised.with) },
      { meanWaitMinutes: wait, customers: came.customers },
      range,
    );
    return {
      measuredAt: now,
      promised: promised.with,
      measured: wait === null ? null : Math.round(wait * SECONDS),
      customers: came.customers,
      noChange: inSeconds(range),
      verdict: told.verdict,
      saved: told.saved === null ? null : whole(told.saved),
    };
  };

  return {
    async tick() {
      if (busy) return;
      busy = true;
      try {
        const world = staffing.get();
        if (world === null) return;
        if (world !== indexed?.world) indexed = { world, ...indexWorld(world) };
        const all = moves.all();
        for (const move of all) await step(move, all, indexed);
      } catch (error) {
        logger.warn({ err: error }, 'suggestions could not be followed');
      } finally {
        busy = false;
      }
    },
  };
}

/** Agreed on later, about the same person. */
const isAfter =
  ({ suggestion }: LiveMove, now: number) =>
  ({ suggestion: other }: LiveMove): boolean =>
    isUnderWay(other) &&
    personOf(other) !== null &&
    personOf(other) === personOf(suggestion) &&
    (other.accepted?.at ?? 0) > (suggestion.accepted?.at ?? Infinity) &&
    now > (other.accepted?.undoUntil ?? Infinity);

/** Who was steered away would have come: those who came while it was announced, by the share that was taken to follow. */
function withFollowers(
  came: StepFunction,
  { proposedAt, arrivedAt }: Suggestion,
  option: MoveOption | undefined,
): StepFunction {
  if (!option?.steer || arrivedAt === null) return came;
  const { share } = option.steer;
  const from = (arrivedAt - proposedAt) / SECOND_MS;
  return changedBetween(came, from, from + ANNOUNCED_MINUTES * SECONDS, (rate) => rate / (1 - share));
}

/** What came, a second, by seconds from when it was proposed. */
function arrivalsOf(
  rows: readonly { start: number; sums: { offered: number } }[],
  from: number,
  to: number,
  proposedAt: number,
): StepFunction {
  const rates: [number, number][] = [];
  for (let start = from; start < to; start += QUARTER_MS) {
    const offered = rows.reduce((sum, row) => sum + (row.start === start ? row.sums.offered : 0), 0);
    rates.push([Math.max(0, (start - proposedAt) / SECOND_MS), (offered * SECOND_MS) / QUARTER_MS]);
  }
  return rates.length === 0 ? [[0, 0]] : rates;
}
