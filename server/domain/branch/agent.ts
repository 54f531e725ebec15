/** An agent: presence and state as reported, serving as it follows from contacts. */
import type { Outcomes } from './outcome.ts';
import { addChanges, dropServicesBefore, isServing, lastService, runningService } from './service.ts';
import type { Agent, BranchState, Doing, Report } from './state.ts';
import {
  addSteps,
  type Count,
  countUntil,
  dropStepsBefore,
  forgetPast,
  insertStep,
  newTrack,
  revise,
  stepAt,
  type Steps,
} from './timeline.ts';

/** The agent of this id, made when not known. */
export function agentOf(state: BranchState, id: string, source: string, at: number): Agent {
  const known = state.agents.get(id);
  if (known) return known;
  const agent: Agent = {
    id,
    source,
    name: id,
    queues: [],
    reports: [],
    seatings: [],
    services: [],
    track: newTrack({ activity: 'available', counted: false, queue: null }, at),
    activity: 'available',
    since: at,
    reason: null,
    counter: null,
  };
  state.agents.set(id, agent);
  return agent;
}

/** True when nothing was reported: known only from contacts, and there as long as they are. */
export const isUnreported = (agent: Agent): boolean => agent.reports.length === 0;

export const isSignedIn = (agent: Agent): boolean => agent.reports.at(-1)?.is.signedIn ?? true;

/** When the newest report was, epoch ms. */
export const lastReportAt = ({ reports }: Agent): number => reports.at(-1)?.at ?? -Infinity;

/** Takes in a report; false when it was known, or is too late to change anything. */
export function report(agent: Agent, at: number, is: Report): boolean {
  const known = agent.reports.some(
    (each) => each.at === at && each.is.signedIn === is.signedIn && each.is.state === is.state,
  );
  if (known || (at < agent.track.revisableFrom && at < lastReportAt(agent))) return false;
  insertStep(agent.reports, { at, is });
  return true;
}

/** Brings what the agent did up to date after a change at `from`; what became known of the time before is an outcome. */
export function settleAgent(agent: Agent, from: number, out: Outcomes): void {
  const { track } = agent;
  const before = wrapUpsOver(track.steps, from);
  revise(track, from, doingFrom(agent, from), isSameDoing, countDoing(agent, out));
  const after = wrapUpsOver(track.steps, from);
  for (const each of before) if (!after.some(isEqualTo(each))) out.push(wrappedUp(agent, each, -1));
  for (const each of after) if (!before.some(isEqualTo(each))) out.push(wrappedUp(agent, each, 1));
  const now = track.steps.at(-1);
  agent.activity = now?.is.activity ?? 'available';
  agent.since = (agent.activity === 'serving' ? runningService(agent.services)?.from : now?.at) ?? from;
  const told = agent.reports.at(-1)?.is;
  agent.reason = told?.state === agent.activity ? told.reason : null;
}

/** Forgets what nothing can change any more, given the newest time known. */
export function forgetPastOfAgent(agent: Agent, now: number): void {
  const from = forgetPast(agent.track, now);
  if (from === null) return;
  dropStepsBefore(agent.reports, from);
  dropStepsBefore(agent.seatings, from);
  dropServicesBefore(agent.services, from);
}

/** Counts the agent's time up to an instant, though it goes on. */
export function countAgentUntil(agent: Agent, until: number, out: Outcomes): void {
  countUntil(agent.track, until, countDoing(agent, out));
}

const countDoing =
  (agent: Agent, out: Outcomes): Count<Doing> =>
  ({ activity, counted }, from, to) => {
    if (counted && activity !== 'signedOut')
      out.push({ kind: 'agentSpent', agent: agent.id, activity, from, to });
  };

const isSameDoing = (a: Doing, b: Doing): boolean =>
  a.activity === b.activity && a.counted === b.counted && a.queue === b.queue;

function doingFrom(agent: Agent, from: number): Steps<Doing> {
  const changes = [from];
  addSteps(agent.reports, from, changes);
  addChanges(agent.services, from, changes);
  if (changes.length > 1) changes.sort((a, b) => a - b);
  return changes.map((at) => ({ at, is: doingAt(agent, at) }));
}

// An agent who reports states wraps up after a service until saying otherwise; what was said while serving is over then.
function doingAt({ reports, services }: Agent, at: number): Doing {
  const told = stepAt(reports, at);
  const counted = told !== undefined;
  if (isServing(services, at)) return { activity: 'serving', counted, queue: null };
  if (told === undefined) return { activity: 'available', counted, queue: null };
  if (!told.is.signedIn) return { activity: 'signedOut', counted, queue: null };
  const last = lastService(services, at);
  const activity = (last?.to ?? -Infinity) > told.at ? 'wrapUp' : told.is.state;
  return { activity, counted, queue: activity === 'wrapUp' ? (last?.queue ?? null) : null };
}

interface WrapUp {
  queue: string;
  from: number;
  to: number;
}

/** The wrap-ups that were over at `from` or later, newest first. */
function wrapUpsOver(steps: Steps<Doing>, from: number): WrapUp[] {
  const over: WrapUp[] = [];
  for (let i = steps.length - 2; i >= 0; i--) {
    const [step, next] = [steps[i], steps[i + 1]];
    if (step === undefined || next === undefined || next.at < from) break;
    const { activity, queue } = step.is;
    if (activity === 'wrapUp' && queue !== null) over.push({ queue, from: step.at, to: next.at });
  }
  return over;
}

const isEqualTo = (a: WrapUp) => (b: WrapUp) => a.queue === b.queue && a.from === b.from && a.to === b.to;

const wrappedUp = (agent: Agent, { queue, from, to }: WrapUp, sign: 1 | -1) => ({
  kind: 'wrappedUp' as const,
  queue,
  at: to,
  wrapUpSeconds: (sign * (to - from)) / 1_000,
  agent: agent.id,
});
