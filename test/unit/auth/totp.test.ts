import { describe, expect, it } from 'vitest';
import { matchingStep, newTotpSecret, totpCode, totpUri } from '#server/auth/totp.ts';

/** `12345678901234567890` in base32, the secret of RFC 6238's appendix B. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('codes by time (RFC 6238, appendix B, the last six digits)', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i s', (seconds, code) => {
    expect(totpCode(RFC_SECRET, Math.floor(seconds / 30))).toBe(code);
  });

  it('count one step early or late, once, and no further off', () => {
    const now = 1_111_111_109_000;
    const step = Math.floor(now / 30_000);
    for (const off of [-1, 0, 1])
      expect(matchingStep(RFC_SECRET, totpCode(RFC_SECRET, step + off), now, 0)).toBe(step + off);
    for (const off of [-2, 2])
      expect(matchingStep(RFC_SECRET, totpCode(RFC_SECRET, step + off), now, 0)).toBeNull();
    expect(matchingStep(RFC_SECRET, totpCode(RFC_SECRET, step), now, step)).toBeNull();
  });

  it('have secrets of 160 bits that are not twice the same, and an address apps read', () => {
    const secrets = new Set(Array.from({ length: 50 }, newTotpSecret));
    expect(secrets.size).toBe(50);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpUri('ABC', 'a b')).toBe('otpauth://totp/Muster:a%20b?secret=ABC&issuer=Muster');
  });
});
