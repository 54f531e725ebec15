/** Who may work where: the people, counters and journeys that the staffing optimiser plans with, as configuration. */
import { z } from 'zod';
import { Id, Text } from './ids.ts';

const Minutes = z.number().min(0).max(1_440);
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not HH:MM');

/** `09:30` as minutes after midnight. */
export const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** From one time of the hall's day to a later one, local time. */
const Span = z
  .strictObject({ from: ClockTime, to: ClockTime })
  .refine(({ from, to }) => minuteOfDay(from) < minuteOfDay(to), 'ends before it begins');

/** Queues that the same people serve: what is staffed as one. */
const StaffedPool = z.strictObject({
  id: Id,
  /** Queues of the branch whose customers it serves. */
  queues: z.array(Id).min(1),
  /** Needed by whoever serves it. */
  skill: Id,
  /** So many people must stay (rule GD3). */
  floor: z.number().int().min(0).default(1),
});

const StaffedCounter = z.strictObject({
  id: Id,
  /** Pools it is fitted for; empty means all. */
  pools: z.array(Id).default([]),
});

/** Machines at which customers help themselves. */
const SelfService = z.strictObject({
  id: Id,
  nameZh: Text,
  nameEn: Text,
  /** Queues of the branch whose customers can use them. */
  queues: z.array(Id).min(1),
  machines: z.number().int().min(1).max(50).default(1),
  /** What a customer takes at one, seconds. */
  serviceSeconds: z.number().positive().max(7_200).default(240),
});

const StaffedBranch = z.strictObject({
  id: Id,
  region: Id,
  /** Degrees; for journeys that `travel` does not list. */
  position: z
    .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .optional(),
  pools: z.array(StaffedPool).min(1),
  counters: z.array(StaffedCounter).min(1),
  selfService: z.array(SelfService).default([]),
  /** At most so many of its people are in other halls at once. */
  donorLimit: z.number().int().min(0).default(2),
});

const PlannedBreak = z.strictObject({
  kind: z.enum(['lunch', 'break']),
  from: ClockTime,
  minutes: z.number().positive().max(240),
  /** It may begin so much earlier or later. */
  movableMinutes: Minutes.default(0),
});

const StaffedAgent = z.strictObject({
  id: Id,
  /** What the sources of their branch call them; the id when left out. */
  code: Id.optional(),
  name: Text.optional(),
  /** The branch they belong to. */
  home: Id,
  skills: z.array(Id).min(1),
  /** The pool of their branch they usually serve: who has not come yet is expected there. */
  pool: Id.optional(),
  shift: Span,
  breaks: z.array(PlannedBreak).default([]),
  /** Works in the back office, from where they can be recalled to a counter. */
  backOffice: z.boolean().default(false),
  /** May be sent to another hall. */
  travels: z.boolean().default(true),
});

/** What the optimiser may do and when it is worth it. Gains and costs are in customer-minutes of waiting. */
export const StaffingPolicy = z.strictObject({
  /** How far it looks, minutes. */
  horizonMinutes: z.number().positive().max(480).default(120),
  /** Least net gain of a suggestion (rule GD4). */
  leastGain: z.number().min(0).default(10),
  /** A customer who leaves weighs as much as so many minutes of waiting. */
  abandonedMinutes: z.number().min(0).default(10),
  /** Plans in a row in which a suggestion must appear (rule GD4). */
  persistentPlans: z.number().int().min(1).default(2),
  /** No move back within (rule GD4), minutes. */
  reversalMinutes: Minutes.default(60),
  /** Most moves of one person a day, and least time between two (rule GD3). */
  movesADay: z.number().int().min(0).default(2),
  restMinutes: Minutes.default(60),
  /** Before lunch or the end of a shift whoever is sent has at least so long at the other hall, and the way back. */
  stayMinutes: Minutes.default(45),
  /** Longest journey. */
  travelMinutes: Minutes.default(45),
  /** Until somebody serves: at another counter or another queue of the hall; recalled from the back office. */
  inHallMinutes: Minutes.default(2),
  recallMinutes: Minutes.default(8),
  /** What a move costs besides its effect on waits: any at all, a minute on the way, a minute off the back office, breaking off work there. */
  moveCost: z.number().min(0).default(5),
  travelCost: z.number().min(0).default(0.3),
  backOfficeCost: z.number().min(0).default(0.15),
  recallCost: z.number().min(0).default(50),
  /** Most moves under way in a region at once; a new plan fills up to it. */
  regionMoves: z.number().int().min(0).default(12),
  /** Of the customers who come, so many are taken to follow an announcement: to a machine, to another hall (0–1). */
  steeredToMachine: z.number().min(0).max(1).default(0.25),
  steeredToHall: z.number().min(0).max(1).default(0.1),
  /** Longest way that customers are asked to go. */
  steerMinutes: Minutes.default(25),
  /** Chance with which a move must help to be shown, 0–1 (rule GD2). */
  helps: z.number().min(0).max(1).default(0.8),
});
export type StaffingPolicy = z.infer<typeof StaffingPolicy>;

const Journey = z.strictObject({ from: Id, to: Id, minutes: Minutes });

/** Tables (CSV) of people and places, told apart by their columns. */
export const StaffingTables = z.strictObject({
  tables: z
    .array(z.strictObject({ file: Text, text: z.string() }))
    .min(1)
    .max(100),
});

/** Something wrong in a table; lines are counted from 1, the header among them. */
export interface StaffingFault {
  file: string;
  line: number;
  field: string;
  message: string;
}

/** The file `staffing.json` of an installation. */
export const StaffingWorld = z
  .strictObject({
    branches: z.array(StaffedBranch).min(1),
    agents: z.array(StaffedAgent),
    /** Measured journeys, either way; others follow from positions. */
    travel: z.array(Journey).default([]),
    /** Times of day without suggestions. */
    quietHours: z.array(Span).default([]),
    policy: StaffingPolicy.default(() => StaffingPolicy.parse({})),
  })
  .superRefine((world, context) => {
    for (const { path, message } of [...faultsOfBranches(world.branches), ...faultsOfAgents(world)])
      context.addIssue({ code: 'custom', path, message });
  });
export type StaffingWorld = z.infer<typeof StaffingWorld>;
export type StaffingWorldInput = z.input<typeof StaffingWorld>;

interface Fault {
  path: (string | number)[];
  message: string;
}
type Branches = readonly z.infer<typeof StaffedBranch>[];
type Agents = readonly z.infer<typeof StaffedAgent>[];

/** Ids that stand twice. */
function repeated(items: readonly { id: string }[], path: (string | number)[]): Fault[] {
  const seen = new Set<string>();
  return items.flatMap(({ id }, i) => {
    const twice = seen.has(id);
    seen.add(id);
    return twice ? [{ path: [...path, i, 'id'], message: `${id} stands twice` }] : [];
  });
}

function faultsOfBranches(branches: Branches): Fault[] {
  const inside = branches.flatMap(({ pools, counters, selfService }, b) => {
    const known = new Set(pools.map(({ id }) => id));
    const path = ['branches', b];
    return [
      ...repeated(pools, [...path, 'pools']),
      ...repeated(counters, [...path, 'counters']),
      ...repeated(selfService, [...path, 'selfService']),
      ...counters.flatMap((counter, c) =>
        counter.pools.flatMap((pool, p) =>
          known.has(pool)
            ? []
            : [{ path: [...path, 'counters', c, 'pools', p], message: `${pool} is no pool of the branch` }],
        ),
      ),
      ...pools.flatMap(({ id }, p) =>
        counters.some((counter) => counter.pools.length === 0 || counter.pools.includes(id))
          ? []
          : [{ path: [...path, 'pools', p], message: `no counter is fitted for ${id}` }],
      ),
    ];
  });
  return [...repeated(branches, ['branches']), ...inside];
}

function faultsOfAgents({
  branches,
  agents,
  travel,
}: {
  branches: Branches;
  agents: Agents;
  travel: readonly z.infer<typeof Journey>[];
}): Fault[] {
  const known = new Set(branches.map(({ id }) => id));
  const skills = new Set(branches.flatMap(({ pools }) => pools.map(({ skill }) => skill)));
  const unknown = (id: string, path: (string | number)[]): Fault[] =>
    known.has(id) ? [] : [{ path, message: `${id} is no branch of this file` }];
  return [
    ...repeated(agents, ['agents']),
    ...agents.flatMap((agent, a) => [
      ...unknown(agent.home, ['agents', a, 'home']),
      ...faultsOfPool(agent, branches, a),
      ...agent.skills.flatMap((skill, s) =>
        skills.has(skill) ? [] : [{ path: ['agents', a, 'skills', s], message: `no pool needs ${skill}` }],
      ),
      ...faultsOfBreaks(agent).map(({ path, message }) => ({ path: ['agents', a, ...path], message })),
    ]),
    ...travel.flatMap(({ from, to }, t) => [
      ...unknown(from, ['travel', t, 'from']),
      ...unknown(to, ['travel', t, 'to']),
    ]),
  ];
}

function faultsOfPool({ pool, home }: Agents[number], branches: Branches, place: number): Fault[] {
  const pools = branches.find(({ id }) => id === home)?.pools;
  if (pool === undefined || pools === undefined || pools.some(({ id }) => id === pool)) return [];
  return [{ path: ['agents', place, 'pool'], message: `${pool} is no pool of ${home}` }];
}

/** Breaks outside the shift, or that begin before the last one is over. */
function faultsOfBreaks({ shift, breaks }: Agents[number]): Fault[] {
  let free = minuteOfDay(shift.from);
  return breaks.flatMap(({ from, minutes }, i) => {
    const begins = minuteOfDay(from);
    const ends = begins + minutes;
    const late = ends > minuteOfDay(shift.to);
    const early = begins < free;
    free = Math.max(free, ends);
    if (late) return [{ path: ['breaks', i], message: 'ends after the shift' }];
    return early ? [{ path: ['breaks', i], message: 'begins before the shift or inside another break' }] : [];
  });
}
