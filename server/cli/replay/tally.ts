/** Counts by name. */
export interface Tally {
  add(name: string, by: number): void;
  counts(): Record<string, number>;
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    add(name, by) {
      counts.set(name, (counts.get(name) ?? 0) + by);
    },
    counts: () => Object.fromEntries(counts),
  };
}
