/** What accounts promise, whichever database keeps them. */
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChainCheck } from '#server/auth/audit-chain.ts';
import type { Accounts, KeptAccounts } from '#server/auth/accounts.ts';
import { noSignals } from '#server/auth/changes.ts';
import { openAccounts } from '#server/auth/open-accounts.ts';
import { createSeal } from '#server/auth/secrets.ts';
import { manualClock } from '#server/clock.ts';
import type { HistoryDatabase } from '#server/history/open-engine.ts';
import { createNetwork } from '#server/network.ts';
import { hall } from '#test/support/profiles.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START = Date.UTC(2026, 10, 22);
const PASSWORD = 'correct horse battery';

/** Runs the suite on databases that `make` gives; each is empty. */
export function describeAccounts(name: string, make: () => Promise<HistoryDatabase>): void {
  describe(name, () => {
    const clock = manualClock(START);
    let nodes: { accounts: Accounts; kept: KeptAccounts; setUpPath: string | null }[] = [];
    let database: HistoryDatabase;

    const start = async () => {
      const { accounts, setUpPath } = await openAccounts({
        mode: 'on',
        demoForAll: false,
        database,
        network: createNetwork({ branches: [hall()], sourceKeys: [] }),
        seal: createSeal(Buffer.alloc(32, 7)),
        signals: noSignals,
        limits: { idleMs: HOUR_MS, absoluteMs: 12 * HOUR_MS },
        clock,
        logger: pino({ level: 'silent' }),
      });
      if (accounts.kept === null) throw new Error('accounts are off');
      nodes.push({ accounts, kept: accounts.kept, setUpPath });
      return { accounts, kept: accounts.kept, setUpPath };
    };
    const setUp = async () => {
      const node = await start();
      const token = node.setUpPath?.split('#')[1] ?? '';
      const started = await node.kept.desk.useLink(
        { token, login: 'root', name: 'R', password: PASSWORD },
        'test',
      );
      if (typeof started === 'string') throw new Error(started);
      return { ...node, token: started.token };
    };
    const identify = (accounts: Accounts, session: string) =>
      accounts.identify({ session, device: undefined, address: '' });

    beforeEach(async () => {
      database = await make();
    });
    afterEach(async () => {
      for (const { accounts } of nodes) await accounts.stop();
      nodes = [];
    });

    it('the first start gives a link that makes one account; later ones give none', async () => {
      const { accounts, kept, token, setUpPath } = await setUp();
      expect((await identify(accounts, token)).principal).toMatchObject({ kind: 'person', login: 'root' });
      const used = { token: setUpPath?.split('#')[1] ?? '', login: 'again', name: 'A', password: PASSWORD };
      expect(await kept.desk.useLink(used, 'test')).toBe('token');
      expect((await start()).setUpPath).toBeNull();
    });

    it('a session ends without use after an hour, and after a shift in any case', async () => {
      const { accounts, kept, token } = await setUp();
      const startedAt = clock.now();
      clock.advanceTo(startedAt + 59 * MINUTE_MS);
      expect((await identify(accounts, token)).principal.kind).toBe('person');
      clock.advanceTo(startedAt + 118 * MINUTE_MS);
      expect((await identify(accounts, token)).principal.kind, 'use puts the end off').toBe('person');
      clock.advanceTo(startedAt + 180 * MINUTE_MS);
      expect((await identify(accounts, token)).principal.kind, 'an hour without use').toBe('nobody');
      const again = await kept.desk.byPassword({ login: 'root', password: PASSWORD }, 'test');
      if (typeof again === 'string') throw new Error(again);
      const from = clock.now();
      for (let ms = 0; ms < 12 * HOUR_MS; ms += 30 * MINUTE_MS) {
        clock.advanceTo(from + ms);
        expect((await identify(accounts, again.token)).principal.kind).toBe('person');
      }
      clock.advanceTo(from + 12 * HOUR_MS);
      expect((await identify(accounts, again.token)).principal.kind, 'a shift').toBe('nobody');
    });

    it('the last administrator can be neither disabled nor lose the role', async () => {
      const { kept } = await setUp();
      const [root] = await kept.people.list();
      const grant = root?.grants.find(({ role }) => role === 'admin')?.id ?? '';
      await expect(kept.people.setState(root?.id ?? '', 'disabled')).rejects.toThrow('last-admin');
      await expect(kept.people.removeGrant(root?.id ?? '', grant)).rejects.toThrow('last-admin');
      expect((await kept.people.get(root?.id ?? '')).grants).toHaveLength(2);
    });

    it('two nodes that write the audit trail at the same time write one chain', async () => {
      const [a, b] = [(await setUp()).kept, (await start()).kept];
      for (let i = 0; i < 30; i++) {
        a.audit.note({ action: 'a', subject: String(i) });
        b.audit.note({ action: 'b', subject: String(i) });
        if (i % 5 === 0) await Promise.all([a.audit.settled(), b.audit.settled()]);
      }
      await Promise.all([a.audit.settled(), b.audit.settled()]);
      const rows = await a.store.read((db) => db.selectFrom('audit').selectAll().orderBy('seq').execute());
      const check = createChainCheck();
      expect(check.next(rows)).toBeNull();
      expect(rows.filter(({ action }) => action === 'a' || action === 'b')).toHaveLength(60);
    });

    it('a trail can be added to and never changed', async () => {
      const { kept } = await setUp();
      await expect(kept.store.change((db) => db.deleteFrom('audit').execute())).rejects.toThrow(
        'append-only',
      );
      const change = kept.store.change((db) => db.updateTable('audit').set({ who: 'x' }).execute());
      await expect(change).rejects.toThrow('append-only');
      expect(
        (await kept.audit.search({ limit: 10, format: 'json', text: 'ROOT' })).entries.length,
      ).toBeGreaterThan(0);
    });

    it('a source has two live keys at most, and one that is over counts no more', async () => {
      const { kept } = await setUp();
      const wanted = { source: 'machine', branches: ['hall'], validDays: 1 };
      const first = await kept.keys.add(wanted);
      const second = typeof first === 'string' ? first : await kept.keys.rotate(first.entry.id);
      if (typeof first === 'string' || typeof second === 'string') throw new Error('no key');
      expect(await kept.keys.add(wanted)).toBe('two-live');
      expect(kept.keys.find(first.key)).toMatchObject({ source: 'machine', branches: ['hall'] });
      expect(await kept.keys.revoke(first.entry.id)).toBe('done');
      expect(kept.keys.find(first.key)).toBeUndefined();
      clock.advanceTo(clock.now() + 25 * HOUR_MS);
      expect(kept.keys.find(second.key)).toBeUndefined();
      expect(await kept.keys.add(wanted)).toHaveProperty('key');
    });
  });
}
