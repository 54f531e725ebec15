/** A process that owns an embedded Redis, for tests that kill it. Argument: the data folder. */
import { startEmbeddedRedis } from '#server/log/embedded-redis.ts';

const folder = process.argv[2] ?? '';
const redis = await startEmbeddedRedis({ folder, logger: { info: () => undefined, warn: () => undefined } });
process.once('SIGTERM', () => process.exit(0));
process.stdout.write(JSON.stringify({ socketPath: redis.socketPath, pid: redis.pid }));
