/** Somebody who was agreed on to come to queues of a branch, or to leave them. */
export interface AgreedChange {
  /** Epoch ms. */
  at: number;
  queues: readonly string[];
  change: 1 | -1;
}
