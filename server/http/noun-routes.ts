/** What the organisation calls things, over HTTP. */
import { Router } from 'express';
import { NounChoice } from '#shared/noun-schema.ts';
import { type Nouns, USUAL_NOUNS } from '#shared/nouns.ts';
import type { NounStore } from '../noun-store.ts';
import { body, readBody } from './body.ts';
import { onlyJson } from './only-json.ts';

export interface NounRouteParts {
  nouns: NounStore;
  /** Puts what somebody did into the audit trail. */
  audit: (act: { action: string; subject: string; branch: null; before: Nouns; after: Nouns }) => void;
}

/** The routes. */
export function nounRoutes({ nouns, audit }: NounRouteParts): Router {
  const chosen = (): Nouns => nouns.get() ?? USUAL_NOUNS;
  return Router()
    .get('/api/v1/nouns', (_request, response) => {
      response.json(chosen());
    })
    .put('/api/v1/nouns', onlyJson, readBody, (request, response) => {
      const before = chosen();
      const after = body(NounChoice, request);
      nouns.put(after);
      audit({ action: 'nouns.set', subject: 'nouns', branch: null, before, after });
      response.json(after);
    });
}
