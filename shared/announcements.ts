/** What customers are told who are steered elsewhere, in the words of both languages; made of an accepted suggestion. */
import type { MoveOption, Suggestion } from './suggestions.ts';

export interface Announced {
  /** Those of whom the queue is long. */
  queuesZh: string;
  queuesEn: string;
  /** Where they can go: machines of the hall, or another hall. */
  placeZh: string;
  placeEn: string;
  toMachines: boolean;
  /** Mean waits as they were foretold, the way included. */
  hereMinutes: number;
  thereMinutes: number;
}

const MINUTE = 60;

/** `null` where nobody is steered. */
export function announcedBy({ to }: Pick<Suggestion, 'to'>, { steer, from }: MoveOption): Announced | null {
  if (!steer) return null;
  const toMachines = from.pool === null;
  return {
    queuesZh: to.queuesZh,
    queuesEn: to.queuesEn,
    placeZh: toMachines ? from.queuesZh : from.nameZh,
    placeEn: toMachines ? from.queuesEn : from.nameEn,
    toMachines,
    hereMinutes: Math.round(steer.hereSeconds / MINUTE),
    thereMinutes: Math.round(steer.thereSeconds / MINUTE),
  };
}
