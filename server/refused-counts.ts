/** How many facts of each source were known or refused, by branch, until somebody takes the counts. */

export interface RefusedCount {
  branch: string;
  source: string;
  duplicate: number;
  rejected: number;
}

export interface RefusedCounts {
  /** Counts `count` more; what is about no known branch is not kept. */
  add(branch: string | undefined, source: string, kind: 'duplicate' | 'rejected', count: number): void;
  /** What was counted since the last time. */
  take(): RefusedCount[];
}

/** Nothing refused yet. */
export function createRefusedCounts(): RefusedCounts {
  const counts = new Map<string, RefusedCount>();
  return {
    add(branch, source, kind, count) {
      if (branch === undefined || count === 0) return;
      const key = JSON.stringify([branch, source]);
      const known = counts.get(key) ?? { branch, source, duplicate: 0, rejected: 0 };
      known[kind] += count;
      counts.set(key, known);
    },
    take() {
      const taken = [...counts.values()];
      counts.clear();
      return taken;
    },
  };
}
