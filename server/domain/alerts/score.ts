/** How well early warnings foretell breaches: precision, recall and lead time (rule AL2). */
import type { WarningScore } from '#shared/alert-requests.ts';
import type { Breach } from './past-waits.ts';

/** A warning speaks of this time, ms. */
export const WARNING_HORIZON_MS = 30 * 60_000;

export interface Warning {
  queue: string;
  raisedAt: number;
}

/** Scores warnings against what happened; each breach and each warning counts once. */
export function scoreWarnings(warnings: readonly Warning[], breaches: readonly Breach[]): WarningScore {
  const isForetold = (warning: Warning, breach: Breach): boolean =>
    warning.queue === breach.queue &&
    breach.at >= warning.raisedAt &&
    breach.at - warning.raisedAt <= WARNING_HORIZON_MS;
  const leads = breaches.flatMap((breach) => {
    const before = warnings.filter((warning) => isForetold(warning, breach));
    if (before.length === 0) return [];
    // The first word counts.
    return [(breach.at - Math.min(...before.map(({ raisedAt }) => raisedAt))) / 1_000];
  });
  leads.sort((a, b) => a - b);
  return {
    warnings: warnings.length,
    cameTrue: warnings.filter((warning) => breaches.some((breach) => isForetold(warning, breach))).length,
    breaches: breaches.length,
    foreseen: leads.length,
    leadSeconds: leads[Math.floor(leads.length / 2)] ?? null,
  };
}
