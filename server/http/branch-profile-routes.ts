/** Setting up branches: who they are, when they open, their queues and counters. */
import { Router } from 'express';
import { type BranchProfilesAnswer, SentBranchProfile } from '#shared/branch-profiles.ts';
import { Id } from '#shared/ids.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { NetworkSettings } from '../network-settings.ts';
import { body, readBody } from './body.ts';
import { Refusal } from './refuse.ts';

export interface BranchProfileRouteParts {
  /** All branches there are. */
  branches: () => readonly BranchProfile[];
  settings: NetworkSettings;
  /** Puts what somebody did into the audit trail. */
  audit: (act: { action: string; subject: string; branch: string; before?: unknown; after: unknown }) => void;
}

/** The routes. */
export function branchProfileRoutes({ branches, settings, audit }: BranchProfileRouteParts): Router {
  const own = (id: string): BranchProfile | undefined =>
    settings.get().branches.find((each) => each.id === id);

  return Router()
    .get('/api/v1/branch-profiles', (_request, response) => {
      const settable = new Set(settings.get().branches.map(({ id }) => id));
      response.json({
        branches: branches().map(({ id, name, region, channel, zone, queues, counters }) => ({
          ...{ id, name, region, channel, zone },
          queues: queues.length,
          counters: counters.length,
          settable: settable.has(id),
        })),
      } satisfies BranchProfilesAnswer);
    })
    .get('/api/v1/branch-profiles/:id', (request, response) => {
      const { id } = request.params;
      const profile = own(id) ?? branches().find((each) => each.id === id);
      if (profile === undefined) throw new Refusal('not-found');
      response.json({ profile });
    })
    .put('/api/v1/branch-profiles/:id', readBody, async (request, response) => {
      const id = Id.safeParse(request.params['id']);
      if (!id.success) throw new Refusal('invalid', 'id');
      const profile = body(SentBranchProfile, request);
      if (profile.id !== id.data) throw new Refusal('invalid', 'id');
      const before = own(profile.id);
      if (before === undefined && branches().some((each) => each.id === profile.id))
        throw new Refusal('conflict', 'id');
      // What was counted was counted as this kind of place, by this clock.
      for (const field of ['channel', 'zone'] as const)
        if (before !== undefined && before[field] !== profile[field]) throw new Refusal('conflict', field);
      const file = settings.get();
      const others = file.branches.filter((each) => each.id !== profile.id);
      await settings.put({ ...file, branches: [...others, profile] });
      audit({ action: 'branch.set', subject: profile.id, branch: profile.id, before, after: profile });
      response.json({ profile });
    });
}
