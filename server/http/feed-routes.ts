/** What sources tell, over HTTP (rule DQ1). */
import { Router } from 'express';
import { type FeedsAnswer, FeedsQuery } from '#shared/feeds.ts';
import type { BranchProfile } from '#shared/network.ts';
import { query } from './query.ts';
import { inScope } from './scope.ts';

export interface FeedRouteParts {
  branches: () => readonly BranchProfile[];
  mayRead: (branch: string) => boolean;
  feedsOf: (branches: readonly BranchProfile[]) => FeedsAnswer;
}

/** The routes. */
export function feedRoutes({ branches, mayRead, feedsOf }: FeedRouteParts): Router {
  return Router().get('/api/v1/feeds', (request, response) => {
    const { branch, region } = query(FeedsQuery, request);
    const visible = branches().filter(({ id }) => mayRead(id));
    const named = branch === undefined ? { region } : { branch: [branch] };
    response.json(feedsOf(inScope(visible, named, true)));
  });
}
