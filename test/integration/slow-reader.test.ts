import { afterAll, beforeAll, expect, it } from 'vitest';
import { toSnapshot } from '#shared/delta.ts';
import { decodeView } from '#shared/view-codec.ts';
import { createMemoryEventLog } from '#server/log/memory-event-log.ts';
import { openConsole } from '#test/support/console.ts';
import { hall } from '#test/support/profiles.ts';
import { runApp, type RunningApp } from '#test/support/running-app.ts';
import { until } from '#test/support/until.ts';

/** A frame in which all of these say another reason is hundreds of kilobytes: the network is full after a few. */
const AGENTS = 900;
const REASON = '原因'.repeat(90);
/** Far more changes than the network can hold. */
const CHANGES = 60;

/** Tens of megabytes are folded, sent and read: on a busy machine that takes its time. */
const TIMEOUT_MS = 90_000;

let server: RunningApp;
beforeAll(async () => {
  server = await runApp(createMemoryEventLog(), [hall()]);
});
afterAll(() => server.stop());

const snapshot = (turn: number) => ({
  id: `s${turn}`,
  at: Date.now(),
  type: 'source.snapshot',
  branch: 'hall',
  queues: [],
  contacts: [],
  counters: [],
  agents: Array.from({ length: AGENTS }, (_, i) => ({
    agent: `a${i}`,
    state: 'break',
    reason: `${REASON} ${turn}`,
  })),
});

/** The socket under a console, whose reading can be stopped as a frozen browser does. */
function wireOf(socket: { io: { engine: { transport: unknown } } }): { pause(): void; resume(): void } {
  return (socket.io.engine.transport as { ws: { _socket: { pause(): void; resume(): void } } }).ws._socket;
}

it(
  'one that stops reading is left out, gets the whole view once when it reads again, and holds nobody up',
  { timeout: TIMEOUT_MS },
  async () => {
    const [slow, quick] = [await openConsole(server.address), await openConsole(server.address)];
    const { channel, version } = await slow.watch({ view: 'floor', branch: 'hall' });
    await quick.watch({ view: 'floor', branch: 'hall' });
    let [frames, snapshots] = [0, 0];
    slow.socket.on('frame', () => (frames += 1));
    slow.socket.on('snapshot', () => (snapshots += 1));
    const shows = (one: typeof slow, turn: number): boolean =>
      decodeView('floor', toSnapshot(one.view(channel))).tables.agents.some(({ reason }) =>
        reason?.endsWith(` ${turn}`),
      );

    const wire = wireOf(slow.socket);
    wire.pause();
    for (let turn = 1; turn <= CHANGES; turn++) {
      await server.tell([snapshot(turn)]);
      await until(() => shows(quick, turn), `the quick one sees change ${turn}`);
    }
    const latest = await quick.watch({ view: 'floor', branch: 'hall' });
    wire.resume();
    await until(() => shows(slow, CHANGES), 'the slow one is in step again');

    expect(latest.version - version).toBeGreaterThanOrEqual(CHANGES);
    expect(snapshots).toBeGreaterThan(0);
    expect(frames + snapshots).toBeLessThan(CHANGES);
    expect([slow.gaps, quick.gaps]).toEqual([0, 0]);
    slow.close();
    quick.close();
  },
);
