/** The staffing world as the tables it is read from, to be changed in a spreadsheet and read again. */
import type { StaffingTable } from '#shared/staffing-tables.ts';
import type { StaffingWorld } from '#shared/staffing-world.ts';

/** Lists inside a cell. */
const list = (ids: readonly string[]): string => ids.join(';');
const truth = (is: boolean): string => (is ? 'yes' : 'no');

const TABLES: Record<StaffingTable, (world: StaffingWorld) => object[]> = {
  branches: ({ branches }) =>
    branches.map(({ id, region, position, donorLimit }) => ({
      branch: id,
      region,
      latitude: position?.latitude ?? null,
      longitude: position?.longitude ?? null,
      donor_limit: donorLimit,
    })),
  pools: ({ branches }) =>
    branches.flatMap(({ id, pools }) =>
      pools.map((pool) => ({
        branch: id,
        pool: pool.id,
        queues: list(pool.queues),
        skill: pool.skill,
        floor: pool.floor,
      })),
    ),
  counters: ({ branches }) =>
    branches.flatMap(({ id, counters }) =>
      counters.map((counter) => ({ branch: id, counter: counter.id, pools: list(counter.pools) })),
    ),
  machines: ({ branches }) =>
    branches.flatMap(({ id, selfService }) =>
      selfService.map((machine) => ({
        branch: id,
        machine: machine.id,
        name_zh: machine.nameZh,
        name_en: machine.nameEn,
        queues: list(machine.queues),
        count: machine.machines,
        service_seconds: machine.serviceSeconds,
      })),
    ),
  agents: ({ agents }) =>
    agents.map(({ id, home, skills, shift, code, name, pool, backOffice, travels }) => ({
      agent: id,
      home,
      skills: list(skills),
      shift_from: shift.from,
      shift_to: shift.to,
      code: code ?? null,
      name: name ?? null,
      pool: pool ?? null,
      back_office: truth(backOffice),
      travels: truth(travels),
    })),
  breaks: ({ agents }) =>
    agents.flatMap(({ id, breaks }) =>
      breaks.map(({ kind, from, minutes, movableMinutes }) => ({
        ...{ agent: id, kind, from, minutes },
        movable_minutes: movableMinutes,
      })),
    ),
  travel: ({ travel }) => travel,
  'quiet-hours': ({ quietHours }) => quietHours.map(({ from, to }) => ({ quiet_from: from, quiet_to: to })),
  policy: ({ policy }) => Object.entries(policy).map(([name, value]) => ({ policy: name, value })),
};

const isTable = (name: string): name is StaffingTable => Object.hasOwn(TABLES, name);

/** The rows of one table; `undefined` when there is no such table. */
export const staffingTable = (world: StaffingWorld, table: string): object[] | undefined =>
  isTable(table) ? TABLES[table](world) : undefined;
