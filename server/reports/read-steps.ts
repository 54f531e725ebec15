/** Reads what a report is made of: rows of history, each with its branch and the step it belongs to. */
import type { BranchProfile } from '#shared/network.ts';
import type { Step, Subject } from '#shared/report-queries.ts';
import type { AgentInterval, CounterInterval, QueueInterval } from '../domain/metrics/interval.ts';
import type { HistoryReader, IntervalRow } from '../history/store.ts';
import { dayOf, daysWithin, type Slot, slotFinder } from './calendar.ts';
import { dayLots, timeLots } from './lots.ts';

export interface StepRow<Sums> extends Omit<IntervalRow<Sums>, 'branch'> {
  branch: BranchProfile;
  slot: Slot;
}

export interface StepRows {
  queues: StepRow<QueueInterval>[];
  agents: StepRow<AgentInterval>[];
  counters: StepRow<CounterInterval>[];
}

export interface StepsWanted {
  branches: readonly BranchProfile[];
  of: Subject;
  /** One queue, agent or counter. */
  id: string | undefined;
  /** Steps that start in it are wanted, each of them whole. */
  span: Slot;
  step: Step;
  /** Aborted when nobody waits for the answer any more: then reading ends with its reason. */
  signal: AbortSignal;
}

/** The rows lot by lot; each lot holds whole steps. */
export async function* readSteps(history: HistoryReader, wanted: StepsWanted): AsyncGenerator<StepRows> {
  const zones = new Set(wanted.branches.map(({ zone }) => zone));
  for (const branches of byCalendar(wanted.branches)) {
    const [one] = branches;
    if (one === undefined) continue;
    // Hours of halls in several zones can only be added up by one clock.
    const clock = wanted.of === 'network' && zones.size > 1 ? { ...one, zone: 'UTC' } : one;
    if (wanted.step === '1d') yield* readDays(history, wanted, branches, one);
    else yield* readTimes(history, wanted, branches, clock);
  }
}

/** Branches whose days start at the same instants. */
function byCalendar(branches: readonly BranchProfile[]): Iterable<BranchProfile[]> {
  return Map.groupBy(branches, ({ zone, dayStartMinutes }) => `${zone} ${dayStartMinutes}`).values();
}

async function* readTimes(
  history: HistoryReader,
  { of, id, span, step, signal }: StepsWanted,
  branches: readonly BranchProfile[],
  clock: BranchProfile,
): AsyncGenerator<StepRows> {
  const slotAt = slotFinder(step, clock, span.from, span.to);
  const first = slotAt(span.from);
  const from = first.from < span.from ? first.to : span.from;
  const to = slotAt(span.to - 1).to;
  for (const lot of timeLots(branches, { from, to }, slotAt)) {
    signal.throwIfAborted();
    const asked = { ...(id !== undefined && { id }), ...lot.span };
    yield await readKinds(of, lot.branches, ({ start }) => slotAt(start), {
      queues: (ids) => history.queueIntervals({ ...asked, branches: ids }),
      agents: (ids) => history.agentIntervals({ ...asked, branches: ids }),
      counters: (ids) => history.counterIntervals({ ...asked, branches: ids }),
    });
  }
}

async function* readDays(
  history: HistoryReader,
  { of, id, span, signal }: StepsWanted,
  branches: readonly BranchProfile[],
  one: BranchProfile,
): AsyncGenerator<StepRows> {
  const slots = new Map<number, Slot>();
  const slotOf = (day: number): Slot => {
    let slot = slots.get(day);
    if (slot === undefined) slots.set(day, (slot = dayOf(one, day)));
    return slot;
  };
  for (const lot of dayLots(branches, daysWithin(one, span))) {
    signal.throwIfAborted();
    const asked = { ...(id !== undefined && { id }), ...lot.span };
    yield await readKinds(of, lot.branches, ({ day }) => slotOf(day), {
      queues: (ids) => history.queueDays({ ...asked, branches: ids }),
      agents: (ids) => history.agentDays({ ...asked, branches: ids }),
      counters: (ids) => history.counterDays({ ...asked, branches: ids }),
    });
  }
}

type Read<Sums> = (branches: string[]) => Promise<IntervalRow<Sums>[]>;

/** Reads what the subject is made of. */
async function readKinds(
  of: Subject,
  branches: readonly BranchProfile[],
  slotOf: (row: IntervalRow<unknown>) => Slot,
  read: { queues: Read<QueueInterval>; agents: Read<AgentInterval>; counters: Read<CounterInterval> },
): Promise<StepRows> {
  const byId = new Map(branches.map((branch) => [branch.id, branch]));
  const ids = [...byId.keys()];
  const isWhole = of === 'branch' || of === 'network';
  const rowsOf = async <Sums>(kind: Subject, ask: Read<Sums>): Promise<StepRow<Sums>[]> => {
    if (!isWhole && of !== kind) return [];
    return (await ask(ids)).flatMap((row) => {
      const branch = byId.get(row.branch);
      return branch === undefined ? [] : [{ ...row, branch, slot: slotOf(row) }];
    });
  };
  const [queues, agents, counters] = await Promise.all([
    rowsOf('queue', read.queues),
    rowsOf('agent', read.agents),
    rowsOf('counter', read.counters),
  ]);
  return { queues, agents, counters };
}
