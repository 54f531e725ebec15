/** What a person's wish about an alert means now: a fact to tell, nothing to do, or a refusal (rule AL4). */
import type { AlertCommand, AlertStepEvent } from '#shared/alerts.ts';
import { stepId } from './alert-id.ts';
import { type Alert, activeAlerts, type BranchAlerts } from './state.ts';

/** More than this many on the shelf of one branch hide too much. */
export const MAX_SHELVED = 3;
const MINUTE_MS = 60_000;

export type Decision =
  | { fact: AlertStepEvent }
  /** It is so already, whoever did it, or it is over. */
  | { done: true }
  | { refused: 'unknown' | 'tooManyShelved' };

/** Decides a command of the person named `by` at `now`, epoch ms. */
export function decide(
  branch: BranchAlerts,
  id: string,
  command: AlertCommand,
  by: string,
  now: number,
): Decision {
  const alert = branch.alerts.get(id);
  if (!alert) return { refused: 'unknown' };
  const base = { id: stepId(id, alert.steps + 1), at: now, alert: id, by };
  const isOver = alert.ended !== null;
  switch (command.do) {
    case 'acknowledge':
      if (isOver || alert.acknowledged !== null) return { done: true };
      return { fact: { type: 'alert.acknowledged', ...base } };
    case 'unacknowledge':
      if (isOver || alert.acknowledged === null) return { done: true };
      return { fact: { type: 'alert.unacknowledged', ...base } };
    case 'shelve': {
      if (isOver || alert.shelved !== null) return { done: true };
      if (shelvedOf(branch).length >= MAX_SHELVED) return { refused: 'tooManyShelved' };
      const until = now + command.minutes * MINUTE_MS;
      return { fact: { type: 'alert.shelved', ...base, until, reason: command.reason } };
    }
    case 'unshelve':
      if (isOver || alert.shelved === null) return { done: true };
      return { fact: { type: 'alert.unshelved', ...base } };
    case 'judge':
      if (alert.verdict?.verdict === command.verdict) return { done: true };
      return { fact: { type: 'alert.judged', ...base, verdict: command.verdict } };
    case 'comment':
      return { fact: { type: 'alert.commented', ...base, text: command.text } };
    default:
      return command satisfies never;
  }
}

const shelvedOf = (branch: BranchAlerts): Alert[] =>
  activeAlerts(branch).filter(({ shelved }) => shelved !== null);
