/** Limits of the policy as a form shows them, and what of them was changed. Pure. */
import type { StaffingPolicy } from '#shared/staffing-world.ts';

/** Those that people set; the others weigh gains against costs and come with the tables. */
export const POLICY_LIMITS = [
  'travelMinutes',
  'movesADay',
  'restMinutes',
  'reversalMinutes',
  'stayMinutes',
  'regionMoves',
  'leastGain',
  'helps',
] as const satisfies readonly (keyof StaffingPolicy)[];
export type PolicyLimit = (typeof POLICY_LIMITS)[number];
export type PolicyDraft = Record<PolicyLimit, string>;

/** A ratio that is typed as a percentage. */
const FACTOR: Partial<Record<PolicyLimit, number>> = { helps: 100 };

const shown = (policy: StaffingPolicy, name: PolicyLimit): string =>
  String(Math.round(policy[name] * (FACTOR[name] ?? 1) * 100) / 100);

/** Each as it is typed. */
export const shownPolicy = (policy: StaffingPolicy): PolicyDraft =>
  Object.fromEntries(POLICY_LIMITS.map((name) => [name, shown(policy, name)])) as PolicyDraft;

/** Those that were typed otherwise. */
export const changedPolicy = (policy: StaffingPolicy, draft: PolicyDraft): Partial<StaffingPolicy> =>
  Object.fromEntries(
    POLICY_LIMITS.filter((name) => draft[name] !== shown(policy, name)).map((name) => [
      name,
      Number(draft[name]) / (FACTOR[name] ?? 1),
    ]),
  );
