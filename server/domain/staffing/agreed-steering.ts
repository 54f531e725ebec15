/** What accepted steering changes in the arrivals that predictions expect, while it is announced. */
import type { Suggestion } from '#shared/suggestions.ts';
import type { AgreedSteering } from '../queueing/agreed-change.ts';
import { chosenOption, type LiveMove } from './fold-moves.ts';
import { ANNOUNCED_MINUTES } from './steering.ts';

const MINUTE_MS = 60_000;
const ANNOUNCED_SECONDS = ANNOUNCED_MINUTES * 60;

/** What is announced at one queue. Times are epoch ms. */
export interface AnnouncedSteering {
  branch: string;
  queue: string;
  /** Of those who come, so many follow (0–1), and how many that is expected to be. */
  share: number;
  followers: number;
  from: number;
  to: number;
  /** Where they queue then; `null` for machines, of which nothing is told. */
  elsewhere: { branch: string; queue: string; wayMs: number } | null;
}

/** What is announced, was or will be once accepting cannot be undone any more (rule GD5); `null` where nobody is steered. */
export function announcedSteering(suggestion: Suggestion): AnnouncedSteering | null {
  const { accepted, to, steps } = suggestion;
  const option = chosenOption(suggestion);
  const [queue] = to.queues;
  if (accepted === null || !option?.steer || queue === undefined) return null;
  const { from: place, steer, minutes } = option;
  const [there] = place.queues;
  const end = steps.find(({ action }) => action === 'move.returned' || action === 'move.recalled');
  const from = accepted.undoUntil;
  return {
    branch: to.branch,
    queue,
    share: steer.share,
    followers: steer.followers,
    from,
    to: Math.min(end?.at ?? Infinity, from + ANNOUNCED_MINUTES * MINUTE_MS),
    elsewhere:
      there === undefined ? null : { branch: place.branch, queue: there, wayMs: minutes * MINUTE_MS },
  };
}

/**
 * The customers who leave and come from now on (epoch ms), by branch. They come to the other hall one way later, as many an
 * hour as were promised to follow.
 */
export function agreedSteering(moves: readonly LiveMove[], now: number): Map<string, AgreedSteering[]> {
  const sides = moves.flatMap(({ suggestion }): (AgreedSteering & { branch: string })[] => {
    const announced = announcedSteering(suggestion);
    if (announced === null) return [];
    const { branch, queue, share, followers, from, to, elsewhere } = announced;
    const leaving = { branch, queue, from, to, leave: share, come: 0 };
    if (elsewhere === null) return [leaving];
    const { wayMs, ...place } = elsewhere;
    const come = followers / ANNOUNCED_SECONDS;
    return [leaving, { ...place, from: from + wayMs, to: to + wayMs, leave: 0, come }];
  });
  const ahead = sides.filter(({ to }) => to > now);
  return Map.groupBy(ahead, ({ branch }) => branch);
}
