import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const LINES_KEPT = 5;
/** Output may arrive a moment after the process has gone. */
const LAST_OUTPUT_MS = 100;

/** One life of a server process. */
export interface ServerProcess {
  readonly pid: number | null;
  /** Settles when the process is gone or could not be started; never rejects. */
  readonly ended: Promise<void>;
  isOver(): boolean;
  /** The last lines it printed, on one line. */
  lastWords(): Promise<string>;
  /** Calls back with each line from now on, and forgets those before: what it says while starting is routine. */
  onLine(listener: (line: string) => void): void;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

/** Starts a process in a group of its own, so that Ctrl-C in the terminal reaches only its owner. */
export function launch(command: string, args: string[]): ServerProcess {
  const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const listeners: ((line: string) => void)[] = [];
  let over = false;

  const heard = (line: string) => {
    lines.push(line);
    if (lines.length > LINES_KEPT) lines.shift();
    for (const listener of listeners) listener(line);
  };
  createInterface({ input: child.stdout }).on('line', heard);
  createInterface({ input: child.stderr }).on('line', heard);

  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error: NodeJS.ErrnoException) => {
      heard(
        error.code === 'ENOENT' ? `${command} was not found; install Redis or set REDIS_URL` : error.message,
      );
      resolve();
    });
  }).then(() => {
    over = true;
  });

  return {
    pid: child.pid ?? null,
    ended,
    isOver: () => over,
    async lastWords() {
      await sleep(LAST_OUTPUT_MS);
      return lines.join(' | ');
    },
    onLine(listener) {
      lines.length = 0;
      listeners.push(listener);
    },
    kill: (signal) => child.kill(signal),
  };
}
