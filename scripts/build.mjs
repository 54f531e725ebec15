// `npm run build`: the web app, when something it is made of has changed.
import { ensureDependencies } from './setup/dependencies.mjs';
import { launcher } from './setup/project.mjs';
import { ensureWeb } from './setup/web.mjs';

launcher(() => {
  ensureDependencies();
  ensureWeb();
});
