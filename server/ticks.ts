/** Duties that come again and again while the server runs. */
import type { Logger } from './logger.ts';

export interface Ticks {
  start(): void;
  stop(): void;
}

type Duty = () => void | Promise<unknown>;

/** Each duty with how often it is done, ms; one that fails is told of and comes again. */
export function createTicks(
  logger: Logger,
  duties: readonly (readonly [everyMs: number, duty: Duty])[],
): Ticks {
  let timers: NodeJS.Timeout[] = [];
  const run = async (duty: Duty): Promise<void> => {
    try {
      await duty();
    } catch (error) {
      logger.warn({ err: error }, 'a duty could not be done');
    }
  };
  return {
    start() {
      timers = duties.map(([everyMs, duty]) => setInterval(() => void run(duty), everyMs));
    },
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
