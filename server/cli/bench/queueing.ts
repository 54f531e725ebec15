import { erlangA } from '../../domain/queueing/abandonment.ts';
import { predictQueue } from '../../domain/queueing/birth-death.ts';
import { exponentialPatience } from '../../domain/queueing/patience.ts';
import type { QueuePlan, QueueStart } from '../../domain/queueing/queue-plan.ts';
import { requiredServers } from '../../domain/queueing/staffing.ts';
import { followQueue } from '../../domain/queueing/transient-queue.ts';
import { waitLaw } from '../../domain/queueing/wait-law.ts';
import { printResult, progress } from '../result.ts';
import { rounded } from './percentiles.ts';
import { microsecondsOf } from './stopwatch.ts';

/** Time that the fast screen may take for one plan of a hall, and Erlang A for one queue, µs. */
const HALL_TARGET = 150;
const ERLANG_A_TARGET = 140;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const QUARTER = 15 * MINUTE;

interface Scenario {
  plan: QueuePlan;
  start: QueueStart;
  horizon: number;
}

/** Arrivals that swell and ebb by `swing` (0–1) within `hours`, in quarters of an hour. */
const wave = (mean: number, swing: number, hours: number): [number, number][] =>
  Array.from({ length: hours * 4 }, (_, i) => [
    i * QUARTER,
    mean * (1 + swing * Math.sin((2 * Math.PI * (i + 0.5)) / (hours * 4))),
  ]);

const scenarios: Record<string, Scenario> = {
  hall1h: {
    plan: {
      arrivalRate: wave(0.8 / MINUTE, 0.2, 1),
      servers: [[0, 6]],
      serviceRate: 1 / (7 * MINUTE),
      abandonmentRate: 1 / (30 * MINUTE),
      release: 'exhaustive',
    },
    start: { busy: 6, waiting: 7 },
    horizon: HOUR,
  },
  hall4h: {
    plan: {
      arrivalRate: wave(0.8 / MINUTE, 0.5, 4),
      servers: [
        [0, 4],
        [HOUR, 6],
        [3 * HOUR, 4],
      ],
      serviceRate: 1 / (6 * MINUTE),
      abandonmentRate: 1 / (25 * MINUTE),
      release: 'exhaustive',
    },
    start: { busy: 4, waiting: 2 },
    horizon: 4 * HOUR,
  },
  hallLunch4h: {
    plan: {
      arrivalRate: wave(0.9 / MINUTE, 0.3, 4),
      servers: [
        [0, 8],
        [HOUR, 5],
        [2 * HOUR, 8],
      ],
      serviceRate: 1 / (7 * MINUTE),
      abandonmentRate: 1 / (30 * MINUTE),
      release: 'exhaustive',
    },
    start: { busy: 8, waiting: 12 },
    horizon: 4 * HOUR,
  },
  centre200: {
    plan: {
      arrivalRate: wave(40 / MINUTE, 0.25, 4),
      servers: [
        [0, 205],
        [HOUR, 225],
        [2 * HOUR, 190],
      ],
      serviceRate: 1 / (5 * MINUTE),
      abandonmentRate: 1 / (6 * MINUTE),
      release: 'exhaustive',
    },
    start: { busy: 180, waiting: 0 },
    horizon: 4 * HOUR,
  },
};

const LIMIT = 10;
const WAITED_LEAST = 1;

/** `muster bench queueing`: what one call of the queueing functions costs, and how near the fast screen comes. */
export function benchQueueing(): void {
  const cost: Record<string, number> = {};
  const clock = (name: string, call: () => unknown) => {
    cost[name] = rounded(microsecondsOf(call));
    progress(`${name}: ${cost[name]} µs`);
  };
  const error: Record<string, number> = {};
  for (const [name, { plan, start, horizon }] of Object.entries(scenarios)) {
    clock(`birthDeath.${name}`, () => predictQueue(plan, start, [horizon], LIMIT));
    error[name] = worstError(plan, start, horizon);
  }
  for (const servers of [6, 50, 1_000, 10_000]) {
    const station = {
      servers,
      arrivalRate: (0.98 * servers) / 240,
      serviceRate: 1 / 240,
      abandonmentRate: 1 / 300,
    };
    clock(`erlangA.${servers}`, () => erlangA(station, 20));
  }
  const workload = { arrivalRate: 0.3, serviceRate: 1 / 240, patience: exponentialPatience(1 / 300) };
  const target = { figure: 'serviceLevel', formula: 'headline', withinSeconds: 20, atLeast: 0.8 } as const;
  clock('requiredServers', () => requiredServers(workload, [target]));
  const place = { servers: 6, ahead: 12, serviceRate: 1 / 420, abandonmentRate: 1 / 1_800 };
  clock('waitQuantile', () => waitLaw(place).quantile(0.8));

  const worst = (kind: string) =>
    Math.max(...Object.entries(cost).flatMap(([name, micros]) => (name.startsWith(kind) ? [micros] : [])));
  printResult({
    ok: worst('birthDeath.hall') <= HALL_TARGET && worst('erlangA') <= ERLANG_A_TARGET,
    microseconds: cost,
    worstErrorOfWaitedTime: error,
    dataset: 'bench queueing',
    seed: null,
  });
}

/** The largest relative error of the waited time against the exact solution, at every quarter of an hour. */
function worstError(plan: QueuePlan, start: QueueStart, horizon: number): number {
  const times = Array.from({ length: horizon / QUARTER }, (_, i) => (i + 1) * QUARTER);
  const exact = followQueue(plan, start, times);
  const errors = predictQueue(plan, start, times, LIMIT).map(({ waitedSeconds }, i) => {
    const truth = exact[i]?.waitedSeconds ?? NaN;
    return truth < WAITED_LEAST ? 0 : Math.abs(waitedSeconds / truth - 1);
  });
  return Math.round(Math.max(...errors) * 1e5) / 1e5;
}
