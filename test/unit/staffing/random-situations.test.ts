import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '#server/domain/staffing/assign.ts';
import { poseProblem } from '#server/domain/staffing/assignment-problem.ts';
import { checkPlan } from '#server/domain/staffing/check-plan.ts';
import { limitsOf } from '#server/domain/staffing/limits.ts';
import { planMoves, tabulate } from '#server/domain/staffing/plan-moves.ts';
import type { PersonNow, PoolNow, Situation } from '#server/domain/staffing/situation.ts';
import { sourcesOf } from '#server/domain/staffing/sources.ts';
import { startAuditor } from '#server/cli/bench/plan/optimum.ts';
import { drawDay } from '#server/cli/bench/staffing/day.ts';
import { musterPolicy } from '#server/cli/bench/staffing/policies.ts';
import { liveDay, Tally } from '#server/cli/bench/staffing/closed-loop.ts';
import { trueRates } from '#server/cli/bench/staffing/rates.ts';
import { Simulation } from '#server/cli/bench/staffing/simulation.ts';
import { situationOf } from '#server/cli/bench/staffing/situation-of.ts';
import { syntheticNetwork } from '#server/cli/bench/staffing/synthetic.ts';
import { createRng } from '#server/rng.ts';
import { quietPool } from './given-network.ts';

const small = syntheticNetwork('rough', 6, 3, 1);
const { network } = small;

const pools: fc.Arbitrary<PoolNow> = fc
  .record({
    waiting: fc.integer({ min: 0, max: 25 }),
    busy: fc.integer({ min: 0, max: 4 }),
    rate: fc.double({ min: 0, max: 0.8, noNaN: true }),
  })
  .map(({ waiting, busy, rate }) => ({ ...quietPool, waiting, busy, arrivalRate: [[0, rate]] }));

const states = fc.record({
  duty: fc.constantFrom<PersonNow['duty']>('counter', 'counter', 'counter', 'break', 'moving', 'away'),
  pool: fc.nat(network.pools.length - 1),
  strays: fc.boolean(),
  backIn: fc.integer({ min: 1, max: 40 }),
  lunchIn: fc.integer({ min: 1, max: 200 }),
  movable: fc.constantFrom(0, 20),
  shiftEndsIn: fc.integer({ min: 1, max: 480 }),
  movesToday: fc.integer({ min: 0, max: 2 }),
  restedMinutes: fc.constantFrom(10, 70, Infinity),
  recalled: fc.boolean(),
});

const situations: fc.Arbitrary<Situation> = fc
  .record({
    pools: fc.array(pools, { minLength: network.pools.length, maxLength: network.pools.length }),
    people: fc.array(states, { minLength: network.agents.length, maxLength: network.agents.length }),
    pastMoves: fc.array(
      fc.record({
        from: fc.nat(network.pools.length - 1),
        to: fc.nat(network.pools.length - 1),
        minutesAgo: fc.integer({ min: 0, max: 90 }),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ pools: queues, people, pastMoves }) => ({
    minute: 600,
    pools: queues,
    pastMoves,
    people: people.map((state, i): PersonNow => {
      const home = network.agents[i]?.home ?? 0;
      const office = small.world.agents[i]?.backOffice === true;
      const own = network.branches[home]?.pools[state.pool % 2] ?? 0;
      const pool = state.strays ? state.pool : own;
      const branch = network.pools[pool]?.branch ?? home;
      const waits = state.duty === 'break' || state.duty === 'moving';
      return {
        duty: office ? 'backOffice' : state.duty,
        branch: office ? home : branch,
        pool: office || state.duty === 'away' ? -1 : pool,
        backIn: waits && !office ? state.backIn : 0,
        breaks: [{ from: state.lunchIn, minutes: 30, lunch: true, movableMinutes: state.movable }],
        shiftEndsIn: state.shiftEndsIn,
        movesToday: state.movesToday,
        restedMinutes: state.restedMinutes,
        recalled: state.recalled && !office,
      };
    }),
  }));

describe('any plan', () => {
  it('keeps the rules [GD3] [GD4], whatever the situation', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        expect(
          checkPlan(network, situation, planMoves(network, situation, tabulate(network, situation))),
        ).toEqual([]);
      }),
      { numRuns: 25, seed: 5 },
    );
  }, 60_000);

  it('keeps them through a simulated day, and helps', () => {
    const day = drawDay(small, 21);
    const rates = trueRates(day);
    const record = { decisions: 0, decisionMs: 0, breaches: [] as string[], promised: () => undefined };
    const idle = new Tally(15);
    const helped = new Tally(15);
    liveDay(small, day, null, rates, idle);
    liveDay(small, day, musterPolicy(small, 10, createRng(1), record), rates, helped);
    expect(record.breaches).toEqual([]);
    expect(helped.moves).toBeGreaterThan(0);
    expect(helped.reversals).toBe(0);
    expect(helped.meanWait).toBeLessThan(idle.meanWait);
    expect(helped.customers).toBe(idle.customers);
  }, 60_000);
});

describe('the assignment', () => {
  it.each([10, 100])(
    'is within 1 %% of the exact optimum with %i halls',
    async (branches) => {
      const auditor = await startAuditor();
      const simulated = syntheticNetwork('rough', branches, 1, 0);
      const day = drawDay(simulated, 1);
      const simulation = new Simulation(simulated, day, () => undefined);
      simulation.runUntil(660);
      const situation = situationOf(simulated, simulation, trueRates(day)(simulation));
      const of = simulated.network;
      const { tables, staff } = tabulate(of, situation);
      const problem = poseProblem(of, sourcesOf(of, situation), tables, limitsOf(of, situation, staff));
      const { objective } = assign(problem);
      const optimum = auditor.solve(problem, { gap: 0.001, seconds: 20, relaxed: false });
      expect(optimum.bound).toBeGreaterThan(0);
      expect(objective).toBeLessThanOrEqual(optimum.bound * 1.001);
      expect(objective).toBeGreaterThanOrEqual(optimum.objective * 0.99);
    },
    60_000,
  );
});
