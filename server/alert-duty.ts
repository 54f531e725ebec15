/**
 * The owner's duty to tell of alerts: a part of the branches each tick, what is due goes into the log as facts. A branch
 * where nothing can become due by time alone rests until something is told.
 */
import type { AlertEvent } from '#shared/alerts.ts';
import type { Clock } from './clock.ts';
import { evaluate, type Watches } from './domain/alerts/evaluate.ts';
import { type Foretold, readingsOf, type SilentWalls } from './domain/alerts/readings.ts';
import { restsUntil } from './domain/alerts/rest.ts';
import { isCatchingUp } from './domain/branch/catching-up.ts';
import type { HallOutlook } from '#shared/planning.ts';
import type { KnownBranch, LiveBranches } from './live-branches.ts';
import type { AppendRequest, EventLog } from './log/event-log.ts';
import type { Logger } from './logger.ts';

/** In whose name Muster tells of alerts. */
const ALERT_SOURCE = 'muster';
/** A tick looks at a part of the branches, ms. */
export const ALERT_TICK_MS = 250;
/** Every branch is looked at this often, ms. */
const ROUND_MS = 5_000;

/** A place may be told of the past for this long before alerts follow what it says anyhow, ms. */
const MAX_CATCHING_UP_MS = 10 * 60_000;

/** How a branch stood when it was looked at last, and until when it need not be looked at while it stands so, epoch ms. */
interface Rest {
  version: number;
  outlook: HallOutlook;
  until: number;
}

const isResting = (rest: Rest | undefined, { live, outlook }: KnownBranch, now: number): boolean =>
  rest !== undefined && rest.version === live.version && rest.outlook === outlook && now < rest.until;

export interface AlertDuty {
  /** Looks at the next part of the branches; to be called every {@link ALERT_TICK_MS}. */
  tick(): Promise<void>;
}

/** The duty for these branches; `foretold` looks predictions up, `walls` screens. */
export function createAlertDuty(parts: {
  branches: LiveBranches;
  log: EventLog;
  clock: Clock;
  logger: Logger;
  foretold: Foretold;
  walls: SilentWalls;
  /** False while the log cannot be read: then everybody seems silent, and nobody is. */
  isCurrent: () => boolean;
}): AlertDuty {
  const { branches, log, clock, logger, foretold, walls, isCurrent } = parts;
  const watches = new Map<string, Watches>();
  const rests = new Map<string, Rest>();
  const behindSince = new Map<string, number>();
  const turns = ROUND_MS / ALERT_TICK_MS;
  let turn = 0;
  let telling = false;

  /** A place that is told of the past is waited for, but not for ever: a clock may just be slow. */
  const mayWait = (id: string, isBehind: boolean, now: number): boolean => {
    if (!isBehind) behindSince.delete(id);
    else if (!behindSince.has(id)) behindSince.set(id, now);
    return now - (behindSince.get(id) ?? -Infinity) < MAX_CATCHING_UP_MS;
  };

  const due = (id: string): AppendRequest[] => {
    const branch = branches.get(id);
    if (!branch) return [];
    const now = clock.now();
    if (isResting(rests.get(id), branch, now)) return [];
    if (mayWait(id, isCatchingUp(branch.live.state, now), now)) return [];
    const seen: Watches = watches.get(id) ?? new Map<string, never>();
    watches.set(id, seen);
    const { live, profile, outlook } = branch;
    const readings = readingsOf(live, profile, now, foretold, walls);
    const facts = evaluate(live.alerts, seen, readings, now);
    rests.set(id, { version: live.version, outlook, until: restsUntil(live.alerts, seen, readings, now) });
    return facts.length === 0 ? [] : [alertRequest(id, facts, now)];
  };

  const tell = async (ids: readonly string[]): Promise<void> => {
    const requests = ids.flatMap(due);
    if (requests.length > 0) await log.append(requests);
  };

  return {
    async tick() {
      turn = (turn + 1) % turns;
      // While the log takes its time nothing more is asked of it: what is due stays due.
      if (telling || !isCurrent()) return;
      telling = true;
      try {
        await tell([...branches.ids()].filter((_, i) => i % turns === turn));
      } catch (error) {
        logger.warn({ err: error }, 'alerts could not be told');
      } finally {
        telling = false;
      }
    },
  };
}

/** Facts about alerts of a branch, as they are appended. */
export const alertRequest = (
  branch: string,
  events: readonly AlertEvent[],
  receivedAt: number,
): AppendRequest => ({ branch, source: ALERT_SOURCE, receivedAt, events });
