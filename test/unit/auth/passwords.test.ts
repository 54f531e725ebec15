import { describe, expect, it } from 'vitest';
import { createPasswords, PasswordsBusy } from '#server/auth/passwords.ts';

describe('passwords', () => {
  it('are kept as Argon2id with OWASP’s cost, each with its own salt', async () => {
    const passwords = createPasswords();
    const [a, b] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')];
    expect(a).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(a).not.toBe(b);
    expect(await passwords.verify(a, 'correct horse')).toBe(true);
    expect(await passwords.verify(a, 'correct horsf')).toBe(false);
    expect(await passwords.verify(null, 'correct horse')).toBe(false);
    expect(await passwords.verify('$2b$of another kind', 'correct horse')).toBe(false);
  });

  it('typed with composed or decomposed letters are the same', async () => {
    const passwords = createPasswords();
    const kept = await passwords.hash('caf\u00e9 au lait!');
    expect(await passwords.verify(kept, 'cafe\u0301 au lait!')).toBe(true);
  });

  it('wait for each other, and more than fit are turned away at once', async () => {
    const passwords = createPasswords();
    const all = await Promise.allSettled(Array.from({ length: 80 }, () => passwords.verify(null, 'x')));
    const refused = all.filter((each) => each.status === 'rejected');
    expect(refused.length).toBe(80 - 66);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(PasswordsBusy);
    expect(await passwords.verify(null, 'x')).toBe(false);
  });
});
