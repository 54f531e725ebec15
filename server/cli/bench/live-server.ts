/** A real server process for a benchmark: its own data folder, its own Redis, a key for every branch. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BranchProfileInput } from '#shared/network.ts';
import { searchPath } from '../../config.ts';
import { newSourceKey } from '../../network.ts';
import { childrenOf, type Usage, usageOf } from './process-usage.ts';

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));
const STOP_MS = 10_000;

export interface LiveServer {
  address: string;
  /** Where the first account is made; `null` when accounts are off or there is one. */
  setUpLink: string | null;
  pid: number;
  key: string;
  /** From the start of the process until it listened, ms. */
  startMs: number;
  /** CPU time of the server and its Redis together, memory of the server alone. */
  usage(): Usage;
  /** Ends it with a signal and waits until it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** A data folder for these branches, and a key to all of them. */
export interface BenchFolder {
  path: string;
  key: string;
  remove(): Promise<void>;
}

/** Makes a folder for a server of these branches. */
export function makeBenchFolder(branches: BranchProfileInput[]): BenchFolder {
  const path = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const { key, entry } = newSourceKey('bench', ['*']);
  writeFileSync(join(path, 'network.json'), JSON.stringify({ branches, sourceKeys: [entry] }));
  return { path, key, remove: () => rm(path, { recursive: true, force: true }) };
}

/**
 * Starts `muster serve` on a folder and a port (0: any that is free); resolves when it listens. Without accounts, so that
 * whoever measures sees everything.
 */
export async function startLiveServer(
  { path, key }: BenchFolder,
  port = 0,
  accounts: 'on' | 'off' = 'off',
): Promise<LiveServer> {
  const startedAt = performance.now();
  const cache = getCompileCacheDir();
  const child = spawn(process.execPath, [...process.execArgv, MAIN, 'serve'], {
    env: {
      PATH: searchPath(),
      MALLOC_ARENA_MAX: '2',
      DATA_DIR: path,
      PORT: String(port),
      ACCOUNTS: accounts,
      // As the launcher starts it.
      ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { address, setUpLink } = await addressOf(child);
  const pid = child.pid ?? 0;
  return {
    address,
    setUpLink,
    pid,
    key,
    startMs: performance.now() - startedAt,
    usage() {
      const server = usageOf(pid);
      const redis = childrenOf(pid).map(usageOf);
      return {
        cpuSeconds: redis.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, server.cpuSeconds),
        rssMb: server.rssMb,
      };
    },
    async end(signal) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}

function addressOf(child: ChildProcess): Promise<Pick<LiveServer, 'address' | 'setUpLink'>> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /live at (http\S+)/.exec(text)?.[1];
      const isWhole = text.includes('Data is kept in');
      if (found !== undefined && isWhole)
        resolve({ address: found, setUpLink: /^Set-up: (http\S+)/m.exec(text)?.[1] ?? null });
    });
    child.once('exit', (code) => {
      reject(new Error(`the server ended with ${String(code)} before it listened`));
    });
  });
}
