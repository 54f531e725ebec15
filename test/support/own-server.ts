/** A real server for browser tests that know the truth: halls, folder and Redis of its own; it can be killed and come back. */
import type { SourceEvent } from '#shared/events.ts';
import type { BranchProfileInput } from '#shared/network.ts';
import { makeBenchFolder, startLiveServer } from '#server/cli/bench/live-server.ts';
import { postEvents } from '#server/cli/bench/post-events.ts';
import { childrenOf } from '#server/cli/bench/process-usage.ts';

export interface OwnServer {
  /** `http://localhost:<port>`; the same after a restart. */
  readonly address: string;
  /** Posts facts of a branch; throws when the server refuses. */
  tell(branch: string, ...facts: SourceEvent[]): Promise<void>;
  /** `kill -9`; its Redis is left behind, as after a crash. */
  kill(): Promise<void>;
  /** Starts it again on the same folder and port. */
  start(): Promise<void>;
  /** Sends a signal to the server's Redis. */
  signalRedis(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a server of these branches on a free port. */
export async function startOwnServer(branches: BranchProfileInput[]): Promise<OwnServer> {
  const folder = makeBenchFolder(branches);
  let server = await startLiveServer(folder);
  const { address } = server;
  let alive = true;
  const start = async (): Promise<void> => {
    server = await startLiveServer(folder, Number(new URL(address).port));
    alive = true;
  };
  return {
    address,
    async tell(branch, ...facts) {
      await postEvents(
        server,
        facts.map((fact) => ({ ...fact, branch })),
      );
    },
    async kill() {
      alive = false;
      await server.end('SIGKILL');
    },
    start,
    signalRedis(signal) {
      for (const redis of childrenOf(server.pid)) process.kill(redis, signal);
    },
    async remove() {
      // Only a server can find and stop the Redis that a killed one left behind.
      if (!alive) await start();
      await server.end('SIGTERM');
      await folder.remove();
    },
  };
}

const SECOND_MS = 1_000;

/** The moment so many seconds ago, epoch ms. */
export const ago = (seconds: number): number => Date.now() - seconds * SECOND_MS;
