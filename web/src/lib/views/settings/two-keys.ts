/** Which of a source's two keys one is, while both are live and the source is changed over. */
import type { SourceKeyEntry } from '#shared/administration.ts';

/** `old` or `new`; `null` when the source has no other live key. */
export function roleOfTwo(key: SourceKeyEntry, all: readonly SourceKeyEntry[]): 'old' | 'new' | null {
  if (key.state !== 'live') return null;
  const other = all.find(
    ({ id, source, state }) => id !== key.id && source === key.source && state === 'live',
  );
  if (other === undefined) return null;
  return (key.createdAt ?? 0) < (other.createdAt ?? 0) ? 'old' : 'new';
}
