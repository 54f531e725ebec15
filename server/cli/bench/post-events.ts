/** Posts a batch the way a source does; how long until it was acknowledged, ms. Throws when it was refused. */
export async function postEvents(
  server: { address: string; key: string },
  batch: unknown[],
): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`${server.address}/api/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${server.key}` },
    body: JSON.stringify(batch),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`a post was answered ${response.status}: ${text}`);
  return performance.now() - startedAt;
}
