/**
 * The running check that live figures and history say the same (they are two folds of one log): one branch after the
 * other, its last closed quarter-hour, every count of every queue.
 */
import type { LiveBranch } from '../domain/live-branch.ts';
import { COUNT_KEYS } from '../domain/metrics/counts.ts';
import { INTERVAL_MS, intervalStart } from '../domain/metrics/interval.ts';
import { countsBetween } from '../domain/metrics/queue-figures.ts';
import type { LiveBranches } from '../live-branches.ts';
import type { Logger } from '../logger.ts';
import type { HistoryReader } from './store.ts';

/** A count on which live and history differ. */
interface Disagreement {
  queue: string;
  count: string;
  live: number;
  history: number;
}

/** Sums of seconds differ by how they were added up, not by more than this. */
const ROUNDING_SECONDS = 1e-6;

/** Compares the last closed quarter-hour of a branch; `null` when it has none yet. */
async function compareLastQuarter(
  id: string,
  live: LiveBranch,
  reader: HistoryReader,
): Promise<Disagreement[] | null> {
  if (live.state.now === 0) return null;
  const to = intervalStart(live.state.now);
  const from = to - INTERVAL_MS;
  const counted = new Map(
    [...live.figures.queues].map(([queue, sums]) => [queue, countsBetween(sums, from, to)]),
  );
  const rows = await reader.queueIntervals({ branches: [id], from, to });
  const stored = new Map(rows.map(({ id: queue, sums }) => [queue, sums]));
  return [...new Set([...counted.keys(), ...stored.keys()])].flatMap((queue) =>
    COUNT_KEYS.map((count, place) => ({
      queue,
      count,
      live: counted.get(queue)?.[place] ?? 0,
      history: stored.get(queue)?.[count] ?? 0,
    })).filter((each) => Math.abs(each.live - each.history) > ROUNDING_SECONDS),
  );
}

export interface AgreementCheck {
  /** Checks the next branch. */
  checkNext(): Promise<void>;
  /** Branches that agreed and that did not, since the start. */
  counts(): { agreed: number; disagreed: number };
}

/** Goes round the branches. A difference counts when it is still there once history has caught up with the log. */
export function createAgreementCheck(parts: {
  branches: LiveBranches;
  history: { reader: HistoryReader; settled(): Promise<void> };
  logger: Logger;
}): AgreementCheck {
  const { branches, history, logger } = parts;
  const counts = { agreed: 0, disagreed: 0 };
  let turn: Iterator<string> = branches.ids()[Symbol.iterator]();

  const next = (): string | undefined => {
    const following = turn.next();
    if (following.done !== true) return following.value;
    turn = branches.ids()[Symbol.iterator]();
    const first = turn.next();
    return first.done === true ? undefined : first.value;
  };

  const compare = async (id: string): Promise<Disagreement[] | null> => {
    const branch = branches.get(id);
    return branch ? await compareLastQuarter(id, branch.live, history.reader) : null;
  };

  return {
    counts: () => ({ ...counts }),
    async checkNext() {
      const id = next();
      if (id === undefined) return;
      let found = await compare(id);
      if (found !== null && found.length > 0) {
        await history.settled();
        found = await compare(id);
      }
      if (found === null) return;
      if (found.length === 0) {
        counts.agreed += 1;
        return;
      }
      counts.disagreed += 1;
      logger.error({ branch: id, differences: found.slice(0, 5) }, 'live figures and history differ');
    },
  };
}
