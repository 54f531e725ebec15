import { defineConfig } from 'vitest/config';

/** Tests that reach a real Redis or PostgreSQL; each file starts its own, see test/support/own-redis.ts. */
const NEEDS_REDIS = ['contract', 'integration', 'security'];
const NEEDS_NOTHING = ['unit', 'convergence', 'types'];

const inFolders = (folders: string[]) => folders.map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: inFolders(NEEDS_NOTHING), testTimeout: 20_000 } },
      {
        test: {
          name: 'redis',
          include: inFolders(NEEDS_REDIS),
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
    ],
  },
});
