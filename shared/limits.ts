/**
 * Limits of staffing suggestions (rules GD3, GD4): how many people must stay, who may be sent where, when nothing is
 * suggested. They are part of the staffing world; 404 while there is none.
 *
 * | route, under `/api/v1` | body | answer |
 * |---|---|---|
 * | GET /limits | | Limits |
 * | PUT /limits | LimitsChange: what is left out stays | Limits |
 */
import { z } from 'zod';
import { type BilingualName, Id } from './ids.ts';
import type { StaffingPolicy, StaffingWorld } from './staffing-world.ts';

/** Of one pool: so many people must stay. */
export interface PoolLimit {
  id: string;
  /** What people know it by: the queues it serves. */
  queues: { id: string; name: BilingualName }[];
  floor: number;
}
export interface BranchLimits {
  id: string;
  /** At most so many of its people are in other halls at once. */
  donorLimit: number;
  pools: PoolLimit[];
}
export interface Limits {
  policy: StaffingPolicy;
  /** Times of the hall's day without suggestions. */
  quietHours: StaffingWorld['quietHours'];
  branches: BranchLimits[];
  /** How many people the world knows. */
  agents: number;
}

const MAX_PLACES = 10_000;
const MAX_POOLS = 1_000;
const People = z.number().int().min(0).max(1_000);
export const LimitsChange = z.strictObject({
  /** Some of the policy, by the names of `StaffingPolicy`. */
  policy: z.record(z.string(), z.number()).optional(),
  quietHours: z
    .array(z.strictObject({ from: z.string(), to: z.string() }))
    .max(24)
    .optional(),
  branches: z
    .array(
      z.strictObject({
        id: Id,
        donorLimit: People.optional(),
        pools: z
          .array(z.strictObject({ id: Id, floor: People }))
          .max(MAX_POOLS)
          .optional(),
      }),
    )
    .max(MAX_PLACES)
    .optional(),
});
export type LimitsChange = z.infer<typeof LimitsChange>;
