/** Branches are spread over shards; a shard is one stream, and one slot of a cluster. */

const SHARDS = 64;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** The shard of a branch, 0 … 63 (FNV-1a of its id); never changes. */
export function shardOf(branch: string): number {
  let hash = FNV_OFFSET;
  for (const byte of Buffer.from(branch)) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return (hash >>> 0) % SHARDS;
}

export const ALL_SHARDS: readonly number[] = Array.from({ length: SHARDS }, (_, shard) => shard);
