/** Alerts of one server: told by a duty, answered by people, tried on the past; with their routes. */
import type { Router } from 'express';
import { createAlertDesk } from './alert-desk.ts';
import { ALERT_TICK_MS, createAlertDuty } from './alert-duty.ts';
import type { Clock } from './clock.ts';
import type { Foretold, SilentWalls } from './domain/alerts/readings.ts';
import type { HistoryReader } from './history/store.ts';
import { type AlertRouteParts, alertRoutes } from './http/alert-routes.ts';
import type { LiveBranches } from './live-branches.ts';
import type { EventLog } from './log/event-log.ts';
import type { Logger } from './logger.ts';
import { createAlertReport } from './reports/alert-report.ts';
import type { Duty } from './ticks.ts';

export interface Alerting {
  duty: readonly [everyMs: number, duty: Duty];
  routes(asked: Omit<AlertRouteParts, 'desk' | 'report'>): Router;
}

export function createAlerting(parts: {
  branches: LiveBranches;
  log: EventLog;
  history: { reader: HistoryReader };
  foretold: Foretold;
  walls: SilentWalls;
  settled: () => Promise<void>;
  isCurrent: () => boolean;
  clock: Clock;
  logger: Logger;
}): Alerting {
  const { branches, history, clock } = parts;
  const desk = createAlertDesk(parts);
  const duty = createAlertDuty(parts);
  const report = createAlertReport({ history: history.reader, branches, now: clock.now });
  return {
    duty: [ALERT_TICK_MS, () => duty.tick()],
    routes: (asked) => alertRoutes({ ...asked, desk, report }),
  };
}
