/** A fair split of a joint effect (Shapley 1953). */

/**
 * What each of `players` adds to the worth of all, averaged over every order in which they may come; the parts add up to
 * worth(all) − worth(none). `worth` is asked once for each set of players, given as bits.
 */
export function shapley(players: number, worth: (set: number) => number): number[] {
  const sets = 2 ** players;
  const worths = Array.from({ length: sets }, (_, set) => worth(set));
  const shares = shareBySize(players);
  return Array.from({ length: players }, (_, player) => {
    const bit = 1 << player;
    let part = 0;
    for (let set = 0; set < sets; set++) {
      if ((set & bit) !== 0) continue;
      part += (shares[sizeOf(set)] ?? 0) * ((worths[set | bit] ?? 0) - (worths[set] ?? 0));
    }
    return part;
  });
}

/** Share of all orders in which just a given set of so many comes before a player: s! (n − s − 1)! / n!. */
function shareBySize(players: number): number[] {
  const shares = [1 / players];
  for (let size = 1; size < players; size++) shares.push(((shares[size - 1] ?? 0) * size) / (players - size));
  return shares;
}

function sizeOf(set: number): number {
  let size = 0;
  for (let rest = set; rest > 0; rest >>= 1) size += rest & 1;
  return size;
}
