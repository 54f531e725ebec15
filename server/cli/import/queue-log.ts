import type { Outcome } from '../../domain/branch/outcome.ts';
import { advance, newBranch } from '../../domain/live-branch.ts';
import { createEffects } from '../../domain/metrics/interval-effects.ts';
import { SourceEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { ImportedRows } from '../../history/store.ts';
import type { Reading } from '../../sources/reading.ts';
import { isFirstOfRecord } from '../../sources/record-id.ts';
import { createTally } from '../replay/tally.ts';
import { type Collected, noteQuarterHours } from './collected.ts';
import type { Spool } from './spool.ts';

/** Facts of an imported log count as this source's. */
const SOURCE = 'import';
/** After this the branch has made up its mind about every contact that ended, ms. */
const SETTLE_MS = 5 * 60_000;
/** Rows are put away after so many facts: a day of a large center. */
const BATCH_FACTS = 20_000;

/** Folds a recorded log of a branch, as the live log would be, into what history keeps; rows go to the spool. */
export async function collectQueueLog(
  readings: AsyncIterable<Reading>,
  profile: BranchProfile,
  spool: Spool<ImportedRows>,
): Promise<Collected> {
  const live = newBranch(profile);
  const skipped = createTally();
  const quarterHours = new Map<string, Set<number>>();
  let effects = createEffects();
  let taken = 0;
  let facts = 0;
  let now = 0;

  const fold = (event: SourceEvent): readonly Outcome[] => {
    now = Math.max(now, event.at);
    const logged = { branch: profile.id, source: SOURCE, version: live.version + 1, receivedAt: now, event };
    return advance(live, profile, logged) ?? [];
  };
  const putAway = (): void => {
    const { queues, agents, counters, visits, sources } = effects.rows();
    noteQuarterHours(quarterHours, queues);
    spool.add({ queues, agents, counters, visits, sources });
    effects = createEffects();
  };

  for await (const reading of readings) {
    if ('refused' in reading) {
      skipped.add(reading.refused, reading.count ?? 1);
      continue;
    }
    const parsed = SourceEvent.safeParse(reading.event);
    if (!parsed.success) {
      skipped.add('invalid', 1);
      continue;
    }
    effects.add(profile, fold(parsed.data));
    facts += 1;
    if (isFirstOfRecord(parsed.data.id)) taken += 1;
    if (facts % BATCH_FACTS === 0) putAway();
  }
  if (facts > 0) {
    const last = fold({ id: 'end of file', at: now + SETTLE_MS, type: 'source.heartbeat' });
    // Nobody said it, so it tells nothing of the source.
    effects.add(
      profile,
      last.filter(({ kind }) => kind !== 'heard'),
    );
    putAway();
  }
  return { batches: spool, quarterHours, taken, skipped, about: { facts } };
}
