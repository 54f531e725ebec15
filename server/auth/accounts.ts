/** Accounts as the rest of the server sees them: who asks, who changed, and the parts that administration works on. */
import { join } from 'node:path';
import type { AccountStore } from './account-store.ts';
import type { Act, Audit } from './audit.ts';
import type { Principal, SourcePrincipal } from './authorize.ts';
import type { Change } from './changes.ts';
import type { Devices } from './devices.ts';
import type { Links } from './links.ts';
import type { OwnAccount } from './own-account.ts';
import type { Passwords } from './passwords.ts';
import type { People } from './people.ts';
import type { Sessions } from './sessions.ts';
import type { SignInDesk } from './sign-in.ts';
import type { SourceKeys } from './source-keys.ts';
import type { Sso } from './sso.ts';

/** Accounts of a data folder, apart from history, whose long writes would hold up everybody who signs in. */
export const accountsFile = (folder: string): string => join(folder, 'accounts.sqlite');

/** What a request brings along. */
export interface Presented {
  session: string | undefined;
  device: string | undefined;
  /** Where the connection comes from. */
  address: string;
}

/** Who it is, and by what; a credential can be asked about again while a socket is open. */
export interface Identity {
  principal: Principal;
  credential: { kind: 'session' | 'device'; hash: string } | null;
}

export interface Accounts {
  mode: 'on' | 'demo' | 'off';
  /** What administration works on; `null` when accounts are off. */
  kept: KeptAccounts | null;
  /** Throws AccountsUnavailable. */
  identify(presented: Presented): Promise<Identity>;
  /** Who these are now; those whose right is over are missing. Throws AccountsUnavailable. */
  renew(credentials: readonly Credential[]): Promise<ReadonlyMap<string, Principal>>;
  sourceOf(key: string): SourcePrincipal | undefined;
  /** Adds an entry to the audit trail. */
  note(act: Act): void;
  /** Told whose rights changed, here or on another node. */
  hear(listener: (change: Change) => void): void;
  stop(): Promise<void>;
}
export type Credential = NonNullable<Identity['credential']>;

export interface KeptAccounts {
  store: AccountStore;
  people: People;
  sessions: Sessions;
  links: Links;
  passwords: Passwords;
  desk: SignInDesk;
  own: OwnAccount;
  devices: Devices;
  keys: SourceKeys;
  sso: Sso;
  audit: Audit;
  announce(change: Change): void;
}

/** No accounts: whoever reaches this machine sees everything. For replays, benchmarks and trusted networks. */
export const noAccounts = (): Accounts => ({
  mode: 'off',
  kept: null,
  identify: () => Promise.resolve({ principal: { kind: 'console' }, credential: null }),
  renew: () => Promise.resolve(new Map()),
  sourceOf: () => undefined,
  note: () => undefined,
  hear: () => undefined,
  stop: () => Promise.resolve(),
});
