/** Staffing suggestions over HTTP: what is proposed, what people do with it, how promises came true (rules GD1–GD6). */
import express, { Router } from 'express';
import type { BranchProfile } from '#shared/network.ts';
import type { SuggestionRecordAnswer } from '#shared/kept-promises.ts';
import {
  type Suggestion,
  SuggestionCommand,
  type SuggestionConflict,
  type SuggestionsAnswer,
  SuggestionsQuery,
} from '#shared/suggestions.ts';
import { onlyJson } from './only-json.ts';
import { query } from './query.ts';
import { Refusal } from './refuse.ts';
import { inScope } from './scope.ts';

/** What the routes need of those who keep suggestions. */
export interface SuggestionRouteParts {
  branches: () => readonly BranchProfile[];
  /** What whoever asks may do with a branch. */
  may: (action: 'see' | 'readRecords' | 'decideHall' | 'decideMove' | 'configure', branch: string) => boolean;
  /** The name of whoever asks, as the log shall bear it. */
  personOf: () => string;
  /** Puts what somebody did into the audit trail. */
  audit: (act: {
    action: string;
    subject: string;
    branch?: string;
    before?: unknown;
    after: unknown;
  }) => void;
  desk: {
    find(id: string): Suggestion | undefined;
    of(branches: ReadonlySet<string>): Suggestion[];
    command(
      id: string,
      command: SuggestionCommand,
      by: string,
    ): Promise<{ suggestion: Suggestion } | { refused: SuggestionConflict | 'unknown' | 'tooBusy' }>;
  };
  plannedAt: () => number | null;
  record: (branches: readonly BranchProfile[]) => Promise<SuggestionRecordAnswer>;
}

const MAX_BODY = '16kb';

/** The branches whose people decide about it: those a move leaves or reaches. */
const placesOf = ({ branch, to, options }: Suggestion): string[] => [
  ...new Set([branch, to.branch, ...options.map(({ from }) => from.branch)]),
];

/** The routes. */
export function suggestionRoutes(parts: SuggestionRouteParts): Router {
  const { branches, may, personOf, audit, desk, plannedAt, record } = parts;
  const asked = (action: 'see' | 'readRecords', { branch, region }: SuggestionsQuery): BranchProfile[] => {
    const visible = branches().filter(({ id }) => may(action, id));
    return inScope(visible, { region, branch: branch === undefined ? undefined : [branch] }, true);
  };
  const visible = (id: string): Suggestion => {
    const found = desk.find(id);
    if (found === undefined || !placesOf(found).some((branch) => may('see', branch)))
      throw new Refusal('not-found');
    return found;
  };

  return Router()
    .get('/api/v1/suggestions', (request, response) => {
      const ids = new Set(asked('see', query(SuggestionsQuery, request)).map(({ id }) => id));
      response.json({ suggestions: desk.of(ids), plannedAt: plannedAt() } satisfies SuggestionsAnswer);
    })
    .get('/api/v1/suggestions/record', async (request, response) => {
      response.json(await record(asked('readRecords', query(SuggestionsQuery, request))));
    })
    .get('/api/v1/suggestions/:id', (request, response) => {
      response.json({ suggestion: visible(request.params.id) });
    })
    .post(
      '/api/v1/suggestions/:id/:command',
      onlyJson,
      express.json({ limit: MAX_BODY }),
      async (request, response) => {
        const { id, command: word } = request.params as { id: string; command: string };
        const suggestion = visible(id);
        const command = commandOf(word, request.body as object);
        const places = placesOf(suggestion);
        const action = places.length > 1 ? 'decideMove' : 'decideHall';
        if (!places.every((branch) => may(action, branch))) throw new Refusal('forbidden');
        const answer = await desk.command(id, command, personOf());
        if ('refused' in answer) throw refusalFor(answer.refused);
        audit({ action: `suggestion.${word}`, subject: id, branch: suggestion.branch, after: command });
        response.json(answer);
      },
    );
}

const refusalFor = (reason: SuggestionConflict | 'unknown' | 'tooBusy'): Refusal => {
  if (reason === 'unknown') return new Refusal('not-found');
  return reason === 'tooBusy' ? new Refusal('unavailable') : new Refusal('conflict', reason);
};

/** The body as the command of this word. */
function commandOf(word: string, fields: object): SuggestionCommand {
  const parsed = SuggestionCommand.safeParse({ ...fields, do: word });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.');
  throw new Refusal('invalid', field === 'do' ? 'command' : field);
}
