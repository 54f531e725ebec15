import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { advance } from '#server/domain/live-branch.ts';
import { INTERVAL_MS, intervalStart } from '#server/domain/metrics/interval.ts';
import { noEffectRows } from '#server/domain/metrics/interval-effects.ts';
import { createAgreementCheck } from '#server/history/agreement.ts';
import { createLiveBranches } from '#server/live-branches.ts';
import { createNetwork } from '#server/network.ts';
import { createRng } from '#server/rng.ts';
import { emptyHistory } from '#test/support/local-history.ts';
import { clock, hall } from '#test/support/profiles.ts';
import { logged, project } from '#test/support/projected.ts';
import { randomDay } from '#test/support/random-day.ts';

const PROFILE = hall({ id: 'b' });
const STEP_MS = 5_000;
const next = randomDay(createRng(3));
const facts = logged(Array.from({ length: 700 }, (_, i) => ({ event: next(clock('09:00') + i * STEP_MS) })));
const lastQuarter = intervalStart(facts.at(-1)?.event.at ?? 0) - INTERVAL_MS;

/** A live branch, and a history of what `change` makes of its rows. */
async function check(change: (offered: number) => number, catchUp = 0) {
  const branches = createLiveBranches(createNetwork({ branches: [PROFILE], sourceKeys: [] }));
  const branch = branches.get('b');
  if (branch) for (const fact of facts) advance(branch.live, PROFILE, fact);
  const store = await emptyHistory();
  const { rows } = project(PROFILE, facts);
  for (const row of rows.queues)
    if (row.start === lastQuarter && row.id === 'personal') row.sums.offered = change(row.sums.offered);
  await store.apply({ ...rows, shards: new Map([[0, { from: null, to: '1-0' }]]) });
  const missing = rows.queues.filter(({ start, id }) => start === lastQuarter && id === 'personal');
  const agreement = createAgreementCheck({
    branches,
    history: {
      reader: store,
      async settled() {
        for (const row of missing) {
          row.sums = { ...row.sums, offered: catchUp };
          const sums = Object.fromEntries(
            Object.keys(row.sums).map((key) => [key, key === 'offered' ? catchUp : 0]),
          );
          await store.apply({
            ...noEffectRows(),
            queues: [{ ...row, sums: { ...row.sums, ...sums, waits: row.sums.waits.map(() => 0) } }],
            shards: new Map([[0, { from: '1-0', to: '2-0' }]]),
          });
        }
      },
    },
    logger: pino({ level: 'silent' }),
  });
  await agreement.checkNext();
  await store.close();
  return agreement.counts();
}

describe('the check of history against live figures', () => {
  it('finds every count of the last quarter-hour equal', async () => {
    expect(await check((offered) => offered)).toEqual({ agreed: 1, disagreed: 0 });
  });

  it('waits until history has caught up before it says that something differs', async () => {
    expect(await check((offered) => offered - 2, 2)).toEqual({ agreed: 1, disagreed: 0 });
  });

  it('finds one ticket too many', async () => {
    expect(await check((offered) => offered + 1)).toEqual({ agreed: 0, disagreed: 1 });
  });
});
