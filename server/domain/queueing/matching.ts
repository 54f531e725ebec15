/**
 * How many of those who are wanted can have a server of their own. A server is the list of what it may do, somebody
 * wanted the one thing asked for. By augmenting paths (Kuhn 1955).
 */
export function mostMatched(servers: readonly (readonly number[])[], wanted: readonly number[]): number {
  const taken = new Int32Array(servers.length).fill(-1);
  const seat = (place: number, tried: Set<number>): boolean =>
    servers.some((serves, server) => {
      if (tried.has(server) || !serves.includes(wanted[place] ?? -1)) return false;
      tried.add(server);
      const other = taken[server] ?? -1;
      if (other >= 0 && !seat(other, tried)) return false;
      taken[server] = place;
      return true;
    });
  return wanted.filter((_, place) => seat(place, new Set())).length;
}
