/** What agents and counters did in a window that ends now, with what they still do. */
import type { OpenStretch } from '../branch/opening-hours.ts';
import type { Agent, Counter } from '../branch/state.ts';
import type { AgentFigures, CounterFigures } from './figures.ts';
import {
  AGENT_ACTIVITIES,
  type AgentInterval,
  COUNTER_ACTIVITIES,
  type CounterInterval,
  isOpen,
  noAgentInterval,
  noCounterInterval,
} from './interval.ts';
import type { Window } from './live-window.ts';
import { addTimeWithin } from './time-spent.ts';
import { addWorkWithin } from './work-done.ts';

/** Adds an agent's milliseconds in each activity within [`from`, `to`], by the index of {@link AGENT_ACTIVITIES}. */
export function addAgentTime(
  known: AgentFigures | undefined,
  agent: Agent | undefined,
  from: number,
  to: number,
  sums: number[],
): void {
  if (known) addTimeWithin(known.spells, from, to, sums);
  const running = agent ? runningMs(agent, from, to) : 0;
  if (!agent || running === 0 || agent.activity === 'signedOut') return;
  const activity = AGENT_ACTIVITIES.indexOf(agent.activity);
  sums[activity] = (sums[activity] ?? 0) + running;
}

/** Adds a counter's milliseconds in each state within [`from`, `to`], by the index of {@link COUNTER_ACTIVITIES}. */
export function addCounterTime(
  known: CounterFigures | undefined,
  counter: Counter | undefined,
  from: number,
  to: number,
  sums: number[],
): void {
  if (known) addTimeWithin(known.spells, from, to, sums);
  const running = counter ? runningMs(counter, from, to) : 0;
  if (!counter || running === 0) return;
  const activity = COUNTER_ACTIVITIES.indexOf(counter.activity);
  sums[activity] = (sums[activity] ?? 0) + running;
}

/** How long what goes on was not counted yet, within [`from`, `to`], ms. */
function runningMs({ track }: Agent | Counter, from: number, to: number): number {
  const isCounted = track.steps.at(-1)?.is.counted === true;
  return isCounted ? Math.max(0, to - Math.max(track.countedUntil, from)) : 0;
}

/** An agent's sums of a window; of one who was forgotten since, what is left. */
export function agentSums(
  known: AgentFigures | undefined,
  agent: Agent | undefined,
  { from, to, isToday }: Window,
): AgentInterval {
  if (isToday) {
    const sums = known ? { ...known.today, spentMs: { ...known.today.spentMs } } : noAgentInterval();
    if (agent && agent.activity !== 'signedOut') sums.spentMs[agent.activity] += runningMs(agent, from, to);
    return sums;
  }
  const sums = noAgentInterval();
  const spent = AGENT_ACTIVITIES.map(() => 0);
  addAgentTime(known, agent, from, to, spent);
  for (const [i, activity] of AGENT_ACTIVITIES.entries()) sums.spentMs[activity] = spent[i] ?? 0;
  if (known) addWorkWithin(known.work, to, to - from, sums);
  return sums;
}

/** A counter's sums of a window, given when the hall was open in it. */
export function counterSums(
  known: CounterFigures | undefined,
  counter: Counter | undefined,
  { from, to, isToday }: Window,
  open: readonly OpenStretch[],
): CounterInterval {
  if (isToday) {
    const sums = known ? { ...known.today, spentMs: { ...known.today.spentMs } } : noCounterInterval();
    if (counter) sums.spentMs[counter.activity] += runningMs(counter, from, to);
    sums.openInHoursMs = openTodayMs(known, counter, open);
    return sums;
  }
  const sums = noCounterInterval();
  const spent = COUNTER_ACTIVITIES.map(() => 0);
  addCounterTime(known, counter, from, to, spent);
  for (const [i, activity] of COUNTER_ACTIVITIES.entries()) sums.spentMs[activity] = spent[i] ?? 0;
  for (const stretch of open) {
    const within = COUNTER_ACTIVITIES.map(() => 0);
    addCounterTime(known, counter, stretch.from, stretch.to, within);
    sums.openInHoursMs += sumOfOpen(within);
  }
  return sums;
}

/** How long a counter was open today while the hall was, given when that was; ms (rule OC2). */
export function openTodayMs(
  known: CounterFigures | undefined,
  counter: Counter | undefined,
  open: readonly OpenStretch[],
): number {
  let ms = known?.today.openInHoursMs ?? 0;
  if (!counter || !isOpen(counter.activity)) return ms;
  for (const { from, to } of open) ms += runningMs(counter, from, to);
  return ms;
}

/** Of milliseconds by the index of {@link COUNTER_ACTIVITIES}, those open. */
export const sumOfOpen = (spent: readonly number[]): number =>
  COUNTER_ACTIVITIES.reduce((sum, activity, i) => sum + (isOpen(activity) ? (spent[i] ?? 0) : 0), 0);
