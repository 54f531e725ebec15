/** The chain of the audit trail: each entry is hashed with the hash before it, so none can be changed, moved or taken out. */
import { createHash } from 'node:crypto';
import type { AuditRow } from './tables.ts';

/** Before the first entry. */
export const CHAIN_START = '0'.repeat(64);

/** The hash of an entry that follows another. */
export function chainHash(before: string, row: Omit<AuditRow, 'hash'>): string {
  const text = JSON.stringify([
    row.seq,
    row.at,
    row.who_kind,
    row.who,
    row.session,
    row.action,
    row.branch,
    row.subject,
    row.outcome,
    row.before,
    row.after,
    row.address,
    row.request_id,
  ]);
  return createHash('sha256').update(before).update(text).digest('hex');
}

/** Where a chain breaks: the number of the first entry that does not follow from those before; `null` when it holds. */
export function createChainCheck(): {
  next(rows: Iterable<AuditRow>): number | null;
  head(): string;
  entries(): number;
} {
  let hash = CHAIN_START;
  let seq = 0;
  return {
    next(rows) {
      for (const row of rows) {
        if (row.seq !== seq + 1) return seq + 1;
        if (row.hash !== chainHash(hash, row)) return row.seq;
        ({ seq, hash } = row);
      }
      return null;
    },
    head: () => hash,
    entries: () => seq,
  };
}
