/** Duties that come again and again while the server runs. */
import type { Logger } from './logger.ts';

export interface Ticks {
  start(): void;
  stop(): void;
}

export type Duty = () => void | Promise<unknown>;

/** One timer wakes the process for all duties, this often, ms: timers of their own would wake an idle one many times over. */
const WAKE_MS = 250;

/** Makes ticks of duties, each with how often it is done, ms: a multiple of {@link WAKE_MS}. */
export type MakeTicks = (
  logger: Logger,
  duties: readonly (readonly [everyMs: number, duty: Duty])[],
) => Ticks;

/** Duties by a timer of the process, those of one pace one after another; one that fails is told of and comes again. */
export const createTicks: MakeTicks = (logger, duties) => {
  let timer: NodeJS.Timeout | undefined;
  let wakes = 0;
  const run = async (duty: Duty): Promise<void> => {
    try {
      await duty();
    } catch (error) {
      logger.warn({ err: error }, 'a duty could not be done');
    }
  };
  const wake = (): void => {
    wakes += 1;
    duties.forEach(([everyMs, duty], place) => {
      if ((wakes + place) % (everyMs / WAKE_MS) === 0) void run(duty);
    });
  };
  return {
    start() {
      timer = setInterval(wake, WAKE_MS);
    },
    stop() {
      clearInterval(timer);
    },
  };
};
