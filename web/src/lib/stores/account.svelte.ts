/** Who looks at this page: asked for once, and again when rights have changed. */
import type { Action } from '#shared/access.ts';
import type { Me, SignedIn } from '#shared/accounts.ts';
import { api } from '#lib/api.ts';
import { followPerson } from './account-display.ts';
import { leaveAfter } from './address.ts';

class Account {
  /** `null` until the server has said. */
  me = $state.raw<Me | null>(null);
  #asking: Promise<Me> | undefined;

  get person(): SignedIn | null {
    return this.me?.signedIn ?? null;
  }

  /** Whether the action is allowed somewhere; the server decides each case. */
  may(action: Action): boolean {
    return this.person?.actions.includes(action) ?? false;
  }

  /** Whether to offer the action: also where accounts are switched off, and as long as nobody has said. */
  mayTry(action: Action): boolean {
    return this.me === null || this.me.accounts === 'off' || this.may(action);
  }

  /** Rejects when the server does not answer; the next call asks again. */
  load(): Promise<Me> {
    this.#asking ??= this.refresh();
    return this.#asking;
  }

  /** Asks again, whatever is known. */
  async refresh(): Promise<Me> {
    try {
      this.me = await api.get<Me>('/me');
      followPerson(this.me.signedIn);
      return this.me;
    } catch (error) {
      this.#asking = undefined;
      throw error;
    }
  }

  /** Ends the session; the page starts anew, so that nothing of it stays on the screen. */
  signOut(): Promise<void> {
    return leaveAfter(api.post('/sign-out'));
  }
}

export const account = new Account();
