/** A network to be simulated: its staffing world and what its customers are like. Minutes throughout. */
import { layOutNetwork, type StaffingNetwork } from '../../../domain/staffing/network.ts';
import { minuteOfDay, StaffingWorld, type StaffingWorldInput } from '#shared/staffing-world.ts';

export interface SimulatedPool {
  /** Usual arrivals a minute, by slot of the day. */
  usual: Float64Array;
  serviceMinutes: number;
  serviceVariation: number;
  patienceMinutes: number;
  targetMinutes: number;
}

/** How days differ; deviations are of ratios, chances a day. */
export interface Variety {
  region: number;
  branch: number;
  absence: number;
  /** An hour or more in which far more come than usual. */
  surge: { chance: number; factor: number };
}

export interface SimulatedNetwork {
  name: string;
  world: StaffingWorld;
  network: StaffingNetwork;
  pools: readonly SimulatedPool[];
  variety: Variety;
}

export const OPENS = 9 * 60;
export const CLOSES = 17 * 60;
/** People stay so long after the doors close, for those who wait. */
const AFTER_MINUTES = 60;
export const LEAVES = CLOSES + AFTER_MINUTES;
export const SLOT = 15;
export const SLOTS = (CLOSES - OPENS) / SLOT;

export const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(Math.floor(minute % 60)).padStart(2, '0')}`;

/** Lays the world out as an installation would: by way of its file. */
export function simulatedNetwork(
  name: string,
  input: StaffingWorldInput,
  pools: readonly SimulatedPool[],
  variety: Variety,
): SimulatedNetwork {
  const world = StaffingWorld.parse(input);
  return { name, world, network: layOutNetwork(world), pools, variety };
}

/** The breaks of an agent, minutes after midnight. */
export const plannedBreaks = (world: StaffingWorld, agent: number) =>
  (world.agents[agent]?.breaks ?? []).map(({ kind, from, minutes, movableMinutes }) => ({
    from: minuteOfDay(from),
    minutes,
    lunch: kind === 'lunch',
    movableMinutes,
  }));
