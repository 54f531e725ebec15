/** A process full of consoles: each watches the floor of a branch and notes when which arrival was on its screen. */
import { z } from 'zod';
import type { Patch } from '#shared/delta.ts';
import { SCHEMAS } from '#shared/view-schemas.ts';
import { percentile } from './percentiles.ts';
import { openConsole } from './wire.ts';

/** Consoles opened at once; more would measure the handshake. */
const CONNECT_AT_ONCE = 100;

const Start = z.object({
  kind: z.literal('start'),
  address: z.string(),
  consoles: z.number(),
  branches: z.array(z.string()),
});
const Finish = z.object({ kind: z.literal('finish'), sentAt: z.array(z.instanceof(Float64Array)) });
const Order = z.union([Start, Finish]);

/** What the consoles saw, over all of them. */
export interface ConsoleResult {
  kind: 'result';
  samples: number;
  p50: number;
  p99: number;
  frames: number;
  frameBytes: number;
  /** Frames that did not follow the one before. */
  gaps: number;
}

const OFFERED = SCHEMAS.floor.head.indexOf('offeredToday');
const epochNow = (): number => performance.timeOrigin + performance.now();

/** Arrivals seen: branch, number of the arrival, when. */
const seen = { branch: [] as number[], arrival: [] as number[], at: [] as number[] };
let frames = 0;
let frameBytes = 0;
let gaps = 0;

process.on('message', (raw) => {
  const order = Order.parse(raw);
  if (order.kind === 'start') void start(order);
  else finish(order.sentAt);
});

async function start({ address, consoles, branches }: z.infer<typeof Start>): Promise<void> {
  for (let from = 0; from < consoles; from += CONNECT_AT_ONCE) {
    const many = Math.min(CONNECT_AT_ONCE, consoles - from);
    await Promise.all(
      Array.from({ length: many }, (_, i) => watch(address, branches, (from + i) % branches.length)),
    );
  }
  process.send?.({ kind: 'watching' });
}

function watch(address: string, branches: string[], branch: number): Promise<void> {
  return new Promise((resolve) => {
    let version = 0;
    let offered = 0;
    openConsole(
      address,
      { view: 'floor', branch: branches[branch] ?? '' },
      (answer) => {
        const state = z
          .object({ version: z.number(), snapshot: z.object({ head: z.array(z.unknown()) }) })
          .parse(answer);
        version = state.version;
        offered = Number(state.snapshot.head[OFFERED]);
        resolve();
      },
      (name, args, bytes) => {
        if (name !== 'frame') return;
        const at = epochNow();
        const [, from, to, , patch] = args as [number, number, number, number, Patch];
        frames += 1;
        frameBytes += bytes;
        if (from !== version) gaps += 1;
        version = to;
        const now = offeredIn(patch) ?? offered;
        for (; offered < now; offered++) note(branch, offered, at);
      },
    );
  });
}

function note(branch: number, arrival: number, at: number): void {
  seen.branch.push(branch);
  seen.arrival.push(arrival);
  seen.at.push(at);
}

function offeredIn(patch: Patch): number | undefined {
  const head = patch.find((change) => change[0] === 0);
  if (!head) return undefined;
  for (let i = 1; i < head.length; i += 2) if (head[i] === OFFERED) return Number(head[i + 1]);
  return undefined;
}

function finish(sentAt: Float64Array[]): void {
  const latencies: number[] = [];
  seen.at.forEach((at, i) => {
    const sent = sentAt[seen.branch[i] ?? -1]?.[seen.arrival[i] ?? -1];
    if (sent !== undefined && sent > 0) latencies.push(at - sent);
  });
  const sorted = Float64Array.from(latencies).sort();
  const result: ConsoleResult = {
    kind: 'result',
    samples: sorted.length,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    frames,
    frameBytes,
    gaps,
  };
  process.send?.(result, () => process.exit());
}
