/** Duties that come again and again while the server runs. */
import type { Logger } from './logger.ts';

export interface Ticks {
  start(): void;
  stop(): void;
}

export type Duty = () => void | Promise<unknown>;

/** Makes ticks of duties, each with how often it is done, ms. */
export type MakeTicks = (
  logger: Logger,
  duties: readonly (readonly [everyMs: number, duty: Duty])[],
) => Ticks;

/** Duties by the timers of the process; one that fails is told of and comes again. */
export const createTicks: MakeTicks = (logger, duties) => {
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
};
