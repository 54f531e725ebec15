/** A line for a terminal that posts one fact with a key: the source is alive, as of `now`, epoch ms. */
export function firstPost(origin: string, key: string, now: number): string {
  const fact = { id: `first-${now}`, at: new Date(now).toISOString(), type: 'source.heartbeat' };
  return (
    `curl -X POST ${origin}/api/v1/events -H 'Authorization: Bearer ${key}' ` +
    `-H 'Content-Type: application/json' -d '${JSON.stringify([fact])}'`
  );
}
