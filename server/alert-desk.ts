/** What people do with alerts: a command becomes a fact in the log, once, however many people give it at the same time. */
import { randomUUID } from 'node:crypto';
import type { AlertCommand, AlertEvent, AlertRule } from '#shared/alerts.ts';
import type { AlertRow } from '#shared/views.ts';
import { alertRequest } from './alert-duty.ts';
import type { Clock } from './clock.ts';
import { alertRows } from './domain/alerts/alert-rows.ts';
import { decide } from './domain/alerts/decide.ts';
import { DEFAULT_RULES } from './domain/alerts/rules.ts';
import { ruleOf } from './domain/alerts/state.ts';
import type { LiveBranches } from './live-branches.ts';
import type { EventLog } from './log/event-log.ts';

/** Of so many people at once, the last one is asked to try again. */
const MAX_TRIES = 5;

/** What became of a command: the alert as it stands now, `null` when it is over. */
export type CommandAnswer =
  { alert: AlertRow | null } | { refused: 'unknown' | 'tooManyShelved' | 'tooBusy' };

/** An active alert and where it is. */
export interface PlacedAlert extends AlertRow {
  branch: string;
}

export interface AlertDesk {
  /** The branch of an alert; `undefined` when nobody knows it, or it ended over an hour ago. */
  branchOf(alert: string): string | undefined;
  /** Active alerts of these branches. */
  active(branches: readonly string[]): PlacedAlert[];
  /** Does what a person asks. Throws LogUnavailable. */
  command(branch: string, alert: string, command: AlertCommand, by: string): Promise<CommandAnswer>;
  /** Sets a rule of a branch; the one that held before. Throws LogUnavailable. */
  setRule(branch: string, rule: AlertRule, by: string): Promise<AlertRule>;
}

/** The desk of these branches; `settled` resolves when what is in the log is folded. */
export function createAlertDesk(parts: {
  branches: LiveBranches;
  log: EventLog;
  clock: Clock;
  settled: () => Promise<void>;
}): AlertDesk {
  const { branches, log, clock, settled } = parts;

  const rowsOf = (id: string): PlacedAlert[] => {
    const branch = branches.get(id);
    return branch ? alertRows(branch.live, branch.profile).map((row) => ({ ...row, branch: id })) : [];
  };

  /** True when this fact was the first of its number: of two at once the log takes one. */
  const append = async (branch: string, event: AlertEvent): Promise<boolean> => {
    const [answer] = await log.append([alertRequest(branch, [event], clock.now())]);
    await settled();
    return answer?.[0] === true;
  };

  return {
    branchOf(alert) {
      for (const id of branches.ids()) if (branches.get(id)?.live.alerts.alerts.has(alert)) return id;
      return undefined;
    },
    active: (ids) => ids.flatMap(rowsOf),
    async command(id, alert, command, by) {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const branch = branches.get(id);
        if (!branch) return { refused: 'unknown' };
        const decision = decide(branch.live.alerts, alert, command, by, clock.now());
        if ('refused' in decision) return decision;
        if ('done' in decision || (await append(id, decision.fact))) {
          return { alert: rowsOf(id).find((row) => row.id === alert) ?? null };
        }
      }
      return { refused: 'tooBusy' };
    },
    async setRule(id, rule, by) {
      const own = branches.get(id)?.live.alerts;
      const before = own ? ruleOf(own, rule.id) : DEFAULT_RULES[rule.id];
      await append(id, { type: 'alert.ruleSet', id: randomUUID(), at: clock.now(), rule, by });
      return before;
    },
  };
}
