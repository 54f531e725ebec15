/** Announcements worth proposing: customers of a queue that is likely to breach go to a machine, or to another hall (rule GD1). */
import { minuteOfDay } from '#shared/staffing-world.ts';
import { persistent } from '../../domain/staffing/hysteresis.ts';
import { nearBranches } from '../../domain/staffing/travel.ts';
import { isRejectedNeed, steeringNeed } from './open-needs.ts';
import { placeNames } from './place-names.ts';
import { poolPlaces } from './pool-places.ts';
import {
  type PressedQueue,
  proposeSteering,
  type SteeringAsked,
  type SteeringWay,
  staysOpen,
  waysElsewhere,
} from './steering-ways.ts';
import type { PlanAnswer } from './suggest.ts';

/** From this chance of a breach on customers are steered away. */
const LIKELY = 0.5;
/** Of so many queues, those likeliest to breach, ways elsewhere are looked for in one plan. */
const MOST_LOOKED_AT = 8;

export function steerCustomers(asked: SteeringAsked): Omit<PlanAnswer, 'breaches'> {
  const { world, profiles, open, memory: before, at } = asked;
  const found = findWays(asked);
  const { kept, memory } = persistent(before, found, ({ need }) => need, world.policy.persistentPlans);
  const nameOf = placeNames(world, profiles);
  const places = poolPlaces(world);
  const needed = new Set(found.map(({ need }) => need));
  return {
    proposed: kept
      .filter(({ need, ways: [best] }) =>
        open.every((each) => each.need !== need || (each.id === null && !isRejectedNeed(each, best.netGain))),
      )
      .map(({ queue, ways }) => proposeSteering(queue, ways, { profiles, places, nameOf, at })),
    memory,
    outdated: open.flatMap(({ id, need }) => (id === null || needed.has(need) || before.has(need) ? [] : id)),
  };
}

interface Found {
  need: string;
  queue: PressedQueue;
  ways: [SteeringWay, ...SteeringWay[]];
}

/** No hall takes customers of two queues. */
function findWays(asked: SteeringAsked): Found[] {
  const { world } = asked;
  const pressed = pressedQueues(asked);
  if (pressed.length === 0) return [];
  const near = nearBranches(world, world.policy.steerMinutes);
  const places = new Map(world.branches.map(({ id }, place) => [id, place]));
  const taking = new Set<string>();
  return pressed.flatMap((queue): Found[] => {
    const { branch } = queue.hall.now;
    const neighbours = (near[places.get(branch) ?? -1] ?? []).flatMap(({ branch: other, minutes }) => {
      const id = world.branches[other]?.id;
      return id === undefined || taking.has(id) ? [] : [{ branch: id, minutes }];
    });
    const [best, ...others] = waysElsewhere(queue, neighbours, asked);
    if (best === undefined) return [];
    for (const { taker } of [best, ...others]) if (taker !== null) taking.add(taker.hall.now.branch);
    return [{ need: steeringNeed(branch, queue.queue), queue, ways: [best, ...others] }];
  });
}

/** The likeliest breaches first: of open halls, where nothing inside the hall would help. */
function pressedQueues({ world, halls, breachChance, helped, minute, at }: SteeringAsked): PressedQueue[] {
  if (world.quietHours.some(({ from, to }) => minute >= minuteOfDay(from) && minute < minuteOfDay(to)))
    return [];
  const places = poolPlaces(world);
  return world.branches
    .flatMap(({ id }): PressedQueue[] => {
      const hall = halls.get(id);
      if (hall === undefined || !staysOpen(hall, 0, at)) return [];
      return hall.now.queues.flatMap((queue, place) => {
        const chance = breachChance(id, queue.id);
        const isHelped = helped.has(places.poolOfQueues(id, [queue.id]));
        return chance < LIKELY || !queue.isKnown || isHelped
          ? []
          : [{ hall, queue: queue.id, place, chance }];
      });
    })
    .sort((a, b) => b.chance - a.chance)
    .slice(0, MOST_LOOKED_AT);
}
