import { planShifts, type Pause, type Shift } from './shifts.ts';
import type { CounterGroup, HallSpec } from './hall-spec.ts';

/** Queues served first, in the order of arrival, and those served while nobody waits in them. */
export type Serving = Pick<CounterGroup, 'queues' | 'helps'>;

/** A counter and who is at it. */
export interface Desk {
  counter: string;
  group: CounterGroup;
  /** Shifts still to come, and the one at it now. */
  shifts: Shift[];
  shift: Shift | null;
  /** When the next one is planned to begin; `Infinity` when none is. */
  nextFrom: number;
  /** What whoever is at it serves. */
  serving: Serving;
  /** Pauses still to come in this shift. */
  pauses: Pause[];
  state: 'closed' | 'idle' | 'busy' | 'away';
  idleSince: number;
  /** While busy or away: until when. */
  until: number;
  /** Goes away as soon as the customer there is served. */
  isLeaving: boolean;
}

/** The counters of the hall in the morning, all closed. */
export function desksOf(spec: HallSpec, seed: number): Desk[] {
  return spec.groups.flatMap((group) => {
    const shifts = planShifts(spec, group, seed);
    return group.counters.map((counter): Desk => ({
      counter,
      group,
      shifts: shifts.filter((shift) => shift.counter === counter),
      shift: null,
      nextFrom: Infinity,
      serving: group,
      pauses: [],
      state: 'closed',
      idleSince: 0,
      until: 0,
      isLeaving: false,
    }));
  });
}

/** The counter to call somebody of this queue: of its own group before a helping one, and who has waited longest for work. */
export function idleDeskFor(desks: readonly Desk[], queue: string): Desk | undefined {
  const idle = desks.filter((desk) => desk.state === 'idle').sort((a, b) => a.idleSince - b.idleSince);
  return (
    idle.find((desk) => desk.serving.queues.includes(queue)) ??
    idle.find((desk) => desk.serving.helps.includes(queue))
  );
}

/** True when nobody else of its group stays after this time. */
export const isLastOfGroup = (desks: readonly Desk[], desk: Desk, now: number): boolean =>
  !desks.some(
    (other) => other !== desk && other.group === desk.group && other.shift !== null && other.shift.to > now,
  );

/** A closed counter that is needed again so soon is the last to be taken, ms. */
const SOON_MS = 30 * 60_000;

/** The closed counter to take for these queues: one of their group where there is one, else any. */
export function freeDesk(desks: readonly Desk[], queues: readonly string[], now: number): Desk | undefined {
  const isFree = (desk: Desk): boolean => desk.nextFrom > now + SOON_MS;
  const fits = ({ group }: Desk): boolean => servesAll(group, queues);
  return desks
    .filter(({ shift }) => shift === null)
    .sort((a, b) => Number(isFree(b)) - Number(isFree(a)) || Number(fits(b)) - Number(fits(a)))[0];
}

/** A group that is there for these queues serves as always; at another one's counter only they are served. */
export const servingFor = (group: CounterGroup, queues: readonly string[]): Serving =>
  servesAll(group, queues) ? group : { queues, helps: [] };

const servesAll = (group: CounterGroup, queues: readonly string[]): boolean =>
  queues.every((queue) => group.queues.includes(queue));
