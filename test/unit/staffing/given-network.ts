import { layOutNetwork, type StaffingNetwork } from '#server/domain/staffing/network.ts';
import type { PersonNow, PoolNow, Situation } from '#server/domain/staffing/situation.ts';
import { StaffingWorld, type StaffingWorldInput } from '#shared/staffing-world.ts';

/** Two halls 20 minutes apart, one kind of business, three people in each; a second region an hour away. */
export const twoHalls: StaffingWorldInput = {
  branches: ['north', 'south'].map((id) => ({
    id,
    region: 'city',
    pools: [{ id: 'all', queues: ['q1', 'q2'], skill: 'general' }],
    counters: ['1', '2', '3', '4', '5'].map((counter) => ({ id: counter })),
  })),
  agents: ['n1', 'n2', 'n3', 's1', 's2', 's3'].map((id) => ({
    id,
    home: id.startsWith('n') ? 'north' : 'south',
    skills: ['general'],
    shift: { from: '09:00', to: '18:00' },
  })),
  travel: [{ from: 'north', to: 'south', minutes: 20 }],
};

export const networkOf = (world: StaffingWorldInput): StaffingNetwork =>
  layOutNetwork(StaffingWorld.parse(world));

export const quietPool: PoolNow = {
  waiting: 0,
  busy: 1,
  arrivalRate: [[0, 0.05]],
  rateVariance: 0.01,
  serviceMinutes: 6,
  serviceVariation: 0.8,
  patienceMinutes: 45,
  targetMinutes: 15,
};

export const busyPool: PoolNow = { ...quietPool, waiting: 12, busy: 3, arrivalRate: [[0, 0.6]] };

export const atCounter = (branch: number, pool: number): PersonNow => ({
  duty: 'counter',
  branch,
  pool,
  backIn: 0,
  breaks: [],
  shiftEndsIn: 400,
  movesToday: 0,
  restedMinutes: Infinity,
  recalled: false,
});

/** North is quiet, south is busy. */
export const oneSided = (): Situation => ({
  minute: 600,
  pools: [quietPool, busyPool],
  people: [0, 0, 0, 1, 1, 1].map((branch) => atCounter(branch, branch)),
  pastMoves: [],
});
