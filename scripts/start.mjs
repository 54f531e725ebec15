// `npm start`: everything a bare machine with Node 20 needs, then the server with its demonstration.
import { ensureDependencies } from './setup/dependencies.mjs';
import { launchServer } from './setup/launch.mjs';
import { launcher } from './setup/project.mjs';
import { ensureRedis } from './setup/redis.mjs';
import { ensureWeb } from './setup/web.mjs';

launcher(() => {
  ensureDependencies();
  if (!process.env.REDIS_URL) ensureRedis();
  ensureWeb();
  launchServer(['serve', '--demo', ...process.argv.slice(2)]);
});
