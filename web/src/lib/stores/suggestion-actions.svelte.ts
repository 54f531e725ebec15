/** What a person does with suggestions on this page, and how to take the last acceptance back. */
import type {
  RejectReason,
  Suggestion,
  SuggestionCommandWord,
  SuggestionConflict,
} from '#shared/suggestions.ts';
import { SUGGESTION_CONFLICTS } from '#shared/suggestions.ts';
import { LEAST_UNDO_SECONDS } from '#shared/undo-window.ts';
import { api, Refused } from '#lib/api.ts';
import { consolePreferences } from './console-preferences.svelte.ts';

/** Why something was not done; of a conflict what stands in the way, and how the suggestion stands now. */
export interface NotDone {
  refused: Refused;
  why: SuggestionConflict | null;
  suggestion: Suggestion | null;
}

const pathOf = (id: string): string => `/suggestions/${encodeURIComponent(id)}`;

/** One suggestion, as it stands. Rejects with {@link Refused}. */
export const loadSuggestion = async (id: string): Promise<Suggestion> =>
  (await api.get<{ suggestion: Suggestion }>(pathOf(id))).suggestion;

/** The server leaves the shortest time to undo, unless it is asked for more. */
const longerUndo = (): { undoSeconds?: number } =>
  consolePreferences.undoSeconds > LEAST_UNDO_SECONDS ? { undoSeconds: consolePreferences.undoSeconds } : {};

export class SuggestionActions {
  /** What was accepted last, as long as its undoing is offered. */
  accepted = $state.raw<Suggestion | null>(null);
  notDone = $state.raw<NotDone | null>(null);
  /** Ids of suggestions whose command is on its way. */
  busy = $state.raw<ReadonlySet<string>>(new Set());
  #changed: () => void;

  /** `changed` is called when a command was answered. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  async accept({ id }: Suggestion, option = 0): Promise<void> {
    this.accepted = null;
    this.accepted = await this.#send(id, 'accept', { option, ...longerUndo() });
  }

  /** Resolves to whether it could still be undone. */
  async undo(): Promise<boolean> {
    const { accepted } = this;
    if (!accepted) return false;
    this.accepted = null;
    return (await this.#send(accepted.id, 'undo', {})) !== null;
  }

  async reject({ id }: Suggestion, reason: RejectReason, text = ''): Promise<void> {
    await this.#send(id, 'reject', { reason, text });
  }

  async follow({ id }: Suggestion, word: SuggestionCommandWord): Promise<void> {
    await this.#send(id, word, {});
  }

  async #send(id: string, word: SuggestionCommandWord, fields: object): Promise<Suggestion | null> {
    if (this.busy.has(id)) return null;
    this.busy = new Set([...this.busy, id]);
    try {
      const { suggestion } = await api.post<{ suggestion: Suggestion }>(`${pathOf(id)}/${word}`, fields);
      this.notDone = null;
      return suggestion;
    } catch (error) {
      this.notDone = await notDone(id, Refused.from(error));
      return null;
    } finally {
      this.busy = new Set([...this.busy].filter((each) => each !== id));
      this.#changed();
    }
  }
}

async function notDone(id: string, refused: Refused): Promise<NotDone> {
  const why = SUGGESTION_CONFLICTS.find((each) => each === refused.field) ?? null;
  if (refused.code !== 'conflict') return { refused, why, suggestion: null };
  // Somebody else may have been first: the answer to that says who and when.
  const suggestion = await loadSuggestion(id).catch(() => null);
  return { refused, why, suggestion };
}
