/** The audit search as it stands in the address, and as the server is asked. */
import type { AuditEntry } from '#shared/administration.ts';

/** In the order in which they are offered. */
export const OUTCOMES = ['done', 'denied', 'failed'] as const satisfies readonly AuditEntry['outcome'][];
/** Searched for as typed. */
export const FILTERS = ['text', 'who', 'action', 'branch'] as const;

const DAY_MS = 24 * 3_600_000;
const AS_THEY_ARE = [...FILTERS, 'outcome'] as const;

/** What to ask for the filters of an address. Days are whole days of this browser; the last one counts. */
export function auditQuery(filters: Pick<URLSearchParams, 'get'>): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of AS_THEY_ARE) {
    const value = filters.get(name)?.trim();
    if (value) query.set(name, value);
  }
  const from = startOfDay(filters.get('from'));
  const lastDay = startOfDay(filters.get('to'));
  if (from !== null) query.set('from', String(from));
  if (lastDay !== null) query.set('to', String(lastDay + DAY_MS));
  return query;
}

/** Midnight of `yyyy-mm-dd` here, epoch ms. */
function startOfDay(day: string | null): number | null {
  if (day === null || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const at = new Date(`${day}T00:00`).getTime();
  return Number.isNaN(at) ? null : at;
}
