/** Plans the staff of the network over and over, and tells of what is worth doing as facts (rules GD1–GD5). */
import { randomUUID } from 'node:crypto';
import type { MoveStepEvent } from '#shared/moves.ts';
import type { StaffingWorld } from '#shared/staffing-world.ts';
import type { Clock } from '../../clock.ts';
import { withSteering } from '../../domain/prediction/agreed-arrivals.ts';
import { hallNow } from '../../domain/prediction/hall-now.ts';
import { moveStepId, UNDO_MS } from '../../domain/staffing/fold-moves.ts';
import type { PlanMemory } from '../../domain/staffing/hysteresis.ts';
import type { Logger } from '../../logger.ts';
import { HistoryUnavailable } from '../../history/store.ts';
import type { StaffingStore } from '../../staffing-store.ts';
import type { Foresight } from '../foresight.ts';
import type { MoveLog } from './move-log.ts';
import { openNeeds, overtaken } from './open-needs.ts';
import { localMinute, peopleNow } from './people-now.ts';

export interface SuggestionPlanner {
  /** To be called about every second: plans when it is time. */
  tick(): Promise<void>;
  /** A breach has become likely somewhere: the next plan comes at once, and the one that confirms it soon after. */
  breachIsLikely(): void;
  /** A move was agreed on: the next plan comes when nothing can be undone any more. */
  moveIsAgreed(): void;
  /** When the last plan was made, epoch ms. */
  plannedAt(): number | null;
}

/** A plan is made this often, ms. */
const EVERY_MS = 120_000;
/** After a plan made in a hurry the next one, that needs must persist over (rule GD4), comes after this, ms. */
const CONFIRM_MS = 30_000;
/** Least rest between two plans, ms. */
const REST_MS = 5_000;
/** While nothing is learned yet it is tried this often, ms. */
const RETRY_MS = 30_000;
/** The first plan waits until the first predictions are made, ms. */
const FIRST_MS = 15_000;
const WORDS = 8;

export function createSuggestionPlanner(parts: {
  moves: MoveLog;
  staffing: StaffingStore;
  foresight: Foresight;
  /** Until when everything that was told is in history, epoch ms. */
  projectedTo: () => number;
  clock: Clock;
  logger: Logger;
}): SuggestionPlanner {
  const { moves, staffing, foresight, projectedTo, clock, logger } = parts;
  const started = clock.monotonic();
  let memory: PlanMemory = new Map();
  let planned: StaffingWorld | null = null;
  let plannedAt: number | null = null;
  let lastTry = -Infinity;
  let dueAt = started + FIRST_MS;
  let askedFor = Infinity;
  let planning = false;

  /** True when some need has not yet stood in as many plans as it must. */
  const isUnconfirmed = (): boolean =>
    [...memory.values()].some((counts) =>
      counts.some((plans) => plans < (planned?.policy.persistentPlans ?? 1)),
    );

  const tell = async (branch: string, fact: MoveStepEvent): Promise<void> => {
    await moves.append(branch, fact, clock.now());
  };

  const supersede = async (move: string): Promise<void> => {
    const found = moves.find(move);
    if (found?.suggestion.status !== 'proposed') return;
    const id = moveStepId(move, found.facts + 1);
    await tell(found.suggestion.branch, { type: 'move.superseded', id, at: clock.now(), move });
  };

  const plan = async (): Promise<void> => {
    const world = staffing.get();
    if (world === null) return;
    // Needs are remembered by their place in the world.
    if (world !== planned) memory = new Map();
    planned = world;
    const at = clock.now();
    const fresh = new Map(
      world.branches.flatMap(({ id }) => {
        const hall = moves.freshHall(id, at);
        return hall === undefined ? [] : [[id, hall] as const];
      }),
    );
    const [first] = fresh.values();
    if (first === undefined) return;
    for (const { suggestion } of overtaken(moves.all(), at)) await supersede(suggestion.id);
    const known = moves.all();
    const answer = await foresight.suggest({
      world,
      halls: [...fresh.values()].map(({ live, profile, agreed }) =>
        withSteering(hallNow(live, profile, at, at), agreed.steering),
      ),
      situation: {
        minute: localMinute(first.profile, at),
        ...peopleNow(world, (id) => fresh.get(id), known, at),
      },
      memory,
      open: openNeeds(world, known, at),
      projectedTo: projectedTo(),
      at,
    });
    memory = answer.memory;
    plannedAt = at;
    if (answer.breaches.length > 0) logger.error({ breaches: answer.breaches }, 'a plan broke rules');
    for (const { branch, proposal, basis } of answer.proposed) {
      const move = `m-${randomUUID().slice(0, WORDS)}`;
      await tell(branch, { type: 'move.proposed', id: moveStepId(move, 1), at, move, proposal, basis });
    }
    for (const move of answer.outdated) await supersede(move);
  };

  return {
    plannedAt: () => plannedAt,
    breachIsLikely() {
      askedFor = clock.monotonic();
    },
    moveIsAgreed() {
      askedFor = Math.min(askedFor, clock.monotonic() + UNDO_MS + REST_MS);
    },
    async tick() {
      const now = clock.monotonic();
      const isHurried = now >= askedFor;
      if (planning || now - lastTry < REST_MS || now - started < FIRST_MS) return;
      if (!isHurried && now < dueAt) return;
      planning = true;
      if (isHurried) askedFor = Infinity;
      lastTry = now;
      dueAt = now + EVERY_MS;
      try {
        await plan();
        if (isHurried && isUnconfirmed()) dueAt = now + CONFIRM_MS;
      } catch (error) {
        // Nothing is learned yet: that comes with the first predictions.
        if (error instanceof HistoryUnavailable) dueAt = now + RETRY_MS;
        else logger.warn({ err: error }, 'the staff could not be planned');
      } finally {
        planning = false;
      }
    },
  };
}
