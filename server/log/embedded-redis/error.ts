/** The embedded Redis cannot run here; the message is one sentence that says why. */
export class EmbeddedRedisError extends Error {
  override name = 'EmbeddedRedisError';
}
