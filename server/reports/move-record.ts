/** How the promises of suggestions came true, by lever and branch (rule GD6). */
import type { BranchProfile } from '#shared/network.ts';
import { LEVERS } from '#shared/levers.ts';
import type { KeptPromises, SuggestionRecordAnswer } from '#shared/kept-promises.ts';
import type { HistoryReader, MoveRow } from '../history/store.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;
const MOST_MOVES = 100_000;

/** The record of the last 30 days. Throws HistoryUnavailable. */
export async function moveRecord(
  history: Pick<HistoryReader, 'moves'>,
  branches: readonly BranchProfile[],
  now: number,
): Promise<SuggestionRecordAnswer> {
  const ids = branches.map(({ id }) => id);
  const rows = await history.moves({
    branches: ids,
    from: now - DAYS * DAY_MS,
    to: now + 1,
    limit: MOST_MOVES,
  });
  const judged = rows.filter(({ verdict }) => verdict !== null);
  return {
    days: DAYS,
    total: kept(judged),
    byLever: LEVERS.flatMap((lever) => {
      const own = judged.filter((row) => row.lever === lever);
      return own.length === 0 ? [] : [{ lever, ...kept(own) }];
    }),
    byBranch: branches.flatMap(({ id, name }) => {
      const own = judged.filter((row) => row.branch === id);
      return own.length === 0 ? [] : [{ branch: id, nameZh: name.zh, nameEn: name.en, ...kept(own) }];
    }),
  };
}

function kept(rows: readonly MoveRow[]): KeptPromises {
  const of = (verdict: MoveRow['verdict']): number => rows.filter((row) => row.verdict === verdict).length;
  return { asPromised: of('asPromised'), better: of('better'), worse: of('worse'), of: rows.length };
}
