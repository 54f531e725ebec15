/** Queues followed from a given state while rates and staff change. */
import { z } from 'zod';
import { arrivalWindows, type WindowFigures } from '../../domain/queueing/arrival-window.ts';
import { plannedWait } from '../../domain/queueing/planned-wait.ts';
import type { QueuePlan } from '../../domain/queueing/queue-plan.ts';
import { busyIn, followQueue, type QueueAt, waitingIn } from '../../domain/queueing/transient-queue.ts';
import { followTwoClasses } from '../../domain/queueing/two-class-priority.ts';
import { expected as mean } from '../../domain/queueing/uniformisation.ts';
import { Pair } from './class-kinds.ts';
import { type Fields, kind } from './kind.ts';

const Steps = z.array(Pair);

const QueueInput = z.object({
  mu: z.number(),
  theta: z.number(),
  release: z.enum(['exhaustive', 'preemptive']),
  initial: z.object({ busy: z.number(), queue: z.number() }),
  arrivalRate: Steps,
  servers: Steps,
  T: z.number(),
});

const Window = z.object({ from: z.number(), to: z.number(), T: z.number() });

/** The times a case asks for. */
const Asked = z.object({
  grid: z.array(z.object({ t: z.number() })),
  virtual: z.array(z.object({ t: z.number(), T: z.number() })).default([]),
  windows: z.array(Window).default([]),
});

const PriorityInput = z.object({
  servers: z.number(),
  mu: z.number(),
  thetas: Pair,
  arrivalRates: z.array(z.tuple([z.number(), z.number(), z.number()])),
  initial: z.object({ busy: z.number(), q1: z.number(), q2: z.number() }),
});

function gridFields(found: QueueAt): Fields {
  const { law, servers } = found;
  const spread = (value: (state: number) => number) => {
    const centre = mean(law, value);
    return Math.sqrt(mean(law, (state) => (value(state) - centre) ** 2));
  };
  const inSystem = (state: number) => busyIn(state) + waitingIn(state);
  return {
    t: found.at,
    servers,
    eInSystem: mean(law, inSystem),
    sdInSystem: spread(inSystem),
    eBusy: mean(law, busyIn),
    eQueue: mean(law, waitingIn),
    sdQueue: spread(waitingIn),
    pWait: mean(law, (state) => (busyIn(state) >= servers ? 1 : 0)),
    q80: queueQuantile(found, 0.8),
    q95: queueQuantile(found, 0.95),
    cumArrivals: found.arrived,
    cumServed: found.served,
    cumAbandoned: found.abandoned,
    cumQueueMinutes: found.waitedSeconds,
  };
}

function queueQuantile({ law }: QueueAt, probability: number): number {
  let reached = 0;
  for (const [state, chance] of [...law].sort(([a], [b]) => waitingIn(a) - waitingIn(b))) {
    reached += chance;
    if (reached >= probability) return waitingIn(state);
  }
  return Infinity;
}

function virtualFields(plan: QueuePlan, found: QueueAt, T: number): Fields {
  const stays = plannedWait(plan, found, 0, [T, 2 * T]);
  const leaves = plannedWait(plan, found, plan.abandonmentRate, [T]);
  return {
    t: found.at,
    T,
    pWait: leaves.waitProbability,
    eWait: leaves.meanWait,
    pWaitGtT: leaves.above[0] ?? 0,
    eVirtual: stays.meanWait,
    pVirtualGtT: stays.above[0] ?? 0,
    pVirtualGt2T: stays.above[1] ?? 0,
  };
}

const windowFields = ({ from, to, T }: z.infer<typeof Window>, figures: WindowFigures | null): Fields => ({
  from,
  to,
  T,
  arrivals: figures?.arrivals ?? 0,
  eWait: figures?.meanWait ?? null,
  pWait: figures?.waitProbability ?? null,
  pWaitGtT: figures?.waitAboveTarget ?? null,
  pAbandon: figures?.abandonProbability ?? null,
  pAbandonWithinT: figures?.abandonedWithinTarget ?? null,
  slOffered: figures?.servedWithinTarget ?? null,
  slIndustry: figures === null ? null : figures.servedWithinTarget / (1 - figures.abandonedWithinTarget),
});

export const transientKinds = {
  transient: kind(QueueInput, (input, expected) => {
    const plan: QueuePlan = {
      arrivalRate: input.arrivalRate,
      servers: input.servers,
      serviceRate: input.mu,
      abandonmentRate: input.theta,
      release: input.release,
    };
    const start = { busy: input.initial.busy, waiting: input.initial.queue };
    const { grid, virtual, windows } = Asked.parse(expected);
    const gridAt = followQueue(
      plan,
      start,
      grid.map(({ t }) => t),
    );
    const virtualAt = followQueue(
      plan,
      start,
      virtual.map(({ t }) => t),
    );
    const figures = windows.length === 0 ? [] : arrivalWindows(plan, start, windows, input.T);
    return {
      grid: gridAt.map((found) => gridFields(found)),
      virtual: virtualAt.map((found, i) => virtualFields(plan, found, virtual[i]?.T ?? 0)),
      windows: windows.map((window, i) => windowFields(window, figures[i] ?? null)),
    };
  }),

  priorityTransient: kind(PriorityInput, ({ servers, mu, thetas, arrivalRates, initial }, expected) => {
    const first = arrivalRates.map(([from, rate]) => [from, rate] as const);
    const second = arrivalRates.map(([from, , rate]) => [from, rate] as const);
    const points = followTwoClasses(
      { servers, serviceRates: [mu, mu], abandonmentRates: thetas },
      [first, second],
      { inService: [initial.busy, 0], waiting: [initial.q1, initial.q2] },
      Asked.parse(expected).grid.map(({ t }) => t),
    );
    return {
      grid: points.map((point) => ({
        t: point.at,
        eQueue1: point.meanQueues[0],
        eQueue2: point.meanQueues[1],
        pWait: point.waitProbability,
        cumQueueMinutes1: point.waitedSeconds[0],
        cumQueueMinutes2: point.waitedSeconds[1],
        cumAbandoned1: point.abandoned[0],
        cumAbandoned2: point.abandoned[1],
      })),
    };
  }),
};
