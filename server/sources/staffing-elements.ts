/** Branches and agents of a staffing world, from the rows of its tables. */
import type { StaffingFault, StaffingWorld } from '#shared/staffing-world.ts';

export interface Row {
  file: string;
  line: number;
  cell: (column: string) => string;
}
type Tables = Partial<
  Record<'branches' | 'pools' | 'counters' | 'machines' | 'agents' | 'breaks', readonly Row[]>
>;

/** Lines of the elements of the world, by their path. */
export type Lines = Map<string, Row>;

const list = (cell: string): string[] => (cell === '' ? [] : cell.split(';').map((one) => one.trim()));
/** What is no number stays a text, so that the schema says so. */
export const number = (cell: string): unknown =>
  cell === '' || Number.isNaN(Number(cell)) ? cell : Number(cell);
const TRUTHS: Partial<Record<string, boolean>> = { yes: true, true: true, no: false, false: false };
const truth = (cell: string): unknown => TRUTHS[cell.toLowerCase()] ?? cell;
/** A field that is left out where its cell is empty. */
const given = (key: string, cell: string, read: (cell: string) => unknown = (text) => text): object =>
  cell === '' ? {} : { [key]: read(cell) };

interface Element {
  id: string;
}

/** Rows by the id of what they belong to; those of nobody are faults. */
function grouped(
  rows: readonly Row[],
  column: string,
  known: ReadonlySet<string>,
  faults: StaffingFault[],
): Map<string, Row[]> {
  for (const { file, line, cell } of rows)
    if (!known.has(cell(column)))
      faults.push({ file, line, field: column, message: `there is no ${column} ${cell(column)}` });
  return Map.groupBy(rows, ({ cell }) => cell(column));
}

export function branchesOf(
  tables: Tables,
  before: StaffingWorld | null,
  lines: Lines,
  faults: StaffingFault[],
): Element[] {
  const old = new Map(before?.branches.map((branch) => [branch.id, branch]));
  const own = tables.branches?.map((row, i) => {
    lines.set(`branches.${i}`, row);
    const { cell } = row;
    const latitude = cell('latitude');
    const position =
      latitude === '' ? undefined : { latitude: number(latitude), longitude: number(cell('longitude')) };
    return {
      id: cell('branch'),
      region: cell('region'),
      ...(position === undefined ? {} : { position }),
      ...given('donorLimit', cell('donor_limit'), number),
    };
  });
  const branches = own ?? [...old.values()];
  const ids = new Set(branches.map(({ id }) => id));
  const pools = grouped(tables.pools ?? [], 'branch', ids, faults);
  const counters = grouped(tables.counters ?? [], 'branch', ids, faults);
  const machines = grouped(tables.machines ?? [], 'branch', ids, faults);
  return branches.map((branch, b) => ({
    ...branch,
    pools:
      tables.pools === undefined
        ? (old.get(branch.id)?.pools ?? [])
        : (pools.get(branch.id) ?? []).map((row, i) => {
            lines.set(`branches.${b}.pools.${i}`, row);
            const { cell } = row;
            const floor = given('floor', cell('floor'), number);
            return { id: cell('pool'), queues: list(cell('queues')), skill: cell('skill'), ...floor };
          }),
    counters:
      tables.counters === undefined
        ? (old.get(branch.id)?.counters ?? [])
        : (counters.get(branch.id) ?? []).map((row, i) => {
            lines.set(`branches.${b}.counters.${i}`, row);
            return { id: row.cell('counter'), pools: list(row.cell('pools')) };
          }),
    selfService:
      tables.machines === undefined
        ? (old.get(branch.id)?.selfService ?? [])
        : (machines.get(branch.id) ?? []).map((row, i) => {
            lines.set(`branches.${b}.selfService.${i}`, row);
            const { cell } = row;
            return {
              id: cell('machine'),
              nameZh: cell('name_zh'),
              nameEn: cell('name_en'),
              queues: list(cell('queues')),
              ...given('machines', cell('count'), number),
              ...given('serviceSeconds', cell('service_seconds'), number),
            };
          }),
  }));
}

export function agentsOf(
  tables: Tables,
  before: StaffingWorld | null,
  lines: Lines,
  faults: StaffingFault[],
): Element[] {
  const old = new Map(before?.agents.map((agent) => [agent.id, agent]));
  const own = tables.agents?.map((row, i) => {
    lines.set(`agents.${i}`, row);
    const { cell } = row;
    return {
      id: cell('agent'),
      home: cell('home'),
      skills: list(cell('skills')),
      shift: { from: cell('shift_from'), to: cell('shift_to') },
      ...given('code', cell('code')),
      ...given('name', cell('name')),
      ...given('pool', cell('pool')),
      ...given('backOffice', cell('back_office'), truth),
      ...given('travels', cell('travels'), truth),
    };
  });
  const agents = own ?? [...old.values()];
  const breaks = grouped(tables.breaks ?? [], 'agent', new Set(agents.map(({ id }) => id)), faults);
  return agents.map((agent, a) => ({
    ...agent,
    breaks:
      tables.breaks === undefined
        ? (old.get(agent.id)?.breaks ?? [])
        : (breaks.get(agent.id) ?? []).map((row, i) => {
            lines.set(`agents.${a}.breaks.${i}`, row);
            const { cell } = row;
            return {
              kind: cell('kind'),
              from: cell('from'),
              minutes: number(cell('minutes')),
              ...given('movableMinutes', cell('movable_minutes'), number),
            };
          }),
  }));
}
