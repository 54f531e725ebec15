/** What people change about their own account: the password, and the code beside it. */
import { Display, type TotpSecret } from '#shared/accounts.ts';
import type { Clock } from '../clock.ts';
import type { AccountStore } from './account-store.ts';
import { createAttempts } from './attempts.ts';
import type { Audit } from './audit.ts';
import type { Person } from './authorize.ts';
import type { Changes } from './changes.ts';
import { isEasyToGuess } from './guessable.ts';
import type { Passwords } from './passwords.ts';
import type { People } from './people.ts';
import type { Seal } from './secrets.ts';
import type { Sessions } from './sessions.ts';
import type { PersonRow } from './tables.ts';
import { matchingStep, newTotpSecret, totpUri } from './totp.ts';

/** Wrong passwords and codes of somebody who is signed in. */
const TRIES = { most: 10, windowMs: 600_000 };

/** The field that is wrong, or that there were too many tries. */
export type OwnRefusal = 'current' | 'next' | 'password' | 'code' | 'too-often';

export interface OwnAccount {
  /** Keeps what is named of it, the rest stays; a matter of taste, so it is not in the audit trail. */
  chooseDisplay(person: Person, chosen: Display): Promise<void>;
  /** What was kept so far. */
  displayOf(person: Person): Promise<Display>;
  /** Other sessions end. */
  changePassword(person: Person, current: string, next: string): Promise<OwnRefusal | 'done'>;
  /** A secret that counts once a code of it is confirmed. */
  beginTotp(person: Person, password: string): Promise<OwnRefusal | TotpSecret>;
  confirmTotp(person: Person, code: string): Promise<OwnRefusal | 'done'>;
  removeTotp(person: Person, password: string): Promise<OwnRefusal | 'done'>;
  /** Ends one of one's own sessions; false when there is no such. */
  endSession(person: Person, id: string): Promise<boolean>;
}

/** What a row keeps; what an older or newer version kept and cannot be read here counts as nothing chosen. */
const displayIn = (kept: string | null): Display => {
  const read = Display.safeParse(kept === null ? {} : JSON.parse(kept));
  return read.success ? read.data : {};
};

/** One's own account in a store. */
export function createOwnAccount(parts: {
  store: AccountStore;
  people: People;
  sessions: Sessions;
  passwords: Passwords;
  audit: Audit;
  changes: Changes;
  seal: Seal;
  clock: Clock;
}): OwnAccount {
  const { store, people, sessions, passwords, audit, changes, seal, clock } = parts;
  const tries = createAttempts(clock, TRIES.most, TRIES.windowMs);

  const checked = async (
    { id }: Person,
    password: string,
    field: 'current' | 'password',
  ): Promise<{ row: PersonRow } | { refusal: OwnRefusal }> => {
    if (!tries.allow(id)) return { refusal: 'too-often' };
    const row = await people.byId(id);
    if (row === undefined || !(await passwords.verify(row.password, password))) return { refusal: field };
    tries.forget(id);
    return { row };
  };
  const change = (person: Person, action: string, set: Partial<PersonRow>): Promise<void> =>
    store.change(async (db) => {
      await people.update(db, person.id, set);
      await audit.within(db, { action, subject: person.login });
    });

  return {
    async chooseDisplay({ id }, chosen) {
      await store.change(async (db) => {
        const row = await db.selectFrom('people').select('display').where('id', '=', id).executeTakeFirst();
        const display = JSON.stringify({ ...displayIn(row?.display ?? null), ...chosen });
        await db.updateTable('people').set({ display }).where('id', '=', id).execute();
      });
    },
    displayOf: async ({ id }) => displayIn((await people.byId(id))?.display ?? null),
    async changePassword(person, current, next) {
      const check = await checked(person, current, 'current');
      if ('refusal' in check) return check.refusal;
      if (isEasyToGuess(next, [person.login, person.name])) return 'next';
      const password = await passwords.hash(next);
      await store.change(async (db) => {
        await people.update(db, person.id, { password });
        await sessions.end(db, { person: person.id, but: person.session?.id ?? '' });
        await audit.within(db, { action: 'password.changed', subject: person.login });
      });
      people.changed(person.id);
      return 'done';
    },
    async beginTotp(person, password) {
      const check = await checked(person, password, 'password');
      if ('refusal' in check) return check.refusal;
      const secret = newTotpSecret();
      await change(person, 'totp.begun', { totp_secret: seal.seal(secret), totp_since: null });
      return { secret, uri: totpUri(secret, person.login) };
    },
    async confirmTotp(person, code) {
      if (!tries.allow(person.id)) return 'too-often';
      const sealed = (await people.byId(person.id))?.totp_secret ?? null;
      const secret = sealed === null ? null : seal.open(sealed);
      const step = secret === null ? null : matchingStep(secret, code, clock.now(), 0);
      if (step === null) return 'code';
      await change(person, 'totp.confirmed', { totp_since: clock.now(), totp_step: step });
      return 'done';
    },
    async removeTotp(person, password) {
      const check = await checked(person, password, 'password');
      if ('refusal' in check) return check.refusal;
      await change(person, 'totp.removed', { totp_secret: null, totp_since: null });
      return 'done';
    },
    async endSession(person, id) {
      const ended = await store.change(async (db) => {
        const gone = await sessions.end(db, { id, person: person.id });
        if (gone.length > 0) await audit.within(db, { action: 'session.ended', subject: person.login });
        return gone;
      });
      if (ended.length > 0) changes.announce({ session: id });
      return ended.length > 0;
    },
  };
}
