import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface HistoryWriter {
  /** The last position it says it stored. */
  stored(): number;
  /** Why it ended by itself; `null` while it runs. */
  failure(): string | null;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts a process that adds one stretch of shard 0 after the other. */
export function startHistoryWriter(file: string): HistoryWriter {
  const program = fileURLToPath(new URL('./history-writer-parent.ts', import.meta.url));
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  let stored = 0;
  let said = '';
  let killed = false;
  child.stdout.on('data', (bytes: Buffer) => {
    stored = Number(bytes.toString().trim().split('\n').at(-1));
  });
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  return {
    stored: () => stored,
    failure: () => (child.exitCode !== null && !killed ? said : null),
    async kill() {
      killed = true;
      child.kill('SIGKILL');
      await gone;
    },
  };
}
