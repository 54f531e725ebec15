/** Who will serve each pool as things are committed: shifts, breaks and people on their way. */
import type { StepFunction } from '../queueing/step-function.ts';
import type { PersonNow } from './situation.ts';

/** Servers by pool over the next `horizon` minutes. */
export function committedStaff(people: readonly PersonNow[], pools: number, horizon: number): StepFunction[] {
  const changes = Array.from({ length: pools }, (): Map<number, number> => new Map());
  for (const person of people) {
    const steps = changes[person.pool];
    if (steps === undefined) continue;
    for (const [at, change] of presence(person)) {
      if (at < horizon) steps.set(at, (steps.get(at) ?? 0) + change);
    }
  }
  return changes.map((steps) => {
    let servers = 0;
    const inOrder = [...steps].sort(([a], [b]) => a - b);
    const course: (readonly [number, number])[] = [[0, 0]];
    for (const [at, change] of inOrder) {
      servers += change;
      if (at <= 0) course[0] = [0, servers];
      else if (change !== 0) course.push([at, servers]);
    }
    return course;
  });
}

/** When one person comes (1) and goes (−1). Whoever is away and comes back is expected, but cannot be planned with. */
function presence({ duty, backIn, breaks, shiftEndsIn }: PersonNow): [at: number, change: number][] {
  const isExpected = duty === 'away' && backIn > 0;
  if (duty !== 'counter' && duty !== 'break' && duty !== 'moving' && !isExpected) return [];
  const comes = Math.max(0, backIn);
  if (comes >= shiftEndsIn) return [];
  const steps: [number, number][] = [
    [comes, 1],
    [shiftEndsIn, -1],
  ];
  for (const { from, minutes } of breaks) {
    const begins = Math.max(from, comes);
    if (begins >= shiftEndsIn) continue;
    steps.push([begins, -1], [Math.min(begins + minutes, shiftEndsIn), 1]);
  }
  return steps;
}

/** The floor of a pool holds also through the breaks of so many minutes to come. */
const FLOOR_AHEAD = 60;

/** How many may leave a pool without its falling below its floor (rule GD3). */
export const aboveFloor = (staff: StepFunction, floor: number): number =>
  Math.max(0, fewestServers(staff, FLOOR_AHEAD) - floor);

/** The fewest servers between now and `until`. */
export function fewestServers(staff: StepFunction, until: number): number {
  return staff.reduce((least, [at, servers]) => (at < until ? Math.min(least, servers) : least), Infinity);
}
