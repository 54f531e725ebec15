/** Tokens: random, shown once, kept as a hash. They have 256 bits, so a fast hash is enough. */
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TOKEN_BYTES = 32;
const ID_BYTES = 9;

/** A secret nobody can guess. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');
/** The name of a thing; not a secret. */
export const newId = (): string => randomBytes(ID_BYTES).toString('base64url');
/** What is kept of a token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Compares secrets without telling by its time where they differ. */
export const sameSecret = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

/** Keeps what must be read again (secrets of sign-in codes, of the identity provider) unreadable in the database. */
export interface Seal {
  seal(text: string): string;
  /** `null` when it is not of this seal, or was changed. */
  open(sealed: string): string | null;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_FILE = 'accounts.key';

/** The seal of a data folder: its key is made at the first start, in a file for this user alone. */
export function sealOf(folder: string): Seal {
  const file = join(folder, KEY_FILE);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx' });
  }
  return createSeal(Buffer.from(readFileSync(file, 'utf8'), 'base64'));
}

/** AES-256-GCM with this key. */
export function createSeal(key: Buffer): Seal {
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
        cipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
        return Buffer.concat([cipher.update(body), cipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
