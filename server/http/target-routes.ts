/** Targets over HTTP: what holds, their versions, and one more of them (rule AS3). */
import { Router } from 'express';
import type { Action } from '#shared/access.ts';
import { type BranchProfile, Definition } from '#shared/network.ts';
import {
  isSameVersion,
  type QueueTargets,
  type TargetPreview,
  type TargetsAnswer,
  TargetsQuery,
  type TargetVersion,
  type TargetVersionsAnswer,
  VersionScope,
} from '#shared/targets.ts';
import type { NetworkSettings } from '../network-settings.ts';
import { body, readBody } from './body.ts';
import { query } from './query.ts';
import { Refusal } from './refuse.ts';
import { inScope } from './scope.ts';

/** What versions of targets mean for the halls now. */
export interface Judging {
  /** The day that runs in a hall, YYYY-MM-DD. */
  today(profile: BranchProfile): string;
  targetsOf(profile: BranchProfile): QueueTargets[];
  stateOf(version: Definition, all: readonly Definition[], today: string): TargetVersion['state'];
  concernedBy(
    version: Pick<Definition, 'branch' | 'queue'>,
    profiles: readonly BranchProfile[],
  ): BranchProfile[];
  changesBy(version: Definition, profiles: readonly BranchProfile[]): TargetPreview;
}

export interface TargetRouteParts {
  branches: () => readonly BranchProfile[];
  may: (action: Action, branch: string) => boolean;
  mayEverywhere: (action: Action) => boolean;
  settings: NetworkSettings;
  /** Puts what somebody did into the audit trail. */
  audit: (act: {
    action: string;
    subject: string;
    branch: string | null;
    before?: unknown;
    after: unknown;
  }) => void;
  judging: Judging;
}

const ALL_BRANCHES = 'all';

/** The routes. */
export function targetRoutes(parts: TargetRouteParts): Router {
  const { branches, may, mayEverywhere, settings, audit, judging } = parts;
  const { today, targetsOf, stateOf, concernedBy, changesBy } = judging;
  const readable = (): BranchProfile[] => branches().filter(({ id }) => may('readRecords', id));
  const maySet = (branch: string | undefined): boolean =>
    branch === undefined ? mayEverywhere('configure') : may('configure', branch);

  const versions = (): TargetVersion[] => {
    const own = settings.get().definitions;
    const listed = new Map<string, TargetVersion>();
    for (const profile of readable()) {
      for (const each of profile.definitions) {
        const isOwn = own.some((one) => isSameVersion(one, each));
        // One that stands with the branch itself is for this branch.
        const is = isOwn ? each : { ...each, branch: each.branch ?? profile.id };
        const state = stateOf(is, profile.definitions, today(profile));
        const removable = isOwn && state === 'coming' && maySet(is.branch);
        listed.set(JSON.stringify([is.validFrom, is.branch, is.queue]), { is, state, removable });
      }
    }
    return [...listed.values()].sort((a, b) => (a.is.validFrom < b.is.validFrom ? 1 : -1));
  };
  const answer = (): TargetVersionsAnswer => ({ versions: versions() });

  /** The branches a version is for; refused when whoever asks may not set it there, or nothing is there. */
  const placeOf = (version: Pick<Definition, 'branch' | 'queue'>): BranchProfile[] => {
    const { branch } = version;
    if (branch !== undefined) inScope(readable(), { branch: [branch] }, false);
    if (!maySet(branch)) throw new Refusal('forbidden', 'branch');
    const place = concernedBy(version, branches());
    if (place.length === 0) throw new Refusal('invalid', 'queue');
    return place;
  };
  const checked = (version: Definition): BranchProfile[] => {
    const place = placeOf(version);
    // What was counted stays as it was judged, so nothing can begin before the day that runs.
    if (place.some((profile) => version.validFrom < today(profile)))
      throw new Refusal('invalid', 'validFrom');
    if (versions().some(({ is }) => isSameVersion(is, version))) throw new Refusal('conflict', 'validFrom');
    return place;
  };

  return Router()
    .get('/api/v1/targets', (request, response) => {
      const { branch } = query(TargetsQuery, request);
      const [profile] = inScope(readable(), { branch: [branch] }, false);
      if (profile === undefined) throw new Refusal('not-found', 'branch');
      const queues = targetsOf(profile);
      response.json({ branch, today: today(profile), queues } satisfies TargetsAnswer);
    })
    .get('/api/v1/target-versions', (_request, response) => {
      response.json(answer());
    })
    .post('/api/v1/target-versions/preview', readBody, (request, response) => {
      const version = body(Definition, request);
      response.json(changesBy(version, checked(version)));
    })
    .post('/api/v1/target-versions', readBody, async (request, response) => {
      const version = body(Definition, request);
      const { changesInAll, queuesChanged } = changesBy(version, checked(version));
      const file = settings.get();
      await settings.put({ ...file, definitions: [...file.definitions, version] });
      audit({
        action: 'targets.set',
        subject: version.branch ?? ALL_BRANCHES,
        branch: version.branch ?? null,
        after: { ...version, changesInAll, queuesChanged },
      });
      response.json(answer());
    })
    .post('/api/v1/target-versions/remove', readBody, async (request, response) => {
      const scope = body(VersionScope, request);
      placeOf(scope);
      const found = versions().find(({ is }) => isSameVersion(is, scope));
      if (found === undefined) throw new Refusal('not-found');
      if (!found.removable) throw new Refusal('conflict', 'validFrom');
      const file = settings.get();
      const definitions = file.definitions.filter((each) => !isSameVersion(each, scope));
      await settings.put({ ...file, definitions });
      audit({
        action: 'targets.removed',
        subject: scope.branch ?? ALL_BRANCHES,
        branch: scope.branch ?? null,
        before: found.is,
        after: null,
      });
      response.json(answer());
    });
}
