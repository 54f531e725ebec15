/** What each source tells of each branch now. */
import type { Feed, FeedsAnswer } from '#shared/feeds.ts';
import type { BranchProfile } from '#shared/network.ts';
import { sourceRows } from '../domain/metrics/measure.ts';
import type { FeedPace } from '../feed-pace.ts';
import type { LiveBranches } from '../live-branches.ts';

const SECOND_MS = 1_000;

/** The feeds of these branches at `now`, epoch ms; the silent first, then those heard the longest ago. */
export function feedReport(
  profiles: readonly BranchProfile[],
  { branches, pace }: { branches: LiveBranches; pace: FeedPace },
  now: number,
): FeedsAnswer {
  const feeds: Feed[] = [];
  const untold: string[] = [];
  for (const profile of profiles) {
    const live = branches.get(profile.id)?.live;
    const sources = live === undefined ? [] : sourceRows(live, profile, now);
    if (sources.length === 0) untold.push(profile.id);
    for (const { id, state, skewSeconds, expectedSeconds } of sources) {
      const { perMinute, lateness } = pace.of(profile.id, id, now);
      const delay = (ms: number): number => Math.round(ms / SECOND_MS);
      feeds.push({
        ...{ branch: profile.id, source: id, state, expectedSeconds, perMinute },
        lastHeardAt: live?.state.sources.get(id)?.lastHeardAt ?? 0,
        delaySeconds: lateness && { mean: delay(lateness.meanMs), most: delay(lateness.mostMs) },
        skewSeconds: skewSeconds ?? 0,
      });
    }
  }
  const silentFirst = ({ state }: Feed): number => (state === 'silent' ? 0 : 1);
  feeds.sort((a, b) => silentFirst(a) - silentFirst(b) || a.lastHeardAt - b.lastHeardAt);
  return { feeds, untold };
}
