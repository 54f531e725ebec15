import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { accountsFolder } from '#test/support/secured.ts';
import { type OwnPostgres, startOwnPostgres } from '#test/support/own-postgres.ts';
import { describeAccounts } from './accounts-suite.ts';

const folder = accountsFolder();
let postgres: OwnPostgres;
let files = 0;
beforeAll(async () => {
  postgres = await startOwnPostgres();
}, 60_000);
afterAll(async () => {
  await postgres.remove();
  folder.remove();
});

describeAccounts('accounts in a file', () =>
  Promise.resolve({ file: join(folder.path, `${++files}.sqlite`) }),
);
describeAccounts('accounts in PostgreSQL', async () => ({
  databaseUrl: await postgres.database('accounts'),
}));
