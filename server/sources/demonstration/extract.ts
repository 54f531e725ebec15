/**
 * Makes the data of the demonstration from the recorded originals; run again only to change the days shown:
 * `node server/sources/demonstration/extract.ts <folder with warsaw_offices_2020 and anonymous_bank_calls>`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { headerNames, splitRow } from '../csv-table.ts';
import type { RecordedGroup, RecordedHall, RecordedQueue } from './recorded.ts';
import { serviceNameOf } from './service-names.ts';

/** A Monday with the volume of twenty offices; the twenty-first, Śródmieście 2, was dead on every recorded day. */
const HALL_DAY = '2020-01-13';
/** A Sunday, a working day there: busy, and with the share of abandoned calls of a usual month. */
const HOTLINE_DAY = '1999-10-03';
const OPENS_AT_MINUTES = 8 * 60;
const CLOSES_AT_MINUTES = 18 * 60;
const SLOT_MINUTES = 30;
const SLOTS = (CLOSES_AT_MINUTES - OPENS_AT_MINUTES) / SLOT_MINUTES;
/** Queues whose open counters are the same in so many half hours are taken to share them. */
const SHARED_SLOTS = 0.85 * SLOTS;
const HOTLINE_COLUMNS = [
  'call_id',
  'queue',
  'priority',
  'queue_enter_time',
  'wait_s',
  'service_s',
  'outcome',
  'server',
];
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

interface QueueDay {
  letter: string;
  polish: string;
  calls: number[];
  /** People waiting, on average. */
  waiting: number[];
  counters: number[];
  /** Most counters on any recorded day. */
  most: number;
}

function rowsOf(path: string): ((column: string) => string)[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').split(/\r?\n/);
  const names = headerNames(header);
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const cells = splitRow(line) ?? [];
      return (column) => cells[names.indexOf(column)] ?? '';
    });
}

function readQueueDays(folder: string): Map<string, Map<string, QueueDay>> {
  const offices = new Map<string, Map<string, QueueDay>>();
  for (const row of rowsOf(join(folder, 'queues.csv'))) {
    const queues = offices.get(row('office')) ?? new Map<string, QueueDay>();
    offices.set(row('office'), queues);
    queues.set(row('queue_id'), {
      letter: row('letter'),
      polish: row('name_pl'),
      calls: new Array<number>(SLOTS).fill(0),
      waiting: new Array<number>(SLOTS).fill(0),
      counters: new Array<number>(SLOTS).fill(0),
      most: 0,
    });
  }
  for (const row of rowsOf(join(folder, 'halfhour.csv'))) {
    const queue = offices.get(row('office'))?.get(row('queue_id'));
    if (queue === undefined) continue;
    const counters = Number(row('counters_max'));
    queue.most = Math.max(queue.most, counters);
    const [day, time = ''] = row('interval_start').split('T');
    if (day !== HALL_DAY) continue;
    const slot = (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) - OPENS_AT_MINUTES) / SLOT_MINUTES;
    // Tickets called after closing were taken before it.
    const place = Math.min(slot, SLOTS - 1);
    queue.calls[place] = (queue.calls[place] ?? 0) + Number(row('tickets_called'));
    if (slot >= SLOTS) continue;
    queue.waiting[slot] = Number(row('waiting_mean'));
    queue.counters[slot] = counters;
  }
  return offices;
}

/** Tickets taken per slot: those called and the growth of the line, so that over the day both come to the same. */
function arrivalsOf({ calls, waiting }: QueueDay): number[] {
  let called = 0;
  let taken = 0;
  return calls.map((count, slot) => {
    called += count;
    const next = waiting[slot + 1];
    const left = next === undefined ? 0 : ((waiting[slot] ?? 0) + next) / 2;
    const before = taken;
    taken = next === undefined ? called : Math.max(taken, Math.min(sum(calls), Math.round(called + left)));
    return taken - before;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function shareCounters(a: QueueDay, b: QueueDay): boolean {
  const same = a.counters.filter((counters, slot) => counters === b.counters[slot]).length;
  const alone = Math.max(...a.counters) <= 1 && Math.max(...b.counters) <= 1;
  return same >= SHARED_SLOTS && !alone;
}

function hallOf(office: string, queues: ReadonlyMap<string, QueueDay>): RecordedHall {
  const groups: { days: QueueDay[]; group: RecordedGroup }[] = [];
  const letters = new Set<string>();
  const dead = [...queues.values()].every((day) => sum(day.calls) === 0);
  for (const [id, day] of queues) {
    if (sum(day.calls) === 0 && !dead) continue;
    const letter = letters.has(day.letter) ? [...LETTERS].find((free) => !letters.has(free)) : day.letter;
    letters.add(letter ?? '');
    const { kind, zh, en } = serviceNameOf(day.polish);
    const queue: RecordedQueue = {
      id,
      letter: letter ?? '',
      name: { zh, en },
      kind,
      arrivals: arrivalsOf(day),
    };
    const shared = groups.find(({ days }) => days[0] !== undefined && shareCounters(days[0], day));
    if (shared === undefined) {
      groups.push({ days: [day], group: { counters: day.most, open: day.counters, queues: [queue] } });
      continue;
    }
    shared.days.push(day);
    shared.group.counters = Math.max(shared.group.counters, day.most);
    shared.group.open = shared.group.open.map((open, slot) => Math.max(open, day.counters[slot] ?? 0));
    shared.group.queues.push(queue);
  }
  return { office, groups: groups.map(({ group }) => group) };
}

function extractHalls(folder: string, target: string): void {
  const halls = [...readQueueDays(folder)].map(([office, queues]) => hallOf(office, queues));
  const recorded = { day: HALL_DAY, slotMinutes: SLOT_MINUTES, halls };
  // One line a queue keeps the file small and its differences readable.
  const json = JSON.stringify(recorded).replaceAll('{"id"', '\n{"id"').replaceAll('{"office"', '\n{"office"');
  writeFileSync(join(target, 'halls.json'), `${json}\n`);
}

function extractHotline(folder: string, target: string): void {
  const lines = rowsOf(join(folder, 'calls.csv'))
    .filter(
      (row) => row('queue_enter_time').startsWith(HOTLINE_DAY) && /^(served|abandoned)$/.test(row('outcome')),
    )
    .map((row) => HOTLINE_COLUMNS.map(row).join(','));
  writeFileSync(join(target, 'hotline.csv'), `${[HOTLINE_COLUMNS.join(','), ...lines].join('\n')}\n`);
}

const [, , originals] = process.argv;
if (originals === undefined) throw new Error('name the folder of the recorded originals');
const target = join(import.meta.dirname, 'data');
extractHalls(join(originals, 'warsaw_offices_2020'), target);
extractHotline(join(originals, 'anonymous_bank_calls'), target);
