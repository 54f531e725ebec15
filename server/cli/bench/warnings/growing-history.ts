/** A history in memory that grows as facts are folded. */
import type { BranchProfile } from '#shared/network.ts';
import type { Outcome } from '../../../domain/branch/outcome.ts';
import { createEffects, type EffectRows } from '../../../domain/metrics/interval-effects.ts';
import type { HistoryReader, IntervalQuery } from '../../../history/store.ts';
import { EMPTY_HISTORY } from '../empty-history.ts';

export interface GrowingHistory {
  reader: HistoryReader;
  add(profile: BranchProfile, outcomes: readonly Outcome[]): void;
  /** What was added so far will not change any more. */
  endDay(): void;
}

type Kind = 'queues' | 'agents' | 'counters';

/** An empty history. */
export function growingHistory(): GrowingHistory {
  const past: Pick<EffectRows, Kind> = { queues: [], agents: [], counters: [] };
  let today = createEffects();
  /** The rows of today, until more is added. */
  let rows: EffectRows | null = null;
  const find =
    <K extends Kind>(kind: K) =>
    ({ branches, from, to }: IntervalQuery): Promise<EffectRows[K]> => {
      rows ??= today.rows();
      const found = [past[kind], rows[kind]].flatMap((each) =>
        (each as readonly EffectRows[K][number][]).filter(
          ({ branch, start }) => start >= from && start < to && branches?.includes(branch) !== false,
        ),
      );
      return Promise.resolve(found as EffectRows[K]);
    };
  return {
    add(profile, outcomes) {
      rows = null;
      today.add(profile, outcomes);
    },
    endDay() {
      const { queues, agents, counters } = today.rows();
      past.queues.push(...queues);
      past.agents.push(...agents);
      past.counters.push(...counters);
      today = createEffects();
      rows = null;
    },
    reader: {
      ...EMPTY_HISTORY,
      queueIntervals: find('queues'),
      agentIntervals: find('agents'),
      counterIntervals: find('counters'),
    },
  };
}
