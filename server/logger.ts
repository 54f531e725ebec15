/** Structured log lines on standard error; standard output belongs to the commands. */
import { type Logger, pino } from 'pino';

export type { Logger };

/** A logger for one process; it never gets request bodies, keys or names of customers. */
export const createLogger = (level: string): Logger => pino({ level }, pino.destination(2));
