/** Made-up networks: 40 halls of a city with two kinds of business, staffed for their usual load. */
import type { StaffingWorldInput } from '#shared/staffing-world.ts';
import { createRng, type Rng } from '../../../rng.ts';
import {
  clockTime,
  LEAVES,
  OPENS,
  simulatedNetwork,
  type SimulatedNetwork,
  type SimulatedPool,
  SLOT,
  SLOTS,
  type Variety,
} from './simulated-network.ts';

/** Chosen so that without any action customers wait 3 to 4 min in `base` and 4 to 6 in `rough`. */
const VARIETIES: Record<'base' | 'rough', Variety> = {
  base: { region: 0.04, branch: 0.25, absence: 0.02, surge: { chance: 0.1, factor: 1.5 } },
  rough: { region: 0.06, branch: 0.32, absence: 0.05, surge: { chance: 0.25, factor: 1.7 } },
};

const CITY_KM = 16;
const KM_A_DEGREE = 111.2;
const KINDS = [
  { id: 'personal', serviceMinutes: 6, loads: [1.2, 3.2] },
  { id: 'business', serviceMinutes: 11, loads: [0.8, 2.4] },
] as const;
const OCCUPANCY = 0.62;
const SERVICE_VARIATION = 0.8;
const PATIENCE = 45;
const BOTH_SKILLS = 0.4;
const SPARE_COUNTERS = 2;
const FIRST_LUNCH = 11 * 60;
const LUNCH_MINUTES = 40;
const LUNCH_TURNS = 4;
const SWING = [0.25, 0.15] as const;

export function syntheticNetwork(
  name: 'base' | 'rough',
  branches: number,
  seed: number,
  backOffice: number,
): SimulatedNetwork {
  const rng = createRng(seed);
  const pools: SimulatedPool[] = [];
  const side = CITY_KM * Math.sqrt(branches / 40);
  const perRegion = 40;
  const world: StaffingWorldInput = { branches: [], agents: [] };
  for (let b = 0; b < branches; b++) {
    const id = `hall-${b}`;
    const [x, y] = [rng() * side, rng() * side];
    const tiles = Math.max(1, Math.round(Math.sqrt(branches / perRegion)));
    const tile = Math.floor((x / side) * tiles) * tiles + Math.floor((y / side) * tiles);
    let people = 0;
    for (const { id: kind, serviceMinutes, loads } of KINDS) {
      const load = loads[0] + rng() * (loads[1] - loads[0]);
      const staff = Math.max(2, Math.round(load / OCCUPANCY));
      pools.push({
        usual: dayShape(rng, load / serviceMinutes),
        serviceMinutes,
        serviceVariation: SERVICE_VARIATION,
        patienceMinutes: PATIENCE,
        targetMinutes: 15,
      });
      for (let i = 0; i < staff; i++) {
        const skills = rng() < BOTH_SKILLS ? KINDS.map((each) => each.id) : [kind];
        skills.sort((a, c) => Number(c === kind) - Number(a === kind));
        world.agents.push(agentOf(`${id}-${kind}-${i}`, id, skills, i, staff, false));
      }
      people += staff;
    }
    for (let i = 0; i < backOffice; i++)
      world.agents.push(
        agentOf(
          `${id}-office-${i}`,
          id,
          KINDS.map((each) => each.id),
          i,
          2,
          true,
        ),
      );
    world.branches.push({
      id,
      region: `region-${tile}`,
      position: { latitude: y / KM_A_DEGREE, longitude: x / KM_A_DEGREE },
      pools: KINDS.map((each) => ({ id: each.id, queues: [each.id], skill: each.id })),
      counters: Array.from({ length: people + SPARE_COUNTERS }, (_, c) => ({ id: String(c + 1) })),
    });
  }
  return simulatedNetwork(name, world, pools, VARIETIES[name]);
}

/** Lunch in turns, and one short break. */
export function agentOf(
  id: string,
  home: string,
  skills: string[],
  place: number,
  staff: number,
  backOffice: boolean,
): StaffingWorldInput['agents'][number] {
  const lunch = FIRST_LUNCH + Math.floor((place / staff) * LUNCH_TURNS) * LUNCH_MINUTES;
  const pause = 885 + (place % 3) * 20;
  return {
    id,
    home,
    skills,
    backOffice,
    shift: { from: clockTime(OPENS), to: clockTime(LEAVES) },
    breaks: [
      { kind: 'lunch', from: clockTime(lunch), minutes: LUNCH_MINUTES, movableMinutes: 20 },
      { kind: 'break', from: clockTime(pause), minutes: 15, movableMinutes: 30 },
    ],
  };
}

/** More in the late morning, less around noon, a little more in the afternoon; every hall by its own measure. */
function dayShape(rng: Rng, mean: number): Float64Array {
  const [morning, afternoon] = [SWING[0] * (0.5 + rng()), SWING[1] * (0.5 + rng())];
  const bump = (slot: number, middle: number, width: number): number =>
    Math.exp(-(((slot * SLOT - middle) / width) ** 2));
  const shape = Float64Array.from(
    { length: SLOTS },
    (_, slot) => 1 + morning * 1.6 * bump(slot, 90, 60) + afternoon * 1.6 * bump(slot, 330, 60),
  );
  const average = shape.reduce((sum, value) => sum + value, 0) / SLOTS;
  return shape.map((value) => (mean * value) / average);
}
