import { describe, expect, it } from 'vitest';
import { Feed } from '#lib/live/feed.ts';
import { type FeedState, initialFeed } from '#lib/live/feed-state.ts';
import { hashOf } from '#shared/delta.ts';
import type { FailureCode } from '#shared/failure.ts';
import { FakeServer, type Faults, seeded, SimulatedTime } from './fake-server.ts';

const SILENCE_MS = 15_000;

function start(seed: number, faults: Faults) {
  const time = new SimulatedTime();
  const random = seeded(seed);
  const server = new FakeServer(time, random, faults);
  const screen: { state: FeedState; sleptMs: number; failure: FailureCode | null } = {
    state: initialFeed,
    sleptMs: 0,
    failure: null,
  };
  const feed = new Feed({
    request: { view: 'floor', branch: 'hall' },
    transport: server,
    surroundings: {
      monotonicMs: () => time.nowMs,
      wallMs: () => time.nowMs + screen.sleptMs,
      random,
      later: time.later,
      reload: () => undefined,
    },
    silenceMs: SILENCE_MS,
    onState: (state) => (screen.state = state),
    onServerTime: () => undefined,
    onFailure: (code) => (screen.failure = code),
  });
  feed.start();
  const recheck = (): void => {
    feed.recheck();
    time.later(1_000, recheck);
  };
  time.later(1_000, recheck);
  return { time, server, screen, feed, random };
}

const shown = (state: FeedState): number | null => (state.view ? hashOf(state.view) : null);

describe('feed', () => {
  it.each([1, 2, 3, 5, 8, 13, 21, 34])(
    'shows what the server has, with a fifth of messages lost (seed %i)',
    async (seed) => {
      const { time, server, screen, random } = start(seed, { loss: 0.2, mute: 0.1 });
      for (let second = 1; second <= 60; second++) {
        await time.pass(second * 1_000);
        if (random() < 0.05) server.drop(random() < 0.5);
      }
      server.heal();
      await time.pass(60_000 + 6_000);
      expect(shown(screen.state)).toBe(hashOf(server.view));
    },
  );

  it('asks for one snapshot each time the connection comes up', async () => {
    const { time, server } = start(4, { loss: 0, mute: 0 });
    await time.pass(1_000);
    expect(server.asked).toBe(1);
    server.drop(false);
    await time.pass(3_000);
    expect(server.asked).toBe(2);
  });

  it('[LV5] is right again within 5 s after a restart of the server', async () => {
    const { time, server, screen } = start(6, { loss: 0, mute: 0 });
    await time.pass(2_050);
    server.drop(true);
    await time.pass(2_050 + 5_000);
    expect(shown(screen.state)).toBe(hashOf(server.view));
    expect(screen.state.position?.epoch).toBe('2');
  });

  it('[LV5] drops a connection that is silent although it looks alive', async () => {
    const { time, server, screen } = start(7, { loss: 1, mute: 0 });
    await time.pass(1_000);
    const before = server.asked;
    await time.pass(8_000);
    expect(server.asked).toBeGreaterThan(before);
    server.heal();
    await time.pass(13_050);
    expect(shown(screen.state)).toBe(hashOf(server.view));
  });

  it('[LV5] believes nothing after the computer slept, until a new snapshot is there', async () => {
    const { time, screen, feed } = start(9, { loss: 0, mute: 0 });
    await time.pass(2_050);
    const before: (number | null)[] = [];
    screen.sleptMs = 3_600_000;
    feed.recheck();
    before.push(screen.state.syncedAt);
    await time.pass(4_000);
    expect(before).toEqual([null]);
    expect(screen.state.syncedAt).not.toBeNull();
  });

  it('[SF1] shows nothing from the moment a right is taken, and everything again once it is given back', async () => {
    const { time, server, screen } = start(10, { loss: 0, mute: 0 });
    await time.pass(1_050);
    expect(shown(screen.state)).not.toBeNull();
    server.takeAway('changed');
    expect(shown(screen.state)).toBeNull();
    expect(screen.failure).toBe('forbidden');
    await time.pass(6_050);
    expect(shown(screen.state)).toBeNull();
    expect(screen.failure).toBe('not-found');
    server.refusal = null;
    await time.pass(9_050);
    expect(shown(screen.state)).toBe(hashOf(server.view));
    expect(screen.failure).toBeNull();
  });

  it('[SF1] shows nothing once the session is over, and frames on their way change nothing', async () => {
    const { time, server, screen } = start(12, { loss: 0, mute: 0 });
    await time.pass(1_050);
    server.takeAway('ended');
    await time.pass(1_950);
    expect(shown(screen.state)).toBeNull();
    expect(screen.failure).toBe('unauthorized');
  });

  it('[SF1] goes on when other views were lost', async () => {
    const { time, server, screen } = start(14, { loss: 0, mute: 0 });
    await time.pass(1_050);
    const { asked } = server;
    server.takeAway('changed', 99);
    server.refusal = null;
    await time.pass(1_950);
    expect(server.asked).toBe(asked);
    expect(shown(screen.state)).not.toBeNull();
  });

  it('stops listening when the screen is left', async () => {
    const { time, screen, feed } = start(11, { loss: 0, mute: 0 });
    await time.pass(1_050);
    feed.stop();
    const last = shown(screen.state);
    await time.pass(4_000);
    expect(shown(screen.state)).toBe(last);
  });
});
