/** What accepted moves change in the staff that predictions expect, until the sources show it. */
import { isSteering } from '#shared/levers.ts';
import type { AgreedChange } from '../queueing/agreed-change.ts';
import { chosenOption, isUnderWay, type LiveMove } from './fold-moves.ts';

const MINUTE_MS = 60_000;

/** The changes to come, by branch; `now` in epoch ms. Breaks are not among them: predictions know none beforehand. */
export function agreedChanges(moves: readonly LiveMove[], now: number): Map<string, AgreedChange[]> {
  const changes = moves.flatMap(({ suggestion }): (AgreedChange & { branch: string })[] => {
    const { to, dueAt, startedAt, arrivedAt } = suggestion;
    const option = chosenOption(suggestion);
    if (option === undefined || option.lever === 'shiftBreak' || isSteering(option.lever)) return [];
    if (!isUnderWay(suggestion) || arrivedAt !== null) return [];
    const { from, minutes } = option;
    // Who has not left yet comes no sooner than the way takes.
    const soonest = startedAt === null && from.branch !== to.branch ? now + minutes * MINUTE_MS : now;
    const comes = {
      branch: to.branch,
      at: Math.max(soonest, dueAt ?? now),
      queues: to.queues,
      change: 1,
    } as const;
    const goes = { branch: from.branch, at: now, queues: from.queues, change: -1 } as const;
    return [
      ...(to.pool === null ? [] : [comes]),
      ...(from.pool === null || startedAt !== null ? [] : [goes]),
    ];
  });
  return Map.groupBy(changes, ({ branch }) => branch);
}
