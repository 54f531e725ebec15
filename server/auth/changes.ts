/** News that somebody's rights are others now, to every node: by push through Redis, so that open sockets hear within a second. */
import { z } from 'zod';
import type { Logger } from '../logger.ts';

const Change = z.union([
  z.strictObject({ person: z.string() }),
  z.strictObject({ session: z.string() }),
  z.strictObject({ device: z.string() }),
  z.strictObject({ keys: z.literal(true) }),
]);
/** Whose rights changed: a person's, one session's, a wall's, or those of some source key. */
export type Change = z.infer<typeof Change>;

/** Short messages between nodes; one that is lost is made up for by the sweep. */
export interface Signals {
  /** Never throws. */
  send(message: string): void;
  hear(listener: (message: string) => void): void;
  close(): Promise<void>;
}

/** For one node alone. */
export const noSignals: Signals = {
  send: () => undefined,
  hear: () => undefined,
  close: () => Promise.resolve(),
};

export interface Changes {
  /** Tells this node at once and the others soon. */
  announce(change: Change): void;
  hear(listener: (change: Change) => void): void;
}

/** Changes over these signals. */
export function createChanges(signals: Signals, logger: Logger): Changes {
  const listeners: ((change: Change) => void)[] = [];
  const tell = (change: Change): void => {
    for (const listener of listeners) listener(change);
  };
  signals.hear((message) => {
    try {
      tell(Change.parse(JSON.parse(message)));
    } catch (error) {
      logger.warn({ err: error }, 'a change of rights from another node cannot be read');
    }
  });
  return {
    announce(change) {
      tell(change);
      signals.send(JSON.stringify(change));
    },
    hear: (listener) => void listeners.push(listener),
  };
}
