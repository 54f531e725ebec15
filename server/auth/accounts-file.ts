/** The file of accounts as something that can be copied and put back. */
import type { Clock } from '../clock.ts';
import type { KeptFile } from '../history/backup.ts';
import type { Logger } from '../logger.ts';
import { openAccountStore } from './account-store.ts';
import { createAudit } from './audit.ts';

/**
 * Accounts. A copy that is put back would bring sessions and links back that are over since, so it arrives without any, and
 * its audit trail tells of it.
 */
export const accountsKept = (clock: Clock, logger: Logger): KeptFile => ({
  noun: 'accounts',
  table: 'people',
  async accept(file) {
    const store = await openAccountStore({ file }, logger);
    try {
      const audit = createAudit({ store, clock, logger, oneWriter: true });
      await store.change(async (db) => {
        for (const table of ['sessions', 'links', 'pairings'] as const) await db.deleteFrom(table).execute();
        await audit.within(db, { action: 'accounts.restored' });
      });
    } finally {
      await store.close();
    }
  },
});
