/** The limits in a staffing world, and the world with other ones. Pure. */
import type { BilingualName } from '#shared/ids.ts';
import type { BranchLimits, Limits, LimitsChange } from '#shared/limits.ts';
import { StaffingWorld } from '#shared/staffing-world.ts';

/** What a queue of a branch is called. */
export type QueueNames = (branch: string, queue: string) => BilingualName;

const limitsOfBranch = (
  { id, donorLimit, pools }: StaffingWorld['branches'][number],
  nameOf: QueueNames,
): BranchLimits => ({
  id,
  donorLimit,
  pools: pools.map((pool) => ({
    id: pool.id,
    queues: pool.queues.map((queue) => ({ id: queue, name: nameOf(id, queue) })),
    floor: pool.floor,
  })),
});

/** What limits suggestions in this world. */
export const limitsOf = (
  { policy, quietHours, branches, agents }: StaffingWorld,
  nameOf: QueueNames,
): Limits => ({
  policy,
  quietHours,
  branches: branches.map((branch) => limitsOfBranch(branch, nameOf)),
  agents: agents.length,
});

/** The world with other limits; the field that is wrong when they are none. */
export function withLimits(
  world: StaffingWorld,
  { policy, quietHours, branches = [] }: LimitsChange,
): StaffingWorld | { wrong: string } {
  const changed = new Map(branches.map((branch) => [branch.id, branch]));
  for (const [b, { id, pools = [] }] of branches.entries()) {
    const known = world.branches.find((each) => each.id === id);
    if (known === undefined) return { wrong: `branches.${b}.id` };
    const p = pools.findIndex((pool) => !known.pools.some((each) => each.id === pool.id));
    if (p >= 0) return { wrong: `branches.${b}.pools.${p}.id` };
  }
  const parsed = StaffingWorld.safeParse({
    ...world,
    policy: { ...world.policy, ...policy },
    quietHours: quietHours ?? world.quietHours,
    branches: world.branches.map((branch) => {
      const change = changed.get(branch.id);
      const floors = new Map(change?.pools?.map(({ id, floor }) => [id, floor]));
      return {
        ...branch,
        donorLimit: change?.donorLimit ?? branch.donorLimit,
        pools: branch.pools.map((pool) => ({ ...pool, floor: floors.get(pool.id) ?? pool.floor })),
      };
    }),
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return {
    wrong: issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : (issue?.path.join('.') ?? ''),
  };
}
