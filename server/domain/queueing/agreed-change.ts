/** What was agreed on at a branch, and is expected of it until its sources show it. */
export interface AgreedHere {
  staff: readonly AgreedChange[];
  steering: readonly AgreedSteering[];
}

export const NOTHING_AGREED: AgreedHere = { staff: [], steering: [] };

/** Somebody who was agreed on to come to queues of a branch, or to leave them. */
export interface AgreedChange {
  /** Epoch ms. */
  at: number;
  queues: readonly string[];
  change: 1 | -1;
}

/** Customers who follow an announcement, as the queue they leave or the one they come to sees them. */
export interface AgreedSteering {
  queue: string;
  /** Epoch ms. */
  from: number;
  to: number;
  /** Of those who would come, so many leave, 0–1. */
  leave: number;
  /** And so many come besides, per second. */
  come: number;
}
