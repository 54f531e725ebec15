/** Suggestions on the demonstration, over real HTTP and a real log. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StaffingFault, StaffingWorld } from '#shared/staffing-world.ts';
import type { SuggestionRecordAnswer } from '#shared/kept-promises.ts';
import type { Suggestion, SuggestionsAnswer } from '#shared/suggestions.ts';
import { completeProfiles } from '#server/network.ts';
import { anchorFor } from '#server/sources/demonstration/anchor.ts';
import { createDemonstration } from '#server/sources/demonstration/demonstration.ts';
import { demonstrationNetwork } from '#server/sources/demonstration/network.ts';
import { demonstrationStaffing } from '#server/sources/demonstration/staffing-world.ts';
import { staffingInMemory } from '#server/staffing-store.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { openTestLog, type RunningApp, runApp } from '#test/support/running-app.ts';
import { until } from '#test/support/until.ts';

const BATCH = 1_000;
const SEED = 1;
/** Busy ones, and one that can give. */
const HALLS = new Set(['ochota', 'mokotow-1', 'wola', 'srodmiescie-1']);
const WAIT_MS = 120_000;
const LOOK_MS = 1_000;

let redis: OwnRedis;
let running: RunningApp;
let beating: NodeJS.Timeout;

beforeAll(async () => {
  redis = await startOwnRedis();
  const anchor = anchorFor(Date.now());
  const { branches, agents, policy } = demonstrationStaffing(anchor, SEED);
  const world = {
    branches: branches.filter(({ id }) => HALLS.has(id)),
    agents: agents.filter(({ home }) => HALLS.has(home)),
    // One plan is enough here, so that the test need not wait for two.
    policy: { ...policy, leastGain: 25, persistentPlans: 1 },
  };
  const profiles = completeProfiles(demonstrationNetwork(anchor)).filter(({ id }) => HALLS.has(id));
  const log = await openTestLog(redis.socketPath);
  running = await runApp(log, profiles, undefined, staffingInMemory(world));
  const demonstration = await createDemonstration(anchor, SEED);
  const post = async (): Promise<void> => {
    const facts = demonstration.advanceTo(Date.now()).filter(({ branch }) => HALLS.has(branch));
    for (let from = 0; from < facts.length; from += BATCH)
      await running.tell(facts.slice(from, from + BATCH).map(({ branch, event }) => ({ ...event, branch })));
  };
  await post();
  beating = setInterval(() => void post().catch(() => undefined), 2_000);
}, WAIT_MS);
afterAll(async () => {
  clearInterval(beating);
  await running.stop();
  await redis.remove();
});

const list = async (where = ''): Promise<SuggestionsAnswer> =>
  (await running.get(`/api/v1/suggestions${where}`)) as SuggestionsAnswer;
const one = async (id: string): Promise<Suggestion> =>
  ((await running.get(`/api/v1/suggestions/${id}`)) as { suggestion: Suggestion }).suggestion;
const send = async (path: string, body: unknown = {}, method = 'POST') => {
  const response = await fetch(`${running.address}/api/v1/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    body: (await response.json()) as { suggestion: Suggestion; error: { field?: string } },
  };
};

describe(
  'suggestions',
  () => {
    it('come up on the demonstration, and live their life once however many people ask', async () => {
      const areThere = async (): Promise<boolean> => {
        await sleep(LOOK_MS);
        return (await list()).suggestions.length >= 2;
      };
      await until(areThere, 'suggestions', WAIT_MS);
      const [first, second] = (await list()).suggestions.filter(({ status }) => status === 'proposed');
      if (first === undefined || second === undefined) throw new Error('none');
      const [option] = first.options;
      expect(option?.promise.helps).toBeGreaterThanOrEqual(0.8);
      expect(first.why.length + (option?.breaks.length ?? 0)).toBeGreaterThan(0);
      expect((await list(`?branch=${first.branch}`)).suggestions.map(({ id }) => id)).toContain(first.id);
      const floor = (await running.get(`/api/v1/branches/${first.branch}`)) as {
        tables: { suggestions: { id: string }[] };
      };
      expect(floor.tables.suggestions.map(({ id }) => id)).toContain(first.id);

      const path = `suggestions/${first.id}`;
      const answers = await Promise.all([0, 1].map((n) => send(`${path}/${n === 0 ? 'accept' : 'reject'}`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      await send(`${path}/undo`);
      if ((await one(first.id)).status === 'proposed')
        expect((await send(`${path}/accept`)).status).toBe(200);

      expect((await send(`suggestions/${second.id}/reject`, { reason: 'tooFar' })).status).toBe(200);
      expect((await send(`suggestions/${second.id}/accept`)).body.error.field).toBe('status');
      expect((await send(`suggestions/${second.id}/fly`)).status).toBe(422);
      expect((await send(`suggestions/m-none/accept`)).status).toBe(404);
      expect((await one(second.id)).steps.map(({ action }) => action)).toEqual([
        'move.proposed',
        'move.rejected',
      ]);
    });

    it('tell their record, and the world they are made from', async () => {
      const record = (await running.get('/api/v1/suggestions/record')) as SuggestionRecordAnswer;
      expect(record.total).toEqual({ asPromised: 0, better: 0, worse: 0, of: 0 });
      const world = StaffingWorld.parse(await running.get('/api/v1/staffing-world'));
      expect((await send('staffing-world', world, 'PUT')).status).toBe(200);
      const wrong = { ...world, branches: world.branches.map((each) => ({ ...each, id: `${each.id}?` })) };
      expect((await send('staffing-world', wrong, 'PUT')).status).toBe(422);
    });

    it('take tables of people and places, and say of each line what is wrong', async () => {
      const policy = { file: 'policy.csv', text: 'policy,value\nleastGain,30\n' };
      const tell = (...tables: object[]) => send('staffing-world/tables', { tables });
      expect(await tell(policy)).toMatchObject({ status: 200, body: { rows: 1 } });
      const travel = { file: 'travel.csv', text: 'from,to,minutes\nwola,nowhere,18\nwola,ochota,soon\n' };
      const refused = await tell(policy, travel);
      expect(refused).toMatchObject({ status: 422, body: { error: { code: 'invalid' } } });
      const { faults } = refused.body as unknown as { faults: StaffingFault[] };
      expect(faults.map(({ file, line }) => [file, line])).toContainEqual(['travel.csv', 3]);
      const kept = StaffingWorld.parse(await running.get('/api/v1/staffing-world'));
      expect([kept.policy.leastGain, kept.travel]).toEqual([30, []]);
    });
  },
  WAIT_MS,
);
