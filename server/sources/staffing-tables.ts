/**
 * The staffing world as tables (CSV): one file for branches, pools, counters, self-service machines, agents, breaks, journeys, quiet hours or the
 * policy, told apart by its columns. A table replaces what it is about; the rest stays as it was.
 */
import { type StaffingFault, StaffingWorld } from '#shared/staffing-world.ts';
import { cellReader, headerNames, splitRow } from './csv-table.ts';
import { agentsOf, branchesOf, type Lines, number, type Row } from './staffing-elements.ts';

export interface NamedTable {
  file: string;
  text: string;
}

export type TablesAnswer = { world: StaffingWorld; rows: number } | { faults: StaffingFault[] };

type Kind = Record<'required' | 'optional', readonly string[]>;

/** Columns by table; lists inside a cell are separated by semicolons. */
const KINDS = {
  breaks: { required: ['agent', 'kind', 'from', 'minutes'], optional: ['movable_minutes'] },
  pools: { required: ['branch', 'pool', 'queues', 'skill'], optional: ['floor'] },
  counters: { required: ['branch', 'counter'], optional: ['pools'] },
  machines: {
    required: ['branch', 'machine', 'name_zh', 'name_en', 'queues'],
    optional: ['count', 'service_seconds'],
  },
  branches: { required: ['branch', 'region'], optional: ['latitude', 'longitude', 'donor_limit'] },
  agents: {
    required: ['agent', 'home', 'skills', 'shift_from', 'shift_to'],
    optional: ['code', 'name', 'pool', 'back_office', 'travels'],
  },
  travel: { required: ['from', 'to', 'minutes'], optional: [] },
  quietHours: { required: ['quiet_from', 'quiet_to'], optional: [] },
  policy: { required: ['policy', 'value'], optional: [] },
} as const satisfies Record<string, Kind>;
type TableName = keyof typeof KINDS;

type Tables = Partial<Record<TableName, Row[]>>;

/** The world with these tables in it, of the network's `branches`; nothing of it when anything is wrong. */
export function readStaffingTables(
  files: readonly NamedTable[],
  before: StaffingWorld | null,
  branches: ReadonlySet<string>,
): TablesAnswer {
  const tables: Tables = {};
  const faults: StaffingFault[] = [];
  for (const { file, text } of files) {
    const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
    const header = headerNames(lines[0] ?? '');
    const name = kindOf(header);
    if (name === undefined) {
      faults.push({ file, line: 1, field: '', message: 'these columns make no table of people and places' });
      continue;
    }
    const { required, optional }: Kind = KINDS[name];
    const known = new Set([...required, ...optional]);
    const unknown = header.find((column) => !known.has(column));
    if (unknown !== undefined)
      faults.push({ file, line: 1, field: unknown, message: 'is no column of this table' });
    const read = cellReader(header, required, optional);
    const rows = (tables[name] ??= []);
    lines.slice(1).forEach((line, i) => {
      if (line.trim() === '') return;
      const cells = splitRow(line);
      if (cells === null) faults.push({ file, line: i + 2, field: '', message: 'its quotes do not match' });
      else rows.push({ file, line: i + 2, cell: (column) => read(cells, column) });
    });
  }
  for (const { file, line, cell } of tables.branches ?? [])
    if (!branches.has(cell('branch')))
      faults.push({ file, line, field: 'branch', message: `the network has no branch ${cell('branch')}` });
  return faults.length > 0 ? { faults } : build(tables, before);
}

const kindOf = (header: readonly string[]): TableName | undefined =>
  (Object.keys(KINDS) as TableName[]).find((name) =>
    KINDS[name].required.every((column) => header.includes(column)),
  );

function build(tables: Tables, before: StaffingWorld | null): TablesAnswer {
  const lines: Lines = new Map();
  const faults: StaffingFault[] = [];
  // Anything may stand in a cell: the schema says what is wrong.
  const world = {
    branches: branchesOf(tables, before, lines, faults),
    agents: agentsOf(tables, before, lines, faults),
    travel:
      tables.travel?.map((row, i) => {
        lines.set(`travel.${i}`, row);
        return { from: row.cell('from'), to: row.cell('to'), minutes: number(row.cell('minutes')) };
      }) ?? before?.travel,
    quietHours:
      tables.quietHours?.map((row, i) => {
        lines.set(`quietHours.${i}`, row);
        return { from: row.cell('quiet_from'), to: row.cell('quiet_to') };
      }) ?? before?.quietHours,
    policy: {
      ...before?.policy,
      ...Object.fromEntries(
        (tables.policy ?? []).map((row) => {
          lines.set(`policy.${row.cell('policy')}`, row);
          return [row.cell('policy'), number(row.cell('value'))];
        }),
      ),
    },
  };
  const parsed = StaffingWorld.safeParse(world);
  if (!parsed.success)
    faults.push(...parsed.error.issues.flatMap((issue) => faultsOf(issue.path, issue, lines)));
  if (faults.length > 0 || !parsed.success) return { faults };
  return { world: parsed.data, rows: Object.values(tables).reduce((sum, rows) => sum + rows.length, 0) };
}

interface Issue {
  code: string;
  message: string;
  keys?: string[];
}

/** An issue of the schema, at the line whose element it is in: that with the longest path. */
function faultsOf(path: readonly PropertyKey[], { message, keys }: Issue, lines: Lines): StaffingFault[] {
  for (const field of keys ?? [undefined]) {
    const whole = [...path.map(String), ...(field === undefined ? [] : [field])];
    for (let length = whole.length; length > 0; length--) {
      const row = lines.get(whole.slice(0, length).join('.'));
      if (row === undefined) continue;
      return [{ file: row.file, line: row.line, field: whole.slice(length).join('.'), message }];
    }
  }
  return [{ file: '', line: 0, field: path.map(String).join('.'), message }];
}
