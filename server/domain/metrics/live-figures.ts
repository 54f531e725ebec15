/** Every figure of a branch in every live window (rule WN1), and of a network of branches as their sums (rule SL4). */
import type { BranchProfile } from '#shared/network.ts';
import type { SourceState } from '#shared/views.ts';
import { hallDay } from '../branch/hall-day.ts';
import { openStretches } from '../branch/opening-hours.ts';
import type { LiveBranch } from '../live-branch.ts';
import type { FigureSet } from './figure.ts';
import { NO_QUEUE } from './figures.ts';
import {
  addAgentInterval,
  addCounterInterval,
  addQueueInterval,
  type AgentInterval,
  type CounterInterval,
  noAgentInterval,
  noCounterInterval,
  noQueueInterval,
  type QueueInterval,
} from './interval.ts';
import {
  type ByWindow,
  byWindow,
  LIVE_WINDOWS,
  type LiveWindow,
  type Window,
  windowsAt,
} from './live-window.ts';
import { isSilent, sourceState } from './measure-queue.ts';
import { queueFigures } from './queue-figure-set.ts';
import { queueSums } from './queue-windows.ts';
import { agentFigures, counterFigures } from './staff-figure-set.ts';
import { agentSums, counterSums } from './staff-windows.ts';

/** One queue, agent or counter; of a silent source it is left out of the sums of its branch. */
export interface LiveRow {
  id: string;
  source: SourceState;
  figures: ByWindow<FigureSet>;
}

/** The sums of a branch, or of a network. */
export interface WholeSums {
  queues: QueueInterval;
  agents: AgentInterval;
  counters: CounterInterval;
  /** How long its counters might have been open, ms. */
  possibleMs: number;
}

export interface LiveFigures {
  branch: string;
  /** When each window begins and ends, epoch ms. */
  windows: ByWindow<{ from: number; to: number }>;
  queues: LiveRow[];
  agents: LiveRow[];
  counters: LiveRow[];
  sums: ByWindow<WholeSums>;
  figures: ByWindow<FigureSet>;
  /** Queues that are not in the sums, because their source is silent. */
  leftOut: string[];
  /** True when none is in them. */
  isStale: boolean;
}

/** The live figures of a branch at `now`, epoch ms. */
export function liveFigures(branch: LiveBranch, profile: BranchProfile, now: number): LiveFigures {
  const { state, figures } = branch;
  const windows = windowsAt(profile, now);
  const open = byWindow((name) => openStretches(profile, windows[name].from, now));
  // Nothing folded since the day began: what was counted is yesterday's.
  const isToday = figures.day === hallDay(profile, now);
  const sums = byWindow(noSums);

  const rowOf = <Sums>(
    id: string,
    source: SourceState,
    sumsOf: (window: Window, name: LiveWindow) => Sums,
    add: (whole: WholeSums, more: Sums) => void,
    figuresOf: (each: Sums, name: LiveWindow) => FigureSet,
  ): LiveRow => ({
    id,
    source,
    figures: byWindow((name) => {
      const each = sumsOf(windows[name], name);
      if (source !== 'silent') add(sums[name], each);
      return figuresOf(each, name);
    }),
  });
  const stateOf = (source: string): SourceState => {
    const known = state.sources.get(source);
    return known && isSilent(known, profile, now) ? 'silent' : 'live';
  };

  const queues = queueIds(branch, profile).map((id) =>
    rowOf(
      id,
      sourceState(state, profile, state.queues.get(id), now),
      (window) => sumsOfQueue(branch, profile, id, window, isToday),
      (whole, more) => addQueueInterval(whole.queues, more),
      queueFigures,
    ),
  );
  const agents = [...state.agents.values()].map((agent) =>
    rowOf(
      agent.id,
      stateOf(agent.source),
      (window) => agentSums(ofToday(figures.agents.get(agent.id), window, isToday), agent, window),
      (whole, more) => addAgentInterval(whole.agents, more),
      agentFigures,
    ),
  );
  const counters = [...state.counters.values()].map((counter) =>
    rowOf(
      counter.id,
      stateOf(counter.source),
      (window, name) =>
        counterSums(ofToday(figures.counters.get(counter.id), window, isToday), counter, window, open[name]),
      (whole, more) => addCounterInterval(whole.counters, more),
      (each, name) => counterFigures(each, lengthOf(open[name])),
    ),
  );
  const heard = new Set(profile.counters.map(({ id }) => id));
  for (const { id, source } of counters) {
    if (source === 'silent') heard.delete(id);
    else heard.add(id);
  }
  for (const name of LIVE_WINDOWS) {
    sums[name].possibleMs = heard.size * lengthOf(open[name]);
    // Services of contacts whose queue never became known belong to no row.
    addQueueInterval(sums[name].queues, sumsOfQueue(branch, profile, NO_QUEUE, windows[name], isToday));
  }
  const leftOut = queues.filter(({ source }) => source === 'silent').map(({ id }) => id);
  return {
    branch: profile.id,
    windows: byWindow((name) => ({ from: windows[name].from, to: now })),
    queues,
    agents,
    counters,
    sums,
    figures: byWindow((name) => wholeFigures(sums[name])),
    leftOut,
    isStale: queues.length > 0 && leftOut.length === queues.length,
  };
}

export interface NetworkFigures {
  figures: ByWindow<FigureSet>;
  /** Branches that are not in the sums, because their data is stale. */
  leftOut: string[];
}

/** The figures of several branches together: sums are added, stale branches are left out and named (rule SL4). */
export function networkFigures(
  branches: readonly Pick<LiveFigures, 'branch' | 'sums' | 'isStale'>[],
): NetworkFigures {
  const sums = byWindow(noSums);
  for (const branch of branches) {
    if (branch.isStale) continue;
    for (const name of LIVE_WINDOWS) addWhole(sums[name], branch.sums[name]);
  }
  return {
    figures: byWindow((name) => wholeFigures(sums[name])),
    leftOut: branches.filter(({ isStale }) => isStale).map(({ branch }) => branch),
  };
}

const ofToday = <T>(known: T | undefined, window: Window, isToday: boolean): T | undefined =>
  window.isToday && !isToday ? undefined : known;

function queueIds({ state }: LiveBranch, profile: BranchProfile): string[] {
  const ids = new Set([...profile.queues.map(({ id }) => id), ...state.queues.keys()]);
  ids.delete(NO_QUEUE);
  return [...ids];
}

function sumsOfQueue(
  { state, figures }: LiveBranch,
  profile: BranchProfile,
  id: string,
  window: Window,
  isToday: boolean,
): QueueInterval {
  const known = {
    figures: ofToday(figures.queues.get(id), window, isToday),
    level: ofToday(figures.levels.get(id), window, isToday),
    state: state.queues.get(id),
  };
  return queueSums(known, window, profile.expectedSeconds * 1_000);
}

const lengthOf = (stretches: readonly { from: number; to: number }[]): number =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0);

const noSums = (): WholeSums => ({
  queues: noQueueInterval(),
  agents: noAgentInterval(),
  counters: noCounterInterval(),
  possibleMs: 0,
});

function addWhole(sum: WholeSums, more: WholeSums): void {
  addQueueInterval(sum.queues, more.queues);
  addAgentInterval(sum.agents, more.agents);
  addCounterInterval(sum.counters, more.counters);
  sum.possibleMs += more.possibleMs;
}

/** Figures of such sums; what is handled is the queues' to say, agents are only asked about their time. */
export const wholeFigures = ({ queues, agents, counters, possibleMs }: WholeSums): FigureSet => ({
  ...agentFigures(agents),
  ...counterFigures(counters, possibleMs),
  ...queueFigures(queues),
});
