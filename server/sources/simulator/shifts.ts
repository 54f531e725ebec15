import type { ReportedAgentState } from '#shared/events.ts';
import { createRng, seedOf, type Rng } from '#server/rng.ts';
import { between } from './chance.ts';
import { HOUR_MS, MINUTE_MS, type CounterGroup, type HallSpec } from './hall-spec.ts';

/** Counters that close for so few slots only have their agent on a break. */
const DIP_SLOTS = 2;
/** Longer openings of a counter are shared by two agents. */
const LONGEST_SHIFT_MS = 6.5 * HOUR_MS;
/** Lunches begin this long after the hall opened, for those who came well before and stay well after. */
const LUNCH_MS = [3.3 * HOUR_MS, 5.2 * HOUR_MS] as const;
const LUNCH_MARGIN_MS = 1.5 * HOUR_MS;
const REST_SHIFT_MS = 3 * HOUR_MS;
const OTHER_WORK_SHARE = 0.15;
const OTHER_WORK: readonly ReportedAgentState[] = ['backOffice', 'training', 'meeting'];

/** Time away from the counter; it begins when the customer in front has been served. */
export interface Pause {
  from: number;
  lengthMs: number;
  state: ReportedAgentState;
  reason?: string;
}

/** One agent at one counter. */
export interface Shift {
  agent: string;
  counter: string;
  from: number;
  to: number;
  pauses: Pause[];
}

/** Who works at which counter of the group and when, by counter in order of time, so that as many are open as recorded. */
export function planShifts(spec: HallSpec, group: CounterGroup, seed: number): Shift[] {
  return group.counters.flatMap((counter, place) => {
    const rng = createRng(seedOf(seed, 'shifts', counter));
    const isOpen = withoutDips(group.open.map((open) => open > place));
    return spansOf(isOpen).flatMap(([first, end]) => shiftsOf(spec, counter, first, end, rng));
  });
}

function withoutDips(isOpen: boolean[]): boolean[] {
  return isOpen.map((open, slot) => {
    const before = isOpen.slice(Math.max(0, slot - DIP_SLOTS), slot).includes(true);
    const after = isOpen.slice(slot + 1, slot + 1 + DIP_SLOTS).includes(true);
    return open || (before && after);
  });
}

function spansOf(isOpen: readonly boolean[]): [first: number, end: number][] {
  const spans: [number, number][] = [];
  isOpen.forEach((open, slot) => {
    const last = spans.at(-1);
    if (open && last?.[1] === slot) last[1] = slot + 1;
    else if (open) spans.push([slot, slot + 1]);
  });
  return spans;
}

function shiftsOf(spec: HallSpec, counter: string, first: number, end: number, rng: Rng): Shift[] {
  const from = spec.opensAt + first * spec.slotMs + between(rng, -4 * MINUTE_MS, 2 * MINUTE_MS);
  const to = spec.opensAt + end * spec.slotMs;
  const middle = (from + to) / 2 + between(rng, -HOUR_MS / 2, HOUR_MS / 2);
  const spans =
    to - from > LONGEST_SHIFT_MS ? [[from, middle] as const, [middle, to] as const] : [[from, to] as const];
  return spans.map(([start, stop], i) => ({
    agent: agentCode(spec, counter, i),
    counter,
    from: Math.round(start),
    to: Math.round(stop),
    pauses: pausesOf(spec, Math.round(start), Math.round(stop), rng),
  }));
}

/** Codes instead of names: nobody real, nobody invented. The second agent of a counter has the same number and a mark. */
const agentCode = (spec: HallSpec, counter: string, place: number): string =>
  `${spec.agentLetter}${counter.padStart(2, '0')}${place === 0 ? '' : 'b'}`;

function pausesOf(spec: HallSpec, from: number, to: number, rng: Rng): Pause[] {
  const pauses: Pause[] = [];
  if (to - from >= REST_SHIFT_MS) {
    const at = from + between(rng, 1.4 * HOUR_MS, Math.min(3.2 * HOUR_MS, to - from - HOUR_MS));
    pauses.push({ from: at, lengthMs: between(rng, 9, 16) * MINUTE_MS, state: 'break' });
  }
  const lunchAt = spec.opensAt + between(rng, LUNCH_MS[0], LUNCH_MS[1]);
  if (lunchAt - from >= LUNCH_MARGIN_MS && to - lunchAt >= LUNCH_MARGIN_MS) {
    pauses.push({
      from: lunchAt,
      lengthMs: between(rng, 22, 33) * MINUTE_MS,
      state: 'break',
      reason: 'lunch',
    });
  }
  if (rng() < OTHER_WORK_SHARE) {
    const at = between(rng, from + HOUR_MS / 2, to);
    const state = OTHER_WORK[between(rng, 0, OTHER_WORK.length)] ?? 'backOffice';
    pauses.push({ from: at, lengthMs: between(rng, 15, 35) * MINUTE_MS, state });
  }
  return pauses.sort((a, b) => a.from - b.from);
}
