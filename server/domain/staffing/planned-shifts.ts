/** The plan of a hall's day: who works when, and when they are on a break. */
import type { BranchProfile } from '#shared/network.ts';
import type { ShiftRow } from '#shared/shifts.ts';
import { minuteOfDay, type StaffingWorld } from '#shared/staffing-world.ts';
import { dayStart, hallDay } from '../branch/hall-day.ts';

const MINUTE_MS = 60_000;

/** The shifts of a hall on the day that runs at `now`, epoch ms, in order of time. */
export function plannedShifts(world: StaffingWorld, profile: BranchProfile, now: number): ShiftRow[] {
  const start = dayStart(profile, hallDay(profile, now)) - profile.dayStartMinutes * MINUTE_MS;
  const at = (time: string): number => start + minuteOfDay(time) * MINUTE_MS;
  return world.agents
    .filter(({ home }) => home === profile.id)
    .map(({ id, code, name, shift, breaks, backOffice }): ShiftRow => ({
      agent: code ?? id,
      name: name ?? null,
      from: at(shift.from),
      to: at(shift.to),
      backOffice,
      breaks: breaks.map(({ kind, from, minutes }) => ({
        kind,
        from: at(from),
        to: at(from) + minutes * MINUTE_MS,
      })),
    }))
    .sort((a, b) => a.from - b.from || (a.agent < b.agent ? -1 : 1));
}
