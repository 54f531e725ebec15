import { compareOutcome } from '../../domain/staffing/outcome.ts';
import { createRng, seedOf } from '../../rng.ts';
import { printResult, progress, UsageError } from '../result.ts';
import { rounded } from './percentiles.ts';
import { liveDay, type Order, Tally, waitWithout } from './staffing/closed-loop.ts';
import { drawDay, type SimulatedDay } from './staffing/day.ts';
import { musterPolicy, type PlannerRecord, type Policy } from './staffing/policies.ts';
import { livePooled } from './staffing/pooled-bound.ts';
import { learnedRates, type Rates, toldRates, trueRates } from './staffing/rates.ts';
import type { SimulatedNetwork } from './staffing/simulated-network.ts';
import { syntheticNetwork } from './staffing/synthetic.ts';
import { warsawNetwork } from './staffing/warsaw.ts';
import { thresholdRule } from './staffing/threshold-rule.ts';

type Kind = 'base' | 'rough' | 'warsaw';

/** What the planner must reach: less waiting, and what it leaves of what one who knows the rates would save. */
const BARS: Record<Kind, { reduction: number; regret: number }> = {
  base: { reduction: 0.15, regret: 0.32 },
  rough: { reduction: 0.22, regret: 0.28 },
  warsaw: { reduction: 0, regret: 1 },
};
const MOST_MOVES_OF_THRESHOLD = 0.6;
const MOST_REVERSALS = 0.01;
const RANGE_HELD = [0.75, 0.85] as const;
/** With recalls: less waiting by so much, with as many recalls as the threshold rule needs, about. */
const RECALL_REDUCTION = 0.34;
const MOST_RECALLS_OF_THRESHOLD = 1.05;

const BRANCHES = 40;
const LATE_MINUTES = 15;
const MINUTES_AN_HOUR = 60;
/** In the back office of each hall, when they may be recalled. */
const OFFICE_PEOPLE = 1;

interface Options {
  synthetic: string;
  days: string;
  seed: string;
  recalls: string;
  told?: string;
}

/** `muster bench staffing`: the planner in the loop with simulated halls, against others with the same people. */
export function benchStaffing(options: Options): void {
  const [days, seed, recalls] = [Number(options.days), Number(options.seed), Number(options.recalls)];
  if (!isKind(options.synthetic)) throw new UsageError('--synthetic is base, rough or warsaw');
  if (!Number.isInteger(days) || days < 1) throw new UsageError('--days must be a whole number above 0');
  if (!Number.isInteger(seed)) throw new UsageError('--seed must be a whole number');
  if (!Number.isInteger(recalls) || recalls < 0) throw new UsageError('--recalls must be a whole number');
  if (options.told !== undefined && options.told !== 'level') throw new UsageError('--told is level');
  const kind = options.synthetic;
  const found = compare(kind, days, seed, recalls, options.told !== undefined);
  const { reduction, regret, movesPerDay, recallsPerDay, reversals, breaches } = found;
  const held = found.rangeHeld ?? 0;
  const enough =
    recalls > 0
      ? reduction >= RECALL_REDUCTION &&
        recallsPerDay.muster <= MOST_RECALLS_OF_THRESHOLD * recallsPerDay.threshold
      : reduction >= BARS[kind].reduction &&
        regret <= BARS[kind].regret &&
        movesPerDay.muster <= MOST_MOVES_OF_THRESHOLD * movesPerDay.threshold;
  printResult({
    ok:
      enough &&
      reversals <= MOST_REVERSALS &&
      held >= RANGE_HELD[0] &&
      held <= RANGE_HELD[1] &&
      breaches.length === 0,
    ...found,
    days,
    dataset: kind === 'warsaw' ? 'warsaw_offices_2020, volumes only' : `synthetic ${kind}`,
    seed,
  });
}

const isKind = (text: string): text is Kind => text === 'base' || text === 'rough' || text === 'warsaw';

/** All policies on the same days; `toldLevel` adds the planner that is told the volume of each hall's day, not its surges. */
function compare(kind: Kind, days: number, seed: number, mostRecalls: number, toldLevel: boolean) {
  const office = mostRecalls > 0 ? OFFICE_PEOPLE : 0;
  const simulated =
    kind === 'warsaw' ? warsawNetwork(office) : syntheticNetwork(kind, BRANCHES, seed, office);
  const learned = learnedRates(simulated, seed);
  const rng = createRng(seedOf('twin', seed));
  const tallies = {
    noAction: new Tally(LATE_MINUTES),
    threshold: new Tally(LATE_MINUTES),
    muster: new Tally(LATE_MINUTES),
    trueRates: new Tally(LATE_MINUTES),
    pooledBound: new Tally(LATE_MINUTES),
    ...(toldLevel ? { toldLevel: new Tally(LATE_MINUTES) } : {}),
  };
  const held = new HeldRanges(simulated);
  const record: PlannerRecord = { decisions: 0, decisionMs: 0, breaches: [], promised: held.promised };
  const unwritten: PlannerRecord = {
    decisions: 0,
    decisionMs: 0,
    breaches: record.breaches,
    promised: () => undefined,
  };
  for (let i = 0; i < days; i++) {
    const day = drawDay(simulated, seedOf('day', seed, i));
    const live = (tally: Tally, policy: Policy | null, rates: Rates): Order[] =>
      liveDay(simulated, day, policy, rates, tally);
    const unwrittenPolicy = () => musterPolicy(simulated, mostRecalls, rng, unwritten);
    live(tallies.noAction, null, trueRates(day));
    live(tallies.threshold, thresholdRule(simulated.network, mostRecalls), learned());
    held.begin(day);
    held.end(live(tallies.muster, musterPolicy(simulated, mostRecalls, rng, record), learned()));
    live(tallies.trueRates, unwrittenPolicy(), trueRates(day));
    if (tallies.toldLevel !== undefined) live(tallies.toldLevel, unwrittenPolicy(), toldRates(day.levels));
    livePooled(simulated, day, tallies.pooledBound.waited);
    const { noAction, muster } = tallies;
    progress(
      `day ${i + 1} of ${days}: ${rounded(noAction.meanWait)} min without action, ${rounded(muster.meanWait)} with Muster`,
    );
  }
  const { noAction, muster, threshold, trueRates: told } = tallies;
  const regretOf = ({ meanWait }: Tally): number =>
    ratio((meanWait - told.meanWait) / (noAction.meanWait - told.meanWait));
  const by = (figure: (tally: Tally) => number) =>
    Object.fromEntries(Object.entries(tallies).map(([name, tally]) => [name, figure(tally)])) as Record<
      keyof typeof tallies,
      number
    >;
  return {
    meanWaitMinutes: by(({ meanWait }) => rounded(meanWait)),
    lateShare: by(({ lateShare }) => ratio(lateShare)),
    movesPerDay: by(({ moves }) => rounded(moves / days)),
    breaksMovedPerDay: rounded(muster.breaks / days),
    recallsPerDay: by(({ recalls }) => rounded(recalls / days)),
    recalledHoursPerDay: by(({ recalledMinutes: minutes }) => rounded(minutes / MINUTES_AN_HOUR / days)),
    reversals: ratio(muster.reversals / Math.max(1, muster.moves)),
    reduction: ratio(1 - muster.meanWait / noAction.meanWait),
    thresholdReduction: ratio(1 - threshold.meanWait / noAction.meanWait),
    regret: regretOf(muster),
    ...(tallies.toldLevel === undefined ? {} : { regretToldLevel: regretOf(tallies.toldLevel) }),
    rangeHeld: held.share,
    promises: held.count,
    decisionMs: rounded(record.decisionMs / record.decisions),
    breaches: [...new Set(record.breaches)],
    people: simulated.network.agents.length,
  };
}

const ratio = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Whether promised ranges held: each day is lived again up to a move, and from there without further ones. */
class HeldRanges {
  count = 0;
  readonly #simulated: SimulatedNetwork;
  #held = 0;
  #day: SimulatedDay | null = null;
  #promises: Parameters<PlannerRecord['promised']>[] = [];

  constructor(simulated: SimulatedNetwork) {
    this.#simulated = simulated;
  }

  readonly promised: PlannerRecord['promised'] = (move, promise) => {
    this.#promises.push([move, promise]);
  };

  begin(day: SimulatedDay): void {
    this.#day = day;
    this.#promises = [];
  }

  end(orders: readonly Order[]): void {
    const promiseOf = new Map(this.#promises);
    for (const { at, move } of orders) {
      const promise = promiseOf.get(move);
      if (promise?.receiver == null || this.#day === null) continue;
      const window = { pool: move.to, from: at + promise.from, to: at + promise.to };
      const meanWaitMinutes = waitWithout(this.#simulated, this.#day, orders, at, window);
      const outcome = compareOutcome(
        promise.receiver,
        { meanWaitMinutes, customers: 1 },
        promise.receiver.without,
      );
      if (outcome.verdict === null) continue;
      this.count++;
      if (outcome.verdict === 'asPromised') this.#held++;
    }
  }

  get share(): number | null {
    return this.count === 0 ? null : ratio(this.#held / this.count);
  }
}
