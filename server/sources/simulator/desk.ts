import { planShifts, type Pause, type Shift } from './shifts.ts';
import type { CounterGroup, HallSpec } from './hall-spec.ts';

/** A counter and who is at it. */
export interface Desk {
  counter: string;
  group: CounterGroup;
  /** Shifts still to come, and the one at it now. */
  shifts: Shift[];
  shift: Shift | null;
  /** Pauses still to come in this shift. */
  pauses: Pause[];
  state: 'closed' | 'idle' | 'busy' | 'away';
  idleSince: number;
}

/** The counters of the hall in the morning, all closed. */
export function desksOf(spec: HallSpec, seed: number): Desk[] {
  return spec.groups.flatMap((group) => {
    const shifts = planShifts(spec, group, seed);
    return group.counters.map((counter): Desk => {
      const own = shifts.filter((shift) => shift.counter === counter);
      return { counter, group, shifts: own, shift: null, pauses: [], state: 'closed', idleSince: 0 };
    });
  });
}

/** The counter to call somebody of this queue: of its own group before a helping one, and who has waited longest for work. */
export function idleDeskFor(desks: readonly Desk[], queue: string): Desk | undefined {
  const idle = desks.filter((desk) => desk.state === 'idle').sort((a, b) => a.idleSince - b.idleSince);
  return (
    idle.find((desk) => desk.group.queues.includes(queue)) ??
    idle.find((desk) => desk.group.helps.includes(queue))
  );
}

/** True when nobody else of its group stays after this time. */
export const isLastOfGroup = (desks: readonly Desk[], desk: Desk, now: number): boolean =>
  !desks.some(
    (other) => other !== desk && other.group === desk.group && other.shift !== null && other.shift.to > now,
  );
