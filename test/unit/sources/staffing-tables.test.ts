import { describe, expect, it } from 'vitest';
import { STAFFING_TABLES } from '#shared/staffing-tables.ts';
import type { StaffingWorld } from '#shared/staffing-world.ts';
import { csvLine } from '#server/http/csv.ts';
import { staffingTable } from '#server/sources/staffing-tables-out.ts';
import { readStaffingTables } from '#server/sources/staffing-tables.ts';

const NETWORK = new Set(['north', 'south']);
const FILES = {
  'branches.csv': 'branch,region,latitude,longitude,donor_limit\nnorth,city,52.2,21.0,1\nsouth,city,,,\n',
  'pools.csv': 'branch,pool,queues,skill,floor\nnorth,all,a;b,general,1\nsouth,all,a;b,general,\n',
  'counters.csv': 'branch,counter,pools\nnorth,1,all\nnorth,2,\nsouth,1,\n',
  'machines.csv':
    'branch,machine,name_zh,name_en,queues,count,service_seconds\nnorth,kiosk,自助机,kiosk,a;b,3,\n',
  'agents.csv':
    'agent,home,skills,shift_from,shift_to,name,travels\nn1,north,general,09:00,17:00,"Li, Hua",yes\nn2,south,general,10:00,18:00,,no\n',
  'breaks.csv': 'agent,kind,from,minutes,movable_minutes\nn1,lunch,12:00,30,20\n',
  'travel.csv': 'from,to,minutes\nnorth,south,18\n',
  'quiet.csv': 'quiet_from,quiet_to\n12:00,12:30\n',
  'policy.csv': 'policy,value\nleastGain,40\n',
};
type FileName = keyof typeof FILES;

/** Reads all files, some of them with another text, into what was there before. */
function read(over: Partial<Record<FileName, string>> = {}, before: StaffingWorld | null = null) {
  const files = Object.entries({ ...FILES, ...over }).map(([file, text]) => ({ file, text }));
  return readStaffingTables(files, before, NETWORK);
}
function world(): StaffingWorld {
  const answer = read();
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults));
  return answer.world;
}
const faultsOf = (over: Parameters<typeof read>[0]) => {
  const answer = read(over);
  return 'faults' in answer ? answer.faults : [];
};

describe('tables of people and places', () => {
  it('make a world, with defaults where a cell is empty', () => {
    const { branches, agents, travel, quietHours, policy } = world();
    expect(branches[0]).toMatchObject({ id: 'north', donorLimit: 1, position: { latitude: 52.2 } });
    expect(branches[1]).toMatchObject({
      donorLimit: 2,
      pools: [{ id: 'all', queues: ['a', 'b'], floor: 1 }],
    });
    expect(branches[0]?.counters).toEqual([
      { id: '1', pools: ['all'] },
      { id: '2', pools: [] },
    ]);
    expect(branches.map(({ selfService }) => selfService)).toEqual([
      [
        {
          id: 'kiosk',
          nameZh: '自助机',
          nameEn: 'kiosk',
          queues: ['a', 'b'],
          machines: 3,
          serviceSeconds: 240,
        },
      ],
      [],
    ]);
    expect(agents[0]).toMatchObject({ name: 'Li, Hua', travels: true, breaks: [{ movableMinutes: 20 }] });
    expect(agents[1]).toMatchObject({ travels: false, breaks: [] });
    expect([travel.length, quietHours.length, policy.leastGain]).toEqual([1, 1, 40]);
  });

  it('replace what they are about, and leave the rest', () => {
    const only = [
      { file: 'more.csv', text: 'agent,home,skills,shift_from,shift_to\nn1,north,general,08:00,16:00\n' },
    ];
    const answer = readStaffingTables(only, world(), NETWORK);
    if ('faults' in answer) throw new Error(JSON.stringify(answer.faults));
    expect(answer.world.agents).toMatchObject([
      { id: 'n1', shift: { from: '08:00' }, breaks: [{ kind: 'lunch' }] },
    ]);
    expect(answer.world.branches).toEqual(world().branches);
    expect(answer.world.policy.leastGain).toBe(40);
  });

  it('say of each wrong line where it is and what is wrong with it', () => {
    const faults = faultsOf({
      'agents.csv':
        'agent,home,skills,shift_from,shift_to\nn1,north,general,9 am,17:00\nn2,south,magic,10:00,18:00\nn2,south,general,10:00,18:00\n',
      'travel.csv': 'from,to,minutes\nnorth,south,soon\n',
    });
    expect(faults.map(({ file, line, field }) => [file, line, field])).toEqual(
      expect.arrayContaining([
        ['agents.csv', 2, 'shift.from'],
        ['travel.csv', 2, 'minutes'],
      ]),
    );
    const doubled = faultsOf({
      'agents.csv':
        'agent,home,skills,shift_from,shift_to\nn1,north,general,09:00,17:00\nn2,south,magic,10:00,18:00\nn2,south,general,10:00,18:00\n',
    });
    expect(doubled).toEqual([
      { file: 'agents.csv', line: 4, field: 'id', message: 'n2 stands twice' },
      { file: 'agents.csv', line: 3, field: 'skills.0', message: 'no pool needs magic' },
    ]);
  });

  it('name columns, rows and branches that nobody knows', () => {
    expect(faultsOf({ 'quiet.csv': 'moon,sun\n1,2\n' })).toMatchObject([{ file: 'quiet.csv', line: 1 }]);
    expect(faultsOf({ 'travel.csv': 'from,to,minutes,km\nnorth,south,18,9\n' })).toMatchObject([
      { file: 'travel.csv', line: 1, field: 'km' },
    ]);
    expect(faultsOf({ 'pools.csv': 'branch,pool,queues,skill\nnorth,all,"a,general\n' })).toMatchObject([
      { file: 'pools.csv', line: 2 },
    ]);
    expect(faultsOf({ 'branches.csv': 'branch,region\nnorth,city\nsouth,city\nwest,city\n' })).toMatchObject([
      { file: 'branches.csv', line: 4, field: 'branch' },
    ]);
    expect(faultsOf({ 'breaks.csv': 'agent,kind,from,minutes\nnobody,lunch,12:00,30\n' })).toMatchObject([
      { file: 'breaks.csv', line: 2, field: 'agent' },
    ]);
    expect(faultsOf({ 'policy.csv': 'policy,value\nluck,7\n' })).toMatchObject([
      { file: 'policy.csv', line: 2 },
    ]);
  });
});

describe('tables that are taken along', () => {
  const textOf = (rows: readonly object[]): string =>
    [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row) as string[])].map(csvLine).join('');

  it('make the same world again', () => {
    const before = world();
    const tables = STAFFING_TABLES.map((name) => ({
      file: `${name}.csv`,
      text: textOf(staffingTable(before, name) ?? []),
    }));
    expect(readStaffingTables(tables, null, NETWORK)).toMatchObject({ world: before });
  });

  it('are those there are', () => {
    expect(staffingTable(world(), 'toString')).toBeUndefined();
  });
});
