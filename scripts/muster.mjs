// `npm run -s muster -- <command>`: the same command line on a prepared machine.
// Set-up writes to standard error only: standard output belongs to the command's result.
import { ensureDependencies } from './setup/dependencies.mjs';
import { launchServer } from './setup/launch.mjs';
import { SetUpError, launcher, say } from './setup/project.mjs';
import { ensureRedis } from './setup/redis.mjs';

launcher(() => {
  ensureDependencies();
  if (!process.env.REDIS_URL) offerRedis();
  launchServer(process.argv.slice(2));
});

/** Several commands need no Redis; those that do say so again. */
function offerRedis() {
  try {
    ensureRedis();
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
  }
}
