/** What a person does with alerts on this page, and how to take the last of it back. */
import type { AlertCommandWord, PlacedAlert } from '#shared/alert-requests.ts';
import { api, Refused } from '#lib/api.ts';

type Named = Pick<PlacedAlert, 'id'>;

/** Something done that can be taken back. */
export interface Done {
  what: 'ack' | 'shelve';
  count: number;
  undo: () => Promise<unknown>;
}

export class AlertActions {
  /** The last thing done, as long as it can be taken back. */
  done = $state.raw<Done | null>(null);
  refused = $state.raw<Refused | null>(null);
  /** Ids of alerts whose command is on its way. */
  busy = $state.raw<ReadonlySet<string>>(new Set());
  #changed: () => void;

  /** `changed` is called when a command was done. */
  constructor(changed: () => void = () => undefined) {
    this.#changed = changed;
  }

  acknowledge(alerts: readonly Named[]): Promise<void> {
    return this.#do('ack', alerts, {}, 'unack');
  }

  shelve(alerts: readonly Named[], minutes: number, reason: string): Promise<void> {
    return this.#do('shelve', alerts, { minutes, reason }, 'unshelve');
  }

  /** Takes alerts back from the shelf. */
  async unshelve(alerts: readonly Named[]): Promise<void> {
    await this.#each('unshelve', alerts, {});
  }

  async judge(alert: Named, verdict: 'confirmed' | 'handled' | 'false'): Promise<void> {
    await this.#each('judge', [alert], { verdict });
  }

  async #do(
    what: Done['what'],
    alerts: readonly Named[],
    fields: object,
    back: AlertCommandWord,
  ): Promise<void> {
    if (alerts.length === 0) return;
    // What was done before is not what `undo` would mean now.
    this.done = null;
    if (!(await this.#each(what, alerts, fields))) return;
    this.done = { what, count: alerts.length, undo: () => this.#each(back, alerts, {}) };
  }

  async #each(word: AlertCommandWord, alerts: readonly Named[], fields: object): Promise<boolean> {
    this.busy = new Set([...this.busy, ...alerts.map(({ id }) => id)]);
    try {
      await Promise.all(
        alerts.map(({ id }) => api.post(`/alerts/${encodeURIComponent(id)}/${word}`, fields)),
      );
      this.refused = null;
      return true;
    } catch (error) {
      this.refused = Refused.from(error);
      return false;
    } finally {
      const gone = new Set(alerts.map(({ id }) => id));
      this.busy = new Set([...this.busy].filter((id) => !gone.has(id)));
      this.#changed();
    }
  }
}
