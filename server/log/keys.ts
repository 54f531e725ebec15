/** Every key Muster keeps in Redis. The braces put all keys of a shard into one cluster slot. */

const shardKey = (shard: number): string => `muster:{s${String(shard).padStart(2, '0')}}`;

export const keys = {
  /** Stream: the facts of a shard. */
  events: (shard: number) => `${shardKey(shard)}:events`,
  /** Hash: branch → its last version. */
  versions: (shard: number) => `${shardKey(shard)}:versions`,
  /** Set: what was told on a day (days since 1970), for deduplication. */
  seen: (shard: number, day: number) => `${shardKey(shard)}:seen:${day}`,
  /** String: position up to which all branches of the shard are saved. */
  savedPosition: (shard: number) => `${shardKey(shard)}:saved:position`,
  /** Hash: branch → saved state. */
  savedBranches: (shard: number) => `${shardKey(shard)}:saved:branches`,
  /** Channel: whose rights changed on another node. */
  rights: 'muster:rights',
} as const;
