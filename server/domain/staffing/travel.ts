/** Journeys between branches: measured ones, or from the distance. */
import type { StaffingWorld } from '#shared/staffing-world.ts';

export interface Neighbour {
  branch: number;
  /** Door to door. */
  minutes: number;
}

const EARTH_RADIUS_KM = 6_371;
const RADIANS = Math.PI / 180;
/** Door to door in a city: leaving and arriving, and so many minutes a kilometre as the crow flies. */
const FIXED_MINUTES = 8;
const MINUTES_A_KM = 3;

/** By branch, the others within `longest` minutes, nearest first. */
export function nearBranches({ branches, travel }: StaffingWorld, longest: number): Neighbour[][] {
  const place = new Map(branches.map(({ id }, i) => [id, i]));
  const near = branches.map(() => new Map<number, number>());
  const reach = (longest - FIXED_MINUTES) / MINUTES_A_KM;
  const placed = branches
    .flatMap(({ position }, branch) => (position ? [{ branch, ...position }] : []))
    .sort((a, b) => a.latitude - b.latitude);
  const furthestNorth = reach / (EARTH_RADIUS_KM * RADIANS);
  placed.forEach((one, i) => {
    for (let j = i + 1; j < placed.length; j++) {
      const other = placed[j];
      if (other === undefined || other.latitude - one.latitude > furthestNorth) break;
      const km = kilometres(one, other);
      if (km > reach) continue;
      near[one.branch]?.set(other.branch, FIXED_MINUTES + MINUTES_A_KM * km);
      near[other.branch]?.set(one.branch, FIXED_MINUTES + MINUTES_A_KM * km);
    }
  });
  for (const { from, to, minutes } of travel) {
    const [a = -1, b = -1] = [place.get(from), place.get(to)];
    near[a]?.set(b, minutes);
    near[b]?.set(a, minutes);
  }
  return near.map((found) =>
    [...found]
      .flatMap(([branch, minutes]) => (minutes <= longest ? [{ branch, minutes }] : []))
      .sort((a, b) => a.minutes - b.minutes || a.branch - b.branch),
  );
}

interface Position {
  latitude: number;
  longitude: number;
}

/** Over the flat map around the two, which is exact enough for a city. */
function kilometres(one: Position, other: Position): number {
  const north = (other.latitude - one.latitude) * RADIANS;
  const east =
    (other.longitude - one.longitude) * RADIANS * Math.cos(((one.latitude + other.latitude) / 2) * RADIANS);
  return EARTH_RADIUS_KM * Math.hypot(north, east);
}
