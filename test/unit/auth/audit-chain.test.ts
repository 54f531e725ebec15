import { describe, expect, it } from 'vitest';
import { CHAIN_START, chainHash, createChainCheck } from '#server/auth/audit-chain.ts';
import type { AuditRow } from '#server/auth/tables.ts';

function chain(length: number): AuditRow[] {
  let before = CHAIN_START;
  return Array.from({ length }, (_, i) => {
    const row = {
      seq: i + 1,
      at: 1_000 + i,
      who_kind: 'person' as const,
      who: `p${i}`,
      session: 's',
      action: 'person.disabled',
      branch: null,
      subject: 'x',
      outcome: 'done' as const,
      before: null,
      after: '{}',
      address: '::1',
      request_id: 'r',
    };
    before = chainHash(before, row);
    return { ...row, hash: before };
  });
}
const check = (rows: AuditRow[]) => createChainCheck().next(rows);
const at = (rows: AuditRow[], index: number): AuditRow => rows[index] ?? ({} as AuditRow);

describe('the chain of the audit trail', () => {
  it('holds, also read page by page', () => {
    const rows = chain(10);
    expect(check(rows)).toBeNull();
    const paged = createChainCheck();
    expect([paged.next(rows.slice(0, 4)), paged.next(rows.slice(4))]).toEqual([null, null]);
    expect([paged.entries(), paged.head()]).toEqual([10, at(rows, 9).hash]);
  });

  it.each(['who', 'action', 'subject', 'outcome', 'after', 'address', 'at', 'session', 'branch'] as const)(
    'names the entry whose %s was changed',
    (field) => {
      const rows = chain(10);
      rows[4] = { ...at(rows, 4), [field]: 'changed' };
      expect(check(rows)).toBe(5);
    },
  );

  it('names the place where an entry was taken out, moved, or put in', () => {
    const rows = chain(10);
    expect(check(rows.toSpliced(4, 1))).toBe(5);
    expect(check([...rows.slice(0, 4), at(rows, 5), at(rows, 4), ...rows.slice(6)])).toBe(5);
    expect(check([...rows.slice(0, 4), { ...at(rows, 4), who: 'new' }, ...rows.slice(4)])).toBe(5);
  });

  it('rewritten from some entry on, does not end in the hash that was kept elsewhere', () => {
    const rows = chain(10);
    const other = chain(9);
    const [kept, rewritten] = [createChainCheck(), createChainCheck()];
    kept.next(rows);
    expect(rewritten.next(other)).toBeNull();
    expect(rewritten.head()).not.toBe(kept.head());
  });
});
