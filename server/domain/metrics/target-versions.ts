/** Versions of targets as people set them: what holds, what is to come, and what one more would change (rule AS3). */
import type { BranchProfile, Definition } from '#shared/network.ts';
import { TARGET_FIELDS } from '#shared/target-fields.ts';
import {
  forTheSame,
  type QueueTargets,
  type TargetChange,
  type TargetPreview,
  type TargetVersion,
} from '#shared/targets.ts';
import { dayNumber, dayStart } from '../branch/hall-day.ts';
import { judgedNext, judgedSince, judgementAt } from './definitions.ts';

/** Changes that are told one by one; the rest is counted. */
const SHOWN_CHANGES = 200;
/** The queue of a branch that lists none: all of them are judged alike. */
const ANY_QUEUE = { id: '', letter: '', name: { zh: '', en: '' } };

const queuesOf = ({ queues }: BranchProfile) => (queues.length === 0 ? [ANY_QUEUE] : queues);

/** What holds for each queue of a branch at an instant, epoch ms, and what comes next. */
export const targetsOf = (profile: BranchProfile, at: number): QueueTargets[] =>
  queuesOf(profile).map(({ id, letter, name }) => ({
    queue: id,
    letter,
    name,
    now: judgementAt(profile, id, at),
    since: judgedSince(profile, id, at),
    next: judgedNext(profile, id, at),
  }));

/** How a version stands on a day (YYYY-MM-DD) among the others. */
export function stateOf(
  version: Definition,
  all: readonly Definition[],
  today: string,
): TargetVersion['state'] {
  if (version.validFrom > today) return 'coming';
  const later = all.filter(
    (each) => forTheSame(each, version) && each.validFrom > version.validFrom && each.validFrom <= today,
  );
  const isReplaced = TARGET_FIELDS.every(
    (field) => version[field] === undefined || later.some((each) => each[field] !== undefined),
  );
  return isReplaced ? 'over' : 'holds';
}

/** The branches a version is for. */
export const concernedBy = (
  { branch, queue }: Pick<Definition, 'branch' | 'queue'>,
  profiles: readonly BranchProfile[],
): BranchProfile[] =>
  profiles.filter(
    (profile) =>
      (branch === undefined || profile.id === branch) &&
      (queue === undefined || queuesOf(profile).some(({ id }) => id === queue || id === ANY_QUEUE.id)),
  );

/** What would be otherwise on the first day of one more version. */
export function changesBy(version: Definition, profiles: readonly BranchProfile[]): TargetPreview {
  const changes: TargetChange[] = [];
  let queuesChanged = 0;
  let queuesSame = 0;
  for (const profile of concernedBy(version, profiles)) {
    const at = dayStart(profile, dayNumber(version.validFrom));
    const after = { ...profile, definitions: [...profile.definitions, version] };
    for (const { id } of queuesOf(profile)) {
      if (version.queue !== undefined && id !== version.queue && id !== ANY_QUEUE.id) continue;
      const queue = id === ANY_QUEUE.id ? (version.queue ?? id) : id;
      const [was, is] = [judgementAt(profile, queue, at), judgementAt(after, queue, at)];
      const changed = TARGET_FIELDS.filter((field) => was[field] !== is[field]);
      for (const field of changed)
        changes.push({ branch: profile.id, queue, field, from: was[field], to: is[field] });
      if (changed.length > 0) queuesChanged += 1;
      else queuesSame += 1;
    }
  }
  return {
    changes: changes.slice(0, SHOWN_CHANGES),
    changesInAll: changes.length,
    queuesChanged,
    queuesSame,
  };
}
