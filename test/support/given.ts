/** Given a place, when facts are told, then its figures are so: the way tests of the core are written. */
import type { SourceEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { QueueRow } from '#shared/views.ts';
import { phaseOf, type Phase } from '#server/domain/branch/contact.ts';
import { advance, type LiveBranch, newBranch } from '#server/domain/live-branch.ts';
import type { QueueInterval } from '#server/domain/metrics/interval.ts';
import { noSums, unpack } from '#server/domain/metrics/packed-sums.ts';
import { type BranchMeasure, measure } from '#server/domain/metrics/measure.ts';
import { instant, type When } from './profiles.ts';

/** What a place looks like at a moment. */
export interface Seen extends BranchMeasure {
  live: LiveBranch;
  /** The row of a queue; throws when there is none. */
  queue(id: string): QueueRow;
  /** All sums of a queue since the log began. */
  counts(queue: string): QueueInterval;
  phase(contact: string): Phase | 'gone';
}

export interface Given {
  /** Folds facts as told by `source`, received at the moment they name or at `receivedAt`. */
  events(events: readonly SourceEvent[], told?: { source?: string; receivedAt?: When }): Given;
  /** The figures at a moment. */
  at(now: When): Seen;
}

/** A place nobody has said anything about. */
export function given(profile: BranchProfile, live: LiveBranch = newBranch(profile)): Given {
  const place: Given = {
    events(events, { source = 'machine', receivedAt } = {}) {
      for (const event of events) {
        const received = receivedAt === undefined ? event.at : instant(receivedAt);
        const version = live.version + 1;
        advance(live, profile, { branch: profile.id, source, version, receivedAt: received, event });
      }
      return place;
    },
    at: (now) => see(live, profile, instant(now)),
  };
  return place;
}

function see(live: LiveBranch, profile: BranchProfile, now: number): Seen {
  const figures = measure(live, profile, now);
  return {
    ...figures,
    live,
    queue(id) {
      const row = figures.queues.find((each) => each.id === id);
      if (!row) throw new Error(`no queue ${id}`);
      return row;
    },
    counts: (queue) => unpack(live.figures.queues.get(queue)?.total ?? noSums()),
    phase(id) {
      const contact = live.state.contacts.get(id);
      return contact ? phaseOf(contact) : 'gone';
    },
  };
}
