/** The ticket halls of Warsaw as a network: recorded volumes; staff, service times and journeys are assumptions. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StaffingWorldInput } from '#shared/staffing-world.ts';
import { UsageError } from '../../result.ts';
import {
  CLOSES,
  OPENS,
  simulatedNetwork,
  type SimulatedNetwork,
  SLOT,
  SLOTS,
  type Variety,
} from './simulated-network.ts';
import { agentOf } from './synthetic.ts';

const RECORDING = join(import.meta.dirname, '../../../../../shared/data/warsaw_offices_2020/halfhour.csv');
const HALF_HOUR = 30;
/** Working days of the recording that are not next to a holiday. */
const DAYS = ['02', '03', '07', '08', '09', '10', '13', '14'].map((day) => `2020-01-${day}`);
const FEWEST_A_DAY = 100;

/** Middles of the districts, degrees, to about a kilometre. */
const POSITIONS: Record<string, readonly [latitude: number, longitude: number]> = {
  UD_Bemowo: [52.24, 20.91],
  UD_Bialoleka: [52.32, 21.02],
  UD_Bielany: [52.28, 20.94],
  UD_Mokotow_1: [52.19, 21.02],
  UD_Mokotow_2: [52.2, 21.05],
  UD_Ochota: [52.21, 20.97],
  UD_Praga_Polnoc: [52.26, 21.03],
  UD_Praga_Poludnie: [52.24, 21.07],
  UD_Rembertow: [52.26, 21.16],
  UD_Srodmiescie_1: [52.23, 21.01],
  UD_Targowek: [52.29, 21.05],
  UD_Ursus: [52.19, 20.88],
  UD_Wlochy: [52.19, 20.93],
  UD_Wola: [52.24, 20.96],
  UD_Zoliborz: [52.27, 20.98],
};

/** How much more than by chance the recorded totals of an office differ from day to day, about. */
const VARIETY: Variety = { region: 0.05, branch: 0.15, absence: 0.04, surge: { chance: 0.1, factor: 1.4 } };
const SERVICE_MINUTES = 8;
const OCCUPANCY = 0.76;
const SPARE_COUNTERS = 3;

/** UsageError where the recording is not at hand. */
export function warsawNetwork(officePeople: number): SimulatedNetwork {
  if (!existsSync(RECORDING)) throw new UsageError(`the recording of Warsaw is not at ${RECORDING}`);
  const volumes = volumesByOffice(readFileSync(RECORDING, 'utf8'));
  const world: StaffingWorldInput = { branches: [], agents: [] };
  const pools = [...volumes].map(([office, usual]) => {
    const load = (usual.reduce((sum, rate) => sum + rate, 0) / SLOTS) * SERVICE_MINUTES;
    const staff = Math.max(2, Math.round(load / OCCUPANCY));
    const [latitude, longitude] = POSITIONS[office] ?? [0, 0];
    world.branches.push({
      id: office,
      region: 'warsaw',
      position: { latitude, longitude },
      pools: [{ id: 'all', queues: ['all'], skill: 'district' }],
      counters: Array.from({ length: staff + SPARE_COUNTERS }, (_, i) => ({ id: String(i + 1) })),
      donorLimit: 3,
    });
    for (let i = 0; i < staff; i++)
      world.agents.push(agentOf(`${office}-${i}`, office, ['district'], i, staff, false));
    for (let i = 0; i < officePeople; i++)
      world.agents.push(agentOf(`${office}-office-${i}`, office, ['district'], i, 2, true));
    return {
      usual,
      serviceMinutes: SERVICE_MINUTES,
      serviceVariation: 0.8,
      patienceMinutes: 45,
      targetMinutes: 15,
    };
  });
  return simulatedNetwork('warsaw', world, pools, VARIETY);
}

/** Tickets a minute by slot of the opening hours, the mean of the days, of offices that are placed and busy. */
function volumesByOffice(csv: string): Map<string, Float64Array> {
  const volumes = new Map<string, Float64Array>();
  for (const line of csv.split('\n').slice(1)) {
    const [start = '', office = '', , tickets] = line.split(',');
    const minute = Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16));
    if (!DAYS.includes(start.slice(0, 10)) || POSITIONS[office] === undefined) continue;
    if (minute < OPENS || minute >= CLOSES) continue;
    const usual = volumes.get(office) ?? new Float64Array(SLOTS);
    volumes.set(office, usual);
    const slot = (minute - OPENS) / SLOT;
    for (let i = slot; i < slot + HALF_HOUR / SLOT; i++)
      usual[i] = (usual[i] ?? 0) + Number(tickets) / HALF_HOUR / DAYS.length;
  }
  return new Map(
    [...volumes].filter(([, usual]) => usual.reduce((sum, rate) => sum + rate * SLOT, 0) >= FEWEST_A_DAY),
  );
}
