import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './socket.ts';
import { STOP_TIMEOUT_MS } from './supervise.ts';

const POLL_MS = 10;

/**
 * Stops the Redis that a crashed parent left behind; two servers on one append-only file would corrupt it.
 * Call only while holding the folder's lock, which proves that no living parent owns that server.
 * @returns the pid of the server that was stopped, or null when there was none.
 */
export async function stopOrphan(socketPath: string, pidFile: string): Promise<number | null> {
  const pid = (await pidOnSocket(socketPath)) ?? pidOnFile(pidFile, socketPath);
  if (pid === null) return null;
  signal(pid, 'SIGTERM');
  if (!(await hasEnded(pid, STOP_TIMEOUT_MS))) {
    signal(pid, 'SIGKILL');
    await hasEnded(pid, STOP_TIMEOUT_MS);
  }
  return pid;
}

async function pidOnSocket(socketPath: string): Promise<number | null> {
  const answer = await ask(socketPath, 'INFO server', /process_id:(\d+)/);
  return answer === null ? null : Number(answer[1]);
}

/** Finds an orphan that hangs, or whose socket file was removed. Linux only: elsewhere a pid alone proves nothing. */
function pidOnFile(pidFile: string, socketPath: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    // Redis writes the socket it serves into its process title.
    return commandLine(pid).includes(socketPath) ? pid : null;
  } catch {
    return null;
  }
}

async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

function isAlive(pid: number): boolean {
  if (!signal(pid, 0)) return false;
  // In a container nobody may collect the dead: they still take signals, but have no command line.
  return !existsSync('/proc/self/cmdline') || commandLine(pid) !== '';
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
