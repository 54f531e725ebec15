/**
 * Branches as they are set up; all routes under `/api/v1`, changes are in force at once.
 *
 * | route | body | answer |
 * |---|---|---|
 * | GET /branch-profiles | | BranchProfilesAnswer |
 * | GET /branch-profiles/:id | | { profile: BranchProfile } |
 * | PUT /branch-profiles/:id | BranchProfile | { profile: BranchProfile }: a new branch, or the changed one |
 *
 * 409 names what cannot be changed of a branch that is there: `id` (it is described elsewhere), `channel`, `zone`.
 */
import { type z } from 'zod';
import type { Channel } from './events.ts';
import type { BilingualName } from './ids.ts';
import { BranchProfile } from './network.ts';

export interface BranchProfileEntry {
  id: string;
  name: BilingualName;
  region: { id: string; name: BilingualName };
  channel: z.infer<typeof Channel>;
  zone: string;
  queues: number;
  counters: number;
  /** It is set up here; those of the demonstration are not. */
  settable: boolean;
}
export interface BranchProfilesAnswer {
  branches: BranchProfileEntry[];
}

/** A branch as people send it: its queues and counters each once, counters with queues it has, and open at some time. */
export const SentBranchProfile = BranchProfile.superRefine(({ queues, counters, hours }, context) => {
  const refuse = (path: (string | number)[], message: string): void => {
    context.addIssue({ code: 'custom', path, message });
  };
  for (const [list, items] of Object.entries({ queues, counters })) {
    const seen = new Set<string>();
    for (const [i, { id }] of items.entries()) {
      if (seen.has(id)) refuse([list, i, 'id'], 'stands twice');
      seen.add(id);
    }
  }
  const known = new Set(queues.map(({ id }) => id));
  for (const [i, counter] of counters.entries())
    if (!counter.queues.every((queue) => known.has(queue)))
      refuse(['counters', i, 'queues'], 'names no queue of it');
  if (hours.every(({ days }) => days.length === 0)) refuse(['hours'], 'is never open');
});
