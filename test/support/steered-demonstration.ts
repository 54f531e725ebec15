/** Some halls of the demonstration in a real server, whose time passes only when the test lets it. */
import { manualClock } from '#server/clock.ts';
import { completeProfiles } from '#server/network.ts';
import { agreedBy } from '#server/sources/demonstration/agreed-orders.ts';
import { anchorFor } from '#server/sources/demonstration/anchor.ts';
import { createDemonstration } from '#server/sources/demonstration/demonstration.ts';
import { demonstrationNetwork } from '#server/sources/demonstration/network.ts';
import { demonstrationStaffing } from '#server/sources/demonstration/staffing-world.ts';
import { staffingInMemory } from '#server/staffing-store.ts';
import type { Duty, MakeTicks } from '#server/ticks.ts';
import { startOwnRedis } from './own-redis.ts';
import { openTestLog, type RunningApp, runApp } from './running-app.ts';

const SEED = 1;
const BATCH = 1_000;
/** Sources beat within this time, so that no hall falls silent. */
const STEP_MS = 10_000;
const LEAST_GAIN = 25;

export interface SteeredDemonstration extends RunningApp {
  now(): number;
  /** Lets time pass, ms: in steps, at each of which sources tell their facts and the server does its duties. */
  pass(ms: number): Promise<void>;
  /** From now on nothing more is suggested, so that time passes quickly. */
  suggestNoMore(): void;
  /** Lets time pass until something is so; throws what was awaited when it takes longer than this, ms. */
  passUntil(isSo: () => Promise<boolean>, what: string, longestMs: number): Promise<void>;
}

/** The halls of these ids, late in the morning of 20 November 2026; one plan is enough for a suggestion. */
export async function steeredDemonstration(ids: readonly string[]): Promise<SteeredDemonstration> {
  const halls = new Set(ids);
  const redis = await startOwnRedis();
  const clock = manualClock(Date.UTC(2026, 10, 20, 9));
  const anchor = anchorFor(clock.now());
  const { branches, agents = [], policy } = demonstrationStaffing(anchor, SEED);
  const staffing = staffingInMemory({
    branches: branches.filter(({ id }) => halls.has(id)),
    agents: agents.filter(({ home }) => halls.has(home)),
    policy: { ...policy, leastGain: LEAST_GAIN, persistentPlans: 1 },
  });
  const profiles = completeProfiles(demonstrationNetwork(anchor)).filter(({ id }) => halls.has(id));
  let duties: readonly Duty[] = [];
  const ticks: MakeTicks = (_logger, given) => ({
    start: () => (duties = given.map(([, duty]) => duty)),
    stop: () => (duties = []),
  });
  const log = await openTestLog(redis.socketPath);
  const running = await runApp(log, profiles, undefined, staffing, {
    clock,
    ticks,
    privateWebhooks: true,
  });
  const { app } = running;
  const demonstration = await createDemonstration(anchor, SEED);

  const step = async (to: number): Promise<void> => {
    clock.advanceTo(to);
    const agreed = agreedBy(app.moves(), staffing.get(), to);
    const facts = demonstration.advanceTo(to, agreed).filter(({ branch }) => halls.has(branch));
    for (let from = 0; from < facts.length; from += BATCH)
      await running.tell(facts.slice(from, from + BATCH).map(({ branch, event }) => ({ ...event, branch })));
    await app.settled();
    for (const duty of duties) await duty();
  };
  const pass = async (ms: number): Promise<void> => {
    const until = clock.now() + ms;
    while (clock.now() < until) await step(Math.min(until, clock.now() + STEP_MS));
  };
  await step(clock.now());

  return {
    ...running,
    now: clock.now,
    pass,
    suggestNoMore() {
      const world = staffing.get();
      if (world !== null) staffing.put({ ...world, policy: { ...world.policy, leastGain: Infinity } });
    },
    async passUntil(isSo, what, longestMs) {
      const until = clock.now() + longestMs;
      while (!(await isSo())) {
        if (clock.now() > until) throw new Error(`not within ${longestMs} ms of its time: ${what}`);
        await pass(STEP_MS);
      }
    },
    async stop() {
      await running.stop();
      await redis.remove();
    },
  };
}
