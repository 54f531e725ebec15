/** Links that work once: the first set-up, invitations, resets. The token is in the address's fragment, which is never sent. */
import type { OpenedLink } from '#shared/accounts.ts';
import type { Clock } from '../clock.ts';
import type { AccountDb, AccountStore } from './account-store.ts';
import { hashOf, newToken } from './secrets.ts';
import type { AccountTables } from './tables.ts';

/** How long a link may wait, ms. */
const VALID_MS = { setUp: 86_400_000, invite: 3 * 86_400_000, reset: 3_600_000 } as const;

export interface MadeLink {
  /** Path with the token in its fragment. */
  path: string;
  expiresAt: number;
}

export interface Links {
  /** Makes one within a transaction; earlier ones of the same person, or of the set-up, are void. */
  make(db: AccountDb, purpose: OpenedLink['purpose'], person: string | null): Promise<MadeLink>;
  /** What a token is good for; `undefined` when it is not good, or not any more. */
  find(token: string): Promise<AccountTables['links'] | undefined>;
  /** Takes a token within a transaction: true for one caller only. */
  take(db: AccountDb, token: string): Promise<boolean>;
}

/** Links of a store. */
export function createLinks(store: AccountStore, clock: Clock): Links {
  return {
    async make(db, purpose, person) {
      await db
        .deleteFrom('links')
        .where('person', person === null ? 'is' : '=', person)
        .execute();
      const token = newToken();
      const expiresAt = clock.now() + VALID_MS[purpose];
      await db
        .insertInto('links')
        .values({ hash: hashOf(token), purpose, person, expires_at: expiresAt })
        .execute();
      return { path: `/setup#${token}`, expiresAt };
    },
    find: (token) =>
      store.read((db) =>
        db
          .selectFrom('links')
          .selectAll()
          .where('hash', '=', hashOf(token))
          .where('expires_at', '>', clock.now())
          .executeTakeFirst(),
      ),
    async take(db, token) {
      const taken = await db
        .deleteFrom('links')
        .where('hash', '=', hashOf(token))
        .where('expires_at', '>', clock.now())
        .returning('hash')
        .execute();
      return taken.length === 1;
    },
  };
}
