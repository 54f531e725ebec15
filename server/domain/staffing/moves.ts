/** What may be suggested, and what the last plans suggested. */
import type { Lever } from '#shared/levers.ts';

/** One suggested move. Gains and costs in customer-minutes over the horizon. */
export interface Move {
  lever: Lever;
  /** Place in the list of people. */
  person: number;
  /** Pools; −1 for the back office and for who serves no pool. Equal when a break is moved. */
  from: number;
  to: number;
  /** Until effective. */
  minutes: number;
  /** What the receiver gains, the giver loses and the move itself costs. */
  gain: number;
  loss: number;
  cost: number;
  /** Of `shiftBreak`: the break that moves, and its new beginning in minutes from now. */
  breakShift: { place: number; from: number } | null;
}

export const netGain = ({ gain, loss, cost }: Move): number => gain - loss - cost;

/** The same need, whoever is sent to meet it. */
export const needOf = ({ lever, from, to }: Pick<Move, 'lever' | 'from' | 'to'>): string =>
  lever === 'shiftBreak' || lever === 'closeCounter' ? `${lever} ${from}` : `to ${to}`;
