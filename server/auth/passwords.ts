/** Passwords: Argon2id (RFC 9106) as OWASP advises, a few at a time, so that a flood of sign-ins leaves the halls alone. */
import { argon2, type Argon2Parameters, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { sameSecret } from './secrets.ts';

/** OWASP's least: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Checks at the same time; each takes a thread and 19 MiB. */
const AT_ONCE = 2;
/** Checks that wait; at about 36 ms each nobody waits longer than 1.2 s. */
const MAX_WAITING = 64;

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;
const derive = promisify(argon2) as (kind: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>;

/** So many wait that one more is turned away. */
export class PasswordsBusy extends Error {
  override name = 'PasswordsBusy';
}

export interface Passwords {
  /** What is kept of a password (PHC string). Throws {@link PasswordsBusy}. */
  hash(password: string): Promise<string>;
  /** True when it is right; takes as long when there is none to compare with. Throws {@link PasswordsBusy}. */
  verify(kept: string | null, password: string): Promise<boolean>;
  /** True when one more would be turned away. */
  isFull(): boolean;
}

/** A place where passwords are checked, with a queue of its own. */
export function createPasswords(): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];
  const isFull = (): boolean => running >= AT_ONCE && waiting.length >= MAX_WAITING;
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running < AT_ONCE) running += 1;
    else {
      if (isFull()) throw new PasswordsBusy('too many passwords to check');
      // Whoever is done hands its place on, so that nobody comes in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
  const compute = (password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> =>
    inTurn(() =>
      derive('argon2id', {
        message: password.normalize('NFKC'),
        nonce: salt,
        tagLength: HASH_BYTES,
        ...cost,
      }),
    );
  return {
    isFull,
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      const hash = await compute(password, salt, COST);
      return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${plain(salt)}$${plain(hash)}`;
    },
    async verify(kept, password) {
      const [, memory, passes, parallelism, salt = '', hash = ''] = PHC.exec(kept ?? '') ?? [];
      if (hash === '') {
        await compute(password, randomBytes(SALT_BYTES), COST);
        return false;
      }
      const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
      return sameSecret(plain(await compute(password, Buffer.from(salt, 'base64'), cost)), hash);
    },
  };
}

const plain = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
