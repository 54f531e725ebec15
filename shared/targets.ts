/**
 * Targets: what is promised and by which formula it is judged, in versions with the day from which each holds (rule AS3).
 *
 * | route, under `/api/v1` | body or query | answer |
 * |---|---|---|
 * | GET  /targets | branch | TargetsAnswer: what holds there |
 * | GET  /target-versions | | TargetVersionsAnswer: of the halls one may read, the newest first |
 * | POST /target-versions/preview | Definition | TargetPreview: what it would change |
 * | POST /target-versions | Definition | TargetVersionsAnswer |
 * | POST /target-versions/remove | VersionScope | TargetVersionsAnswer: one that does not hold yet |
 *
 * A version without a branch concerns all of them, and needs the right everywhere. It holds from today at the earliest:
 * what was counted before stays as it was judged. 409 `validFrom`: there is one of that day for the same place already.
 */
import { z } from 'zod';
import { type BilingualName, Id } from './ids.ts';
import type { Definition, ServiceLevelName } from './network.ts';
import type { TARGET_FIELDS } from './target-fields.ts';

/** Everything by which a queue is judged; waits in seconds, inclusive. */
export interface Targets {
  targetSeconds: number;
  thresholdSeconds: number;
  shortAbandonSeconds: number;
  /** Ratio 0–1. */
  serviceLevelTarget: number;
  serviceLevel: ServiceLevelName;
}
export type TargetField = (typeof TARGET_FIELDS)[number];

export const TargetsQuery = z.strictObject({ branch: Id });

export interface QueueTargets {
  queue: string;
  letter: string;
  name: BilingualName;
  now: Targets;
  /** First of the hall's days on which it was so, YYYY-MM-DD; `null`: as the branch was set up. */
  since: string | null;
  /** The next version, when there is one. */
  next: { from: string; is: Targets } | null;
}
export interface TargetsAnswer {
  branch: string;
  /** The hall's day, YYYY-MM-DD. */
  today: string;
  queues: QueueTargets[];
}

/** Which version: its day and the place it is for. */
export const VersionScope = z.strictObject({
  validFrom: z.string(),
  // Written so that a browser that takes a list of words from here does not carry the library of schemas.
  branch: z.optional(Id),
  queue: z.optional(Id),
});
export type VersionScope = z.infer<typeof VersionScope>;

/** True when both are for the same branch and queue. */
export const forTheSame = (a: VersionPlace, b: VersionPlace): boolean =>
  a.branch === b.branch && a.queue === b.queue;
type VersionPlace = Pick<VersionScope, 'branch' | 'queue'>;
/** True when both are the same version: of one day, for the same place. */
export const isSameVersion = (a: VersionScope, b: VersionScope): boolean =>
  a.validFrom === b.validFrom && forTheSame(a, b);

export interface TargetVersion {
  is: Definition;
  /** `over`: a later version for the same place replaced all it says. */
  state: 'coming' | 'holds' | 'over';
  /** Whoever asks may take it back: it does not hold yet and was set here. */
  removable: boolean;
}
export interface TargetVersionsAnswer {
  versions: TargetVersion[];
}

/** One promise of one queue that would be another on the first day of the version. */
export interface TargetChange {
  branch: string;
  queue: string;
  field: TargetField;
  from: Targets[TargetField];
  to: Targets[TargetField];
}
export interface TargetPreview {
  /** The first of them. */
  changes: TargetChange[];
  /** All of them, and the queues they are of. */
  changesInAll: number;
  queuesChanged: number;
  /** Queues of the place that stay as they are: they have it already, or a narrower version says otherwise. */
  queuesSame: number;
}
