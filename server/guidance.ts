/** Guidance of one server: staffing suggestions, who is told of them, and who may work where, with their routes and duties. */
import type { Router } from 'express';
import type { Action } from '#shared/access.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { Act } from './auth/audit.ts';
import type { Clock } from './clock.ts';
import { queueProfile } from './domain/metrics/definitions.ts';
import { plannedShifts } from './domain/staffing/planned-shifts.ts';
import { limitsOf, type QueueNames, withLimits } from './domain/staffing/world-limits.ts';
import type { HistoryReader } from './history/store.ts';
import { limitRoutes } from './http/limit-routes.ts';
import { noticeRoutes } from './http/notice-routes.ts';
import { shiftRoutes } from './http/shift-routes.ts';
import { staffingRoutes } from './http/staffing-routes.ts';
import { suggestionRoutes } from './http/suggestion-routes.ts';
import type { LiveBranches } from './live-branches.ts';
import type { EventLog } from './log/event-log.ts';
import type { Logger } from './logger.ts';
import type { Network } from './network.ts';
import { createNotify } from './notify/notify.ts';
import { openWebhookStore, type WebhookStore } from './notify/webhook-store.ts';
import type { Foresight } from './planner/foresight.ts';
import {
  createSuggestions,
  SUGGESTION_TICK_MS,
  type Suggestions,
} from './planner/suggestions/suggestions.ts';
import { staffingTable } from './sources/staffing-tables-out.ts';
import { readStaffingTables } from './sources/staffing-tables.ts';
import type { StaffingStore } from './staffing-store.ts';
import type { Duty } from './ticks.ts';

/** What an installation says of it. */
export interface GuidanceSettings {
  /** Who may work where; without it nothing is suggested until somebody says. */
  staffing?: StaffingStore;
  /** Where notices of moves are sent; without it nowhere, until somebody says. */
  webhooks?: WebhookStore;
  /** Webhooks may stand in our own house. */
  privateWebhooks?: boolean;
}

export interface Guidance extends Pick<Suggestions, 'moves' | 'lookAt'> {
  duties: (readonly [everyMs: number, duty: Duty])[];
  routes(asked: Asked): Router[];
}

/** What the routes need to know of whoever asks. */
interface Asked {
  branches: () => readonly BranchProfile[];
  may: (action: Action, branch: string) => boolean;
  personOf: () => string;
  audit: (act: Act) => void;
}

/** Notices are looked for this often, ms. */
const NOTICE_TICK_MS = 1_000;

export function createGuidance(
  parts: GuidanceSettings & {
    staffing: StaffingStore;
    branches: LiveBranches;
    network: Network;
    log: EventLog;
    foresight: Foresight;
    history: { reader: Pick<HistoryReader, 'queueIntervals' | 'moves'>; projectedTo: () => number };
    settled: () => Promise<void>;
    isCurrent: () => boolean;
    /** Hears of each branch that somebody, staff or customers, was agreed on to come to or to leave, or not any more. */
    agreedChanged: (branch: string) => void;
    clock: Clock;
    logger: Logger;
  },
): Guidance {
  const { network, history, staffing, clock, logger } = parts;
  const suggestions = createSuggestions({
    ...parts,
    history: history.reader,
    projectedTo: history.projectedTo,
  });
  const notify = createNotify({
    store: parts.webhooks ?? openWebhookStore(null),
    moves: suggestions.moves,
    allowPrivate: parts.privateWebhooks ?? false,
    clock,
    logger,
  });
  const isBranch = (id: string): boolean => network.branch(id) !== undefined;
  const queueName: QueueNames = (branch, queue) => {
    const profile = network.branch(branch);
    return (profile && queueProfile(profile, queue)?.name) ?? { zh: queue, en: queue };
  };
  const ids = (): ReadonlySet<string> => new Set(network.branches().map(({ id }) => id));
  return {
    moves: suggestions.moves,
    lookAt: (outlooks) => {
      suggestions.lookAt(outlooks);
    },
    duties: [
      [SUGGESTION_TICK_MS, () => suggestions.tick()],
      [NOTICE_TICK_MS, () => notify.tick()],
    ],
    routes: (asked) => [
      suggestionRoutes({ ...asked, ...suggestions }),
      staffingRoutes({
        ...asked,
        isBranch,
        staffing,
        readTables: (tables, before) => readStaffingTables(tables, before, ids()),
      }),
      limitRoutes({
        ...{ ...asked, staffing, withLimits },
        limitsOf: (world) => limitsOf(world, queueName),
        tableOf: staffingTable,
      }),
      shiftRoutes({
        branches: asked.branches,
        maySee: (branch) => asked.may('see', branch),
        shiftsOf: (profile) => {
          const world = staffing.get();
          return world === null ? null : plannedShifts(world, profile, clock.now());
        },
      }),
      noticeRoutes({
        ...notify,
        audit: asked.audit,
        isBranch,
        maySee: (branch) => asked.may('see', branch),
      }),
    ],
  };
}
