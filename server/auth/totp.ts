/** Six digits that change each half minute (RFC 6238 on RFC 4226, SHA-1, as authenticator apps expect them). */
import { createHmac, randomBytes } from 'node:crypto';

const SECRET_BYTES = 20;
const STEP_MS = 30_000;
const DIGITS = 6;
/** A phone's clock may be one step off either way. */
const TOLERATED_STEPS = 1;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new secret, base32 (RFC 4648, without padding). */
export function newTotpSecret(): string {
  const bits = [...randomBytes(SECRET_BYTES)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
}

/** What authenticator apps read. */
export const totpUri = (secret: string, login: string): string =>
  `otpauth://totp/Muster:${encodeURIComponent(login)}?${new URLSearchParams({ secret, issuer: 'Muster' })}`;

/** The code of a step. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step of an instant, epoch ms. */
export const totpStep = (now: number): number => Math.floor(now / STEP_MS);

/** The step a code belongs to, later than `after` (a code counts once); `null` when it is wrong. */
export function matchingStep(secret: string, code: string, now: number, after: number): number | null {
  const present = totpStep(now);
  for (let step = present - TOLERATED_STEPS; step <= present + TOLERATED_STEPS; step++)
    if (step > after && totpCode(secret, step) === code) return step;
  return null;
}

function bytesOf(secret: string): Buffer {
  const bits = [...secret].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
