/** What is promised, and how it is judged, on a day: definitions are versioned, old days keep theirs (rule AS3). */
import type { BranchProfile, Definition, QueueProfile, QueuePromises } from '#shared/network.ts';
import type { Targets } from '#shared/targets.ts';
import { dayNumber, dayText, hallDay } from '../branch/hall-day.ts';

/** Abandons up to this wait are short where nobody says otherwise (rule AB1), seconds. */
const SHORT_ABANDON_SECONDS = { hall: 60, remote: 10 };

export type Judgement = Targets;

/** The configured queue of a branch. */
export const queueProfile = (profile: BranchProfile, queue: string): QueueProfile | undefined =>
  profile.queues.find(({ id }) => id === queue);

/** From a day of the hall on; the last of them that has begun holds. */
interface Version {
  fromDay: number;
  is: Judgement;
}

// Profiles never change while they are in use, so what follows from one is worked out once.
const worked = new WeakMap<BranchProfile, Map<string, readonly Version[]>>();

/** How a queue is judged at an instant, epoch ms. */
export const judgementAt = (profile: BranchProfile, queue: string, at: number): Judgement =>
  versionAt(profile, queue, at).is;

/** The first of the hall's days on which a queue was judged as at an instant, YYYY-MM-DD; `null` when it always was. */
export function judgedSince(profile: BranchProfile, queue: string, at: number): string | null {
  const { fromDay } = versionAt(profile, queue, at);
  return Number.isFinite(fromDay) ? dayText(fromDay) : null;
}

/** The next version of how a queue is judged after an instant; `null` when there is none yet. */
export function judgedNext(
  profile: BranchProfile,
  queue: string,
  at: number,
): { from: string; is: Judgement } | null {
  const today = hallDay(profile, at);
  const next = judgementsOf(profile, queue).find(({ fromDay }) => fromDay > today);
  return next === undefined ? null : { from: dayText(next.fromDay), is: next.is };
}

function versionAt(profile: BranchProfile, queue: string, at: number): Version {
  const all = judgementsOf(profile, queue);
  const day = all.length > 1 ? hallDay(profile, at) : Infinity;
  for (let i = all.length - 1; i > 0; i--) {
    const each = all[i];
    if (each !== undefined && each.fromDay <= day) return each;
  }
  return all[0] ?? { fromDay: -Infinity, is: baseOf(profile, queue) };
}

function judgementsOf(profile: BranchProfile, queue: string): readonly Version[] {
  let byQueue = worked.get(profile);
  if (byQueue === undefined) worked.set(profile, (byQueue = new Map<string, readonly Version[]>()));
  let all = byQueue.get(queue);
  if (all === undefined) byQueue.set(queue, (all = workOut(profile, queue)));
  return all;
}

function workOut(profile: BranchProfile, queue: string): Version[] {
  // Narrowest scope first, and in it the newest: the first one that says anything of a promise decides.
  const concerned = profile.definitions
    .filter((each) => (each.branch ?? profile.id) === profile.id && (each.queue ?? queue) === queue)
    .sort((a, b) => narrowness(b) - narrowness(a) || dayOf(b) - dayOf(a));
  const days = [...new Set(concerned.map(dayOf))].sort((a, b) => a - b);
  return [-Infinity, ...days].map((fromDay) => ({
    fromDay,
    is: judge(
      baseOf(profile, queue),
      concerned.filter((each) => dayOf(each) <= fromDay),
    ),
  }));
}

const narrowness = ({ branch, queue }: Definition): number =>
  (branch === undefined ? 0 : 2) + (queue === undefined ? 0 : 1);

const dayOf = ({ validFrom }: Definition): number => dayNumber(validFrom);

function judge(base: Judgement, definitions: readonly Definition[]): Judgement {
  const first = <K extends keyof Definition>(key: K): Definition[K] | undefined =>
    definitions.find((each) => each[key] !== undefined)?.[key];
  return {
    targetSeconds: first('targetSeconds') ?? base.targetSeconds,
    thresholdSeconds: first('thresholdSeconds') ?? base.thresholdSeconds,
    shortAbandonSeconds: first('shortAbandonSeconds') ?? base.shortAbandonSeconds,
    serviceLevelTarget: first('serviceLevelTarget') ?? base.serviceLevelTarget,
    serviceLevel: first('serviceLevel') ?? base.serviceLevel,
  };
}

function baseOf(profile: BranchProfile, queue: string): Judgement {
  const promises: QueuePromises = queueProfile(profile, queue) ?? profile.queueDefaults;
  const { targetSeconds, thresholdSeconds, serviceLevelTarget } = promises;
  const short = SHORT_ABANDON_SECONDS[profile.channel === 'hall' ? 'hall' : 'remote'];
  const shortAbandonSeconds = promises.shortAbandonSeconds ?? short;
  return {
    targetSeconds,
    thresholdSeconds,
    serviceLevelTarget,
    shortAbandonSeconds,
    serviceLevel: 'headline',
  };
}
