/** The plan of a hall's day and who is there → plan against actual. Pure; times epoch ms. */
import type { ShiftRow } from '#shared/shifts.ts';
import type { AgentRow } from '#shared/views.ts';

/** How somebody keeps to the plan, worst first. */
export const ADHERENCES = [
  'overBreak',
  'missing',
  'overtime',
  'skipsBreak',
  'unplanned',
  'onBreak',
  'onPlan',
  'backOffice',
  'notYet',
  'left',
] as const;
export type Adherence = (typeof ADHERENCES)[number];

/** Those that somebody has to look after. */
const AMISS: ReadonlySet<Adherence> = new Set(['overBreak', 'missing', 'overtime', 'skipsBreak']);
export const isAmiss = (adherence: Adherence): boolean => AMISS.has(adherence);

export interface PersonOnShift {
  id: string;
  name: string;
  shift: ShiftRow | null;
  agent: AgentRow | null;
  adherence: Adherence;
  /** Of a break that runs: how long it may last, seconds. */
  breakSeconds: number | null;
}

const MINUTE_MS = 60_000;
/** Nobody is late by less than this. */
const GRACE_MS = 5 * MINUTE_MS;
/** A break nobody planned may last this long, seconds. */
const BREAK_SECONDS = 900;
const LUNCH_SECONDS = 1_800;

/** Everybody who is planned or there, those amiss first, then by the time of the shift. */
export function peopleOnShift(
  shifts: readonly ShiftRow[],
  agents: ReadonlyMap<string, AgentRow>,
  now: number,
): PersonOnShift[] {
  const planned = new Set(shifts.map(({ agent }) => agent));
  const others = [...agents.values()].filter(({ id }) => !planned.has(id));
  const people = [
    ...shifts.map((shift) => personOf(shift, agents.get(shift.agent) ?? null, now)),
    ...others.map((agent) => personOf(null, agent, now)),
  ];
  const rank = ({ adherence }: PersonOnShift): number => ADHERENCES.indexOf(adherence);
  return people.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.shift?.from ?? 0) - (b.shift?.from ?? 0) ||
      a.name.localeCompare(b.name, 'zh-CN'),
  );
}

function personOf(shift: ShiftRow | null, agent: AgentRow | null, now: number): PersonOnShift {
  const id = shift?.agent ?? agent?.id ?? '';
  const breakSeconds = agent?.activity === 'break' ? allowedSeconds(shift, agent) : null;
  return {
    id,
    name: agent?.name ?? shift?.name ?? id,
    shift,
    agent,
    adherence: agent ? seen(shift, agent, breakSeconds, now) : unseen(shift, now),
    breakSeconds,
  };
}

/** As long as the planned break nearest to its beginning, or as such a break usually is. */
function allowedSeconds(shift: ShiftRow | null, agent: AgentRow): number {
  const planned = (shift?.breaks ?? []).find(
    ({ from, to }) => agent.since >= from - GRACE_MS && agent.since < to,
  );
  if (planned) return (planned.to - planned.from) / 1_000;
  return agent.reason === 'lunch' ? LUNCH_SECONDS : BREAK_SECONDS;
}

function seen(shift: ShiftRow | null, agent: AgentRow, breakSeconds: number | null, now: number): Adherence {
  if (breakSeconds !== null) return now - agent.since > breakSeconds * 1_000 ? 'overBreak' : 'onBreak';
  if (shift === null) return 'unplanned';
  if (now >= shift.to + GRACE_MS) return 'overtime';
  const due = shift.breaks.some(({ from, to }) => now >= from + GRACE_MS && now < to);
  return due ? 'skipsBreak' : 'onPlan';
}

function unseen(shift: ShiftRow | null, now: number): Adherence {
  if (shift === null || now >= shift.to) return 'left';
  if (shift.backOffice && now >= shift.from) return 'backOffice';
  if (now < shift.from + GRACE_MS) return 'notYet';
  return isOnBreak(shift, now) ? 'onBreak' : 'missing';
}

const isOnBreak = ({ breaks }: ShiftRow, at: number): boolean =>
  breaks.some(({ from, to }) => at >= from && at < to);

/** How many are planned at counters at an instant. */
export const plannedAt = (shifts: readonly ShiftRow[], at: number): number =>
  shifts.filter((shift) => !shift.backOffice && at >= shift.from && at < shift.to && !isOnBreak(shift, at))
    .length;

/** When most people are on a break at once, from now on; `null` when nobody is. */
export function nextBreaks(shifts: readonly ShiftRow[], now: number): { at: number; people: number } | null {
  const starts = shifts.flatMap(({ breaks }) => breaks.flatMap(({ from }) => (from > now ? [from] : [])));
  return [...new Set(starts)]
    .sort((a, b) => a - b)
    .reduce<{ at: number; people: number } | null>((most, at) => {
      const people = shifts.filter((shift) => isOnBreak(shift, at)).length;
      return most === null || people > most.people ? { at, people } : most;
    }, null);
}
