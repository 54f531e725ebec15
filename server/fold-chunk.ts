/** One chunk of the log folded into its branch; the live side and history do this alike. */
import type { BranchProfile } from '#shared/network.ts';
import type { Outcome } from './domain/branch/outcome.ts';
import { advance, type LiveBranch } from './domain/live-branch.ts';
import { type LogChunk, loggedEvents } from './log/event-log.ts';
import type { Logger } from './logger.ts';

/** Folds the facts of a chunk; `each` hears what every new one made countable. How many were. */
export function foldChunk(
  { live, profile }: { live: LiveBranch; profile: BranchProfile },
  chunk: LogChunk,
  logger: Logger,
  each: (outcomes: readonly Outcome[]) => void = () => undefined,
): number {
  if (chunk.firstVersion === 1 && live.version > 0) {
    // Somebody emptied the log. What is live stays, and goes on with what is told from now on.
    logger.error({ branch: chunk.branch }, 'the log began anew');
    live.version = 0;
  }
  let folded = 0;
  for (const logged of loggedEvents(chunk)) {
    try {
      const outcomes = advance(live, profile, logged);
      if (outcomes === null) continue;
      folded += 1;
      each(outcomes);
    } catch (error) {
      // One fact that breaks the fold must not stop the hall: it is set aside, and said.
      logger.error({ err: error, branch: chunk.branch, version: logged.version }, 'an event was set aside');
      live.version = logged.version;
    }
  }
  return folded;
}
