/** A process full of consoles: each watches the floor of a branch and notes when which arrival was on its screen. */
import { z } from 'zod';
import type { Patch } from '#shared/delta.ts';
import type { Ages } from '#shared/protocol.ts';
import { SCHEMAS } from '#shared/view-schemas.ts';
import { percentile } from './percentiles.ts';
import { openConsole } from './wire.ts';

/** Behind by more than this and not marked, a screen would deceive, ms. */
const BEHIND_MS = 2_000;
/** A screen shows its age in seconds (rule LV1); told to be as old as this, or without a message for as long, it says so, ms. */
const MARKED_MS = 1_500;
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
  /** Arrivals that came more than 2 s late on a screen which still passed as live. */
  behindUnmarked: number;
  /** What one page of the whole network got, bytes a second. */
  networkBytesPerSecond: number;
}

const OFFERED = SCHEMAS.floor.head.indexOf('offeredToday');
const epochNow = (): number => performance.timeOrigin + performance.now();

/** Arrivals seen: branch, number of the arrival, when. */
const seen = {
  branch: [] as number[],
  arrival: [] as number[],
  at: [] as number[],
  ageMs: [] as number[],
};
const network = { bytes: 0, since: 0 };
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
  await watchNetwork(address);
  process.send?.({ kind: 'watching' });
}

function watchNetwork(address: string): Promise<void> {
  return new Promise((resolve) => {
    openConsole(
      address,
      { view: 'row', scope: 'all' },
      () => {
        network.since = epochNow();
        resolve();
      },
      (_name, _args, bytes) => {
        network.bytes += bytes;
      },
    );
  });
}

function watch(address: string, branches: string[], branch: number): Promise<void> {
  return new Promise((resolve) => {
    let version = 0;
    let offered = 0;
    let heardAt = epochNow();
    let logMs = 0;
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
        const at = epochNow();
        const ageMs = at - heardAt + logMs;
        heardAt = at;
        if (name === 'heartbeat') ({ logMs } = args[3] as Ages);
        if (name !== 'frame') return;
        const [, from, to, , patch] = args as [number, number, number, number, Patch];
        frames += 1;
        frameBytes += bytes;
        if (from !== version) gaps += 1;
        version = to;
        const now = offeredIn(patch) ?? offered;
        for (; offered < now; offered++) note(branch, offered, at, ageMs);
      },
    );
  });
}

function note(branch: number, arrival: number, at: number, ageMs: number): void {
  seen.branch.push(branch);
  seen.arrival.push(arrival);
  seen.at.push(at);
  seen.ageMs.push(ageMs);
}

function offeredIn(patch: Patch): number | undefined {
  const head = patch.find((change) => change[0] === 0);
  if (!head) return undefined;
  for (let i = 1; i < head.length; i += 2) if (head[i] === OFFERED) return Number(head[i + 1]);
  return undefined;
}

function finish(sentAt: Float64Array[]): void {
  const latencies: number[] = [];
  let behindUnmarked = 0;
  seen.at.forEach((at, i) => {
    const sent = sentAt[seen.branch[i] ?? -1]?.[seen.arrival[i] ?? -1];
    if (sent === undefined || sent === 0) return;
    latencies.push(at - sent);
    if (at - sent > BEHIND_MS && (seen.ageMs[i] ?? 0) < MARKED_MS) behindUnmarked += 1;
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
    behindUnmarked,
    networkBytesPerSecond: (network.bytes * 1_000) / (epochNow() - network.since),
  };
  process.send?.(result, () => process.exit());
}
