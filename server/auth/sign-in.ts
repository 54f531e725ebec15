/** Coming in and going out: by password and code, by a link that works once, by single sign-on, as a user of the demonstration. */
import type { z } from 'zod';
import type { OpenedLink, SignIn, UseLink } from '#shared/accounts.ts';
import type { Clock } from '../clock.ts';
import type { AccountStore } from './account-store.ts';
import { createAttempts, networkOf } from './attempts.ts';
import type { Audit } from './audit.ts';
import { caller } from './caller.ts';
import type { Changes } from './changes.ts';
import { isEasyToGuess } from './guessable.ts';
import type { Links } from './links.ts';
import type { Passwords } from './passwords.ts';
import type { People } from './people.ts';
import type { Seal } from './secrets.ts';
import type { NewSession, Sessions } from './sessions.ts';
import type { Sso } from './sso.ts';
import type { PersonRow } from './tables.ts';
import { matchingStep } from './totp.ts';

/** Tries of one login from one network, and of all logins from it, in this time. */
const OF_LOGIN = { tries: 10, windowMs: 600_000 };
const OF_NETWORK = { tries: 100, windowMs: 600_000 };
/** Entries about one network that tries too often; a flood is worth an entry, not ten thousand. */
const TOLD = { tries: 5, windowMs: 300_000 };

export interface Started {
  token: string;
  endsAt: number;
}
export type SignInRefusal = 'wrong' | 'too-often' | 'code-needed';

export interface SignInDesk {
  /** Throws PasswordsBusy. */
  byPassword(tried: z.output<typeof SignIn>, browser: string): Promise<Started | SignInRefusal>;
  asDemo(login: string, browser: string): Promise<Started | null>;
  /** `null` when nobody of this subject may come in. Throws SsoFailed. */
  bySso(current: URL, flow: string, browser: string): Promise<Started | 'joined' | null>;
  openLink(token: string): Promise<OpenedLink | null>;
  /** Sets the password a link is for and signs in; a text names the field that is wrong. */
  useLink(
    used: z.output<typeof UseLink>,
    browser: string,
  ): Promise<Started | 'token' | 'login' | 'name' | 'password'>;
  /** Ends a session of this browser, if it has one. */
  signOut(session: string): Promise<void>;
}

/** The desk where people sign in. */
export function createSignInDesk(parts: {
  store: AccountStore;
  people: People;
  sessions: Sessions;
  links: Links;
  passwords: Passwords;
  sso: Sso;
  audit: Audit;
  changes: Changes;
  seal: Seal;
  clock: Clock;
}): SignInDesk {
  const { store, people, sessions, links, passwords, sso, audit, changes, seal, clock } = parts;
  const ofLogin = createAttempts(clock, OF_LOGIN.tries, OF_LOGIN.windowMs);
  const ofNetwork = createAttempts(clock, OF_NETWORK.tries, OF_NETWORK.windowMs);
  const told = createAttempts(clock, TOLD.tries, TOLD.windowMs);

  const start = (session: NewSession, login: string): Promise<Started> =>
    store.change(async (db) => {
      const started = await sessions.start(db, session);
      await audit.within(db, { action: 'signIn', who: login, subject: login, after: { how: session.how } });
      return started;
    });

  /** True when the code of a person who needs one is right; it counts once, also when two come at a time. */
  const takeCode = async (person: PersonRow, code: string): Promise<boolean> => {
    const secret = person.totp_secret === null ? null : seal.open(person.totp_secret);
    const step = secret === null ? null : matchingStep(secret, code, clock.now(), person.totp_step);
    if (step === null) return false;
    return store.change(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('people')
        .set({ totp_step: step })
        .where('id', '=', person.id)
        .where('totp_step', '<', step)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    });
  };

  return {
    async byPassword({ login, password, code }, browser) {
      const network = networkOf(caller().address);
      const pair = `${network} ${login}`;
      if (!ofNetwork.allow(network) || !ofLogin.allow(pair)) {
        const act = { action: 'signIn', who: login, subject: login, after: { reason: 'too often' } };
        if (told.allow(network)) audit.note({ ...act, outcome: 'denied' });
        return 'too-often';
      }
      const person = await people.byLogin(login);
      const isRight = await passwords.verify(person?.password ?? null, password);
      const refuse = (reason: string): 'wrong' => {
        audit.note({ action: 'signIn', who: login, subject: login, outcome: 'denied', after: { reason } });
        return 'wrong';
      };
      if (!isRight || person?.state !== 'active') return refuse('password');
      if (person.totp_since !== null) {
        if (code === undefined) return 'code-needed';
        if (!(await takeCode(person, code))) return refuse('code');
      }
      ofLogin.forget(pair);
      return start({ person: person.id, how: 'password', browser }, login);
    },
    async asDemo(login, browser) {
      const person = await people.byLogin(login);
      if (person?.demo !== 1 || person.state !== 'active') return null;
      return start({ person: person.id, how: 'demo', browser }, login);
    },
    async bySso(current, flow, browser) {
      const { subject, sid, link } = await sso.finish(current, flow);
      if (link !== null) {
        if (await people.bySubject(subject)) return null;
        await store.change(async (db) => {
          await people.update(db, link, { sso_subject: subject });
          await audit.within(db, { action: 'sso.joined', subject: link });
        });
        return 'joined';
      }
      const person = await people.bySubject(subject);
      if (person === undefined || person.state === 'disabled') {
        audit.note({ action: 'signIn', who: subject, outcome: 'denied', after: { how: 'sso' } });
        return null;
      }
      if (person.state === 'invited') await people.setState(person.id, 'active');
      const ssoSid = sid === undefined ? {} : { ssoSid: sid };
      return start({ person: person.id, how: 'sso', browser, ...ssoSid }, person.login);
    },
    async openLink(token) {
      const link = await links.find(token);
      const person = link?.person === null || link === undefined ? undefined : await people.byId(link.person);
      return link === undefined
        ? null
        : {
            purpose: link.purpose,
            login: person?.login ?? null,
            name: person?.name ?? null,
            expiresAt: link.expires_at,
          };
    },
    async useLink({ token, login, name, password }, browser) {
      if (!ofNetwork.allow(networkOf(caller().address))) return 'token';
      const link = await links.find(token);
      const known = link?.person ? await people.byId(link.person) : undefined;
      const isFor = link?.person === null || (known !== undefined && known.state !== 'disabled');
      if (link === undefined || !isFor) return 'token';
      const [theirLogin, theirName] = [known?.login ?? login, known?.name ?? name];
      if (theirLogin === undefined) return 'login';
      if (theirName === undefined) return 'name';
      if (isEasyToGuess(password, [theirLogin, theirName])) return 'password';
      const hash = await passwords.hash(password);
      const started = await store.change(async (db) => {
        if (!(await links.take(db, token))) return null;
        const person =
          known?.id ??
          (await people.add(db, {
            login: theirLogin,
            name: theirName,
            state: 'active',
            grants: [
              { role: 'admin', scope: { kind: 'all' } },
              { role: 'manager', scope: { kind: 'all' } },
            ],
          }));
        await sessions.end(db, { person });
        await people.update(db, person, {
          password: hash,
          state: 'active',
          totp_secret: null,
          totp_since: null,
        });
        await audit.within(db, { action: `link.${link.purpose}`, who: theirLogin, subject: theirLogin });
        return sessions.start(db, { person, how: 'link', browser });
      });
      if (started === null) return 'token';
      if (known) people.changed(known.id);
      return started;
    },
    async signOut(session) {
      await store.change(async (db) => {
        const ended = await sessions.end(db, { id: session });
        if (ended.length > 0) await audit.within(db, { action: 'signOut' });
      });
      changes.announce({ session });
    },
  };
}
