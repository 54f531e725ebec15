/** What lies ahead, as it crosses the wire: forecasts, what a promise needs, what a plan would do. */
import { z } from 'zod';
import { Id } from './ids.ts';
import type { StaffStep } from './outlooks.ts';

/** Branches: repeated, or separated by commas. */
const Branches = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === 'string' ? [given] : given));

/** Days that are forecast beyond the one that runs. */
const MAX_DAYS_AHEAD = 14;

/** `GET /api/v1/forecast`. */
export const ForecastQuery = z.strictObject({
  branch: Branches.optional(),
  region: Id.optional(),
  queue: Id.optional(),
  /** Days after today. */
  days: z.coerce.number().int().min(0).max(MAX_DAYS_AHEAD).default(0),
  /** Quarter-hours, hours or whole days. */
  step: z.enum(['15m', '1h', '1d']).default('15m'),
});
export type ForecastQuery = z.output<typeof ForecastQuery>;

/** `GET /api/v1/forecast/accuracy`. */
export const AccuracyQuery = z.strictObject({ branch: Branches.optional(), region: Id.optional() });

/** `GET /api/v1/requirements`: quarter-hours or hours of a day, today and up to 14 days ahead, or hours of a usual week. */
export const RequirementsQuery = z.strictObject({
  branch: Id,
  ahead: z.coerce.number().int().min(0).max(MAX_DAYS_AHEAD).default(0),
  of: z.enum(['day', 'week']).default('day'),
});
export type RequirementsQuery = z.output<typeof RequirementsQuery>;

/** Arrivals expected, not exceeded in 10, 50, 80 and 90 of a hundred cases. */
export interface ForecastRow {
  branch: string;
  queue: string;
  /** Epoch ms, `to` exclusive. */
  from: number;
  to: number;
  mean: number;
  p10: number;
  p50: number;
  p80: number;
  p90: number;
}

/** The wait of one who comes at a time, not exceeded in so many of a hundred cases; seconds. */
export interface WaitStep {
  /** Epoch ms. */
  at: number;
  p5: number;
  p10: number;
  p25: number;
  p50: number;
  p75: number;
  p90: number;
  p95: number;
}

/** What is foretold of one queue. */
export interface QueueOutlook {
  branch: string;
  queue: string;
  /** Chance that somebody waits longer than the target within the next 30 min, 0–1. */
  breachProbability: number;
  /** When that begins in half of all cases, epoch ms; `null` when in fewer within two hours. */
  breachAt: number | null;
  /** The wait of newcomers over the next two hours, in order of time. */
  course: readonly WaitStep[];
  /** The state it was made from. */
  asOfVersion: number;
  /** Epoch ms. */
  madeAt: number;
}

/** What is foretold of one hall. */
export interface HallOutlook {
  queues: QueueOutlook[];
  /** The next hour by quarter-hours. */
  staff: StaffStep[];
}

/** How today differs from a usual day like it; ratios, 1 is usual, `null` when nobody knows what is. */
export interface UnusualToday {
  branch: string;
  arrivals: number | null;
  handling: number | null;
}

/** `GET /api/v1/forecast`. */
export interface ForecastAnswer {
  rows: ForecastRow[];
  waits: QueueOutlook[];
  unusual: UnusualToday[];
}

/** What one interval of a hall needs. */
export interface RequirementRow {
  /** Epoch ms, `to` exclusive; of a usual week from its Monday on, as if it were UTC. */
  from: number;
  to: number;
  /** Arrivals expected. */
  arrivals: number;
  /** Counters needed at once for the expected arrivals, and for those not exceeded in four of five cases. */
  counters: number;
  countersP80: number;
  /** People on duty for `counters`, with shrinkage. */
  people: number;
  /** Counters usually open then, and open now where the interval runs; `null` when nobody knows. */
  usual: number | null;
  open: number | null;
}

/** `GET /api/v1/requirements`. */
export interface RequirementsAnswer {
  branch: string;
  /** Share of paid time that people are not there for customers, 0–1. */
  shrinkage: number;
  counters: number;
  rows: RequirementRow[];
}

/** Minutes from now at which something is done. */
const inMinutes = z.number().min(0).max(240).default(0);
const count = z.number().int().min(1).max(50).default(1);

/** One thing a plan does. */
const PlanStep = z.discriminatedUnion('do', [
  /** Opens a counter that is closed, or closes one that is open. */
  z.strictObject({ do: z.literal('open'), counter: Id, inMinutes }),
  z.strictObject({ do: z.literal('close'), counter: Id, inMinutes }),
  /** Sends somebody at work on a break, or brings forward nothing else: gone for so long. */
  z.strictObject({ do: z.literal('break'), server: Id, inMinutes, minutes: z.number().min(1).max(120) }),
  /** People more or fewer for some queues. */
  z.strictObject({ do: z.literal('add'), queues: z.array(Id).max(50).default([]), count, inMinutes }),
  z.strictObject({ do: z.literal('remove'), queues: z.array(Id).max(50).default([]), count, inMinutes }),
  /** People from another branch, who travel. */
  z.strictObject({
    do: z.literal('move'),
    from: Id,
    /** What they serve there, and here. */
    fromQueues: z.array(Id).max(50).default([]),
    queues: z.array(Id).max(50).default([]),
    count,
    inMinutes,
    travelMinutes: z.number().min(0).max(180).default(0),
  }),
]);
export type PlanStep = z.output<typeof PlanStep>;

/** `POST /api/v1/what-if`. */
export const WhatIfBody = z.strictObject({
  branch: Id,
  plan: z.array(PlanStep).min(1).max(20),
  /** How far customers are followed, minutes. */
  minutes: z.number().int().min(30).max(240).default(120),
});
export type WhatIfBody = z.output<typeof WhatIfBody>;

/** A figure with the standard error of its simulation. */
export interface Simulated {
  value: number;
  error: number;
}

/** Waits of those who come to a queue in one step of the time looked at. */
export interface WhatIfWindow {
  /** Epoch ms, `to` exclusive. */
  from: number;
  to: number;
  /** Seconds; `null` when nobody comes. */
  mean: Simulated | null;
  p50: number | null;
  p80: number | null;
  p95: number | null;
  /** Share that waits longer than the target, 0–1. */
  late: Simulated | null;
}

export interface WhatIfQueue {
  queue: string;
  /** As things stand, and with the plan. */
  without: WhatIfWindow[];
  with: WhatIfWindow[];
  /** Seconds of waiting saved, those who wait now included; below 0 lost. */
  savedSeconds: Simulated;
}

/** What is saved or, below 0, lost over all queues: the mean, and the range that holds 80 % of cases. */
export interface WhatIfGain {
  mean: number;
  error: number;
  p10: number;
  p90: number;
  /** Chance that anything is saved, 0–1. */
  helps: number;
}

/** One branch, with and without the plan. */
export interface WhatIfBranch {
  branch: string;
  asOfVersion: number;
  /** Epoch ms of the state, and its age when the answer came. */
  stateAt: number;
  ageMs: number;
  replications: number;
  queues: WhatIfQueue[];
  waitSeconds: WhatIfGain;
  late: WhatIfGain;
  abandoned: WhatIfGain;
}

/** `POST /api/v1/what-if`. */
export interface WhatIfAnswer {
  receiver: WhatIfBranch;
  /** What those lose who give people. */
  givers: WhatIfBranch[];
}
