/** Customers of the demonstration hear what is announced: some of them use a machine instead, or go to another hall. */
import type { AnnouncedSteering } from '#server/domain/staffing/agreed-steering.ts';
import { createRng, seedOf } from '#server/rng.ts';
import type { Hall } from '../simulator/hall.ts';
import { Timeline } from '../timeline.ts';
import type { Orders } from './staff-orders.ts';

export interface Announcement extends AnnouncedSteering {
  /** Of this announcement alone. */
  id: string;
}

/** While customers go from hall to hall, all halls stand at the same time this often, ms: less than any way takes. */
const STEP_MS = 60_000;

/** The announcements in these halls; `hallOf` gives a hall on the day that runs. */
export function createAnnouncements(hallOf: (branch: string) => Hall | undefined): Orders<Announcement> {
  const due = new Timeline<() => void>();
  const known = new Map<string, Announcement>();

  const announce = (id: string): void => {
    const first = known.get(id);
    if (first === undefined) return;
    const { branch, queue, from, share, elsewhere } = first;
    hallOf(branch)?.steer(queue, (visit, at) => {
      const { to } = known.get(id) ?? first;
      if (at < from || at >= to || createRng(seedOf(id, visit.contact))() >= share) return false;
      if (elsewhere !== null) hallOf(elsewhere.branch)?.admit(visit, elsewhere.queue, at + elsewhere.wayMs);
      return true;
    });
  };

  return {
    get nextAt() {
      return due.nextAt;
    },
    take(announcements) {
      for (const announcement of announcements) {
        const { id, from, to } = announcement;
        const isNew = !known.has(id);
        known.set(id, announcement);
        if (!isNew) continue;
        due.add(from, () => {
          announce(id);
        });
        for (let at = from + STEP_MS; at < to + STEP_MS; at += STEP_MS) due.add(at, () => undefined);
      }
    },
    runNext: () => due.take()?.(),
  };
}
