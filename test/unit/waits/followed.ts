/** A branch whose facts are folded and whose waits are followed, as the server and the bench do it. */
import type { SourceEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import { evolve } from '#server/domain/branch/evolve.ts';
import { type BranchState, initialState } from '#server/domain/branch/state.ts';
import type { Surroundings } from '#server/domain/waits/estimate.ts';
import { followWaits, type JudgedWait } from '#server/domain/waits/follow.ts';
import { sceneOf } from '#server/domain/waits/standing.ts';
import { newWaitRecord, type WaitRecord } from '#server/domain/waits/wait-record.ts';
import { instant, type When } from '#test/support/profiles.ts';

export interface Followed {
  state: BranchState;
  record: WaitRecord;
  /** Folds facts; the waits they ended in service. */
  tell(facts: readonly SourceEvent[]): JudgedWait[];
  /** What an estimate is made from at a moment. */
  at(now: When): Surroundings;
}

/** `restMs` as `followWaits` takes it: by default every wait is estimated. */
export function followed(profile: BranchProfile, restMs = 0): Followed {
  const state = initialState(profile.channel);
  const record = newWaitRecord(profile.channel);
  let version = 0;
  return {
    state,
    record,
    tell: (facts) =>
      facts.flatMap((event) => {
        const logged = { branch: profile.id, source: 's', version: ++version, receivedAt: event.at, event };
        return followWaits(record, state, profile, logged, evolve(state, logged), restMs) ?? [];
      }),
    at: (now) => ({ record, state, profile, scene: sceneOf(state, profile, record, instant(now)) }),
  };
}
