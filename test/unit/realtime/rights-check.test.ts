import { describe, expect, it } from 'vitest';
import type { Principal } from '#server/auth/authorize.ts';
import { manualClock } from '#server/clock.ts';
import { createRightsCheck } from '#server/realtime/rights-check.ts';
import type { LiveSocket } from '#server/realtime/seat.ts';
import { PERSON } from '#test/support/principals.ts';

const SWEEP_MS = 15_000;
const WALL: Principal = { kind: 'device', id: 'd', name: 'D', branch: 'hall', view: 'customerWall' };

/** Sockets of a person and a wall, swept each 15 s; `accounts` answers as it is told to. */
function stage() {
  const clock = manualClock(0);
  const open = new Map<string, LiveSocket>();
  const told: string[] = [];
  const seat = (name: string, principal: Principal): void => {
    const socket = {
      data: {
        principal,
        credential: { kind: principal.kind === 'person' ? 'session' : 'device', hash: name },
        watched: new Map([[1, { asked: {}, view: {} }]]),
        owedSince: null,
      },
      emit: (event: string, word: string) => told.push(`${name} ${event} ${word}`),
      disconnect: () => open.delete(name),
    };
    open.set(name, socket as unknown as LiveSocket);
  };
  seat('person', PERSON);
  seat('wall', WALL);
  const both = new Map([
    ['person', PERSON],
    ['wall', WALL],
  ]);
  const accounts = { answer: (): Promise<ReadonlyMap<string, Principal>> => Promise.resolve(both) };
  const check = createRightsCheck({
    sockets: () => [...open.values()],
    renew: () => accounts.answer(),
    narrowed: () => null,
    unwatch: (socket, channel) => void socket.data.watched.delete(channel),
    clock,
  });
  return {
    accounts,
    told,
    both,
    open: () => [...open.keys()],
    seat,
    pause: (ms: number) => clock.advanceTo(clock.now() + ms),
    /** The next sweep; `false` when it came to nothing. */
    async sweep(): Promise<boolean> {
      clock.advanceTo(clock.now() + SWEEP_MS);
      const answer = check().then(
        () => true,
        () => false,
      );
      return Promise.race([answer, new Promise<false>((resolve) => setImmediate(resolve, false))]);
    },
  };
}

describe.each([
  ['cannot be read', () => Promise.reject(new Error('away'))],
  ['never answer', () => new Promise<never>(() => undefined)],
])('[SF1] accounts that %s', (_name, answer) => {
  it('close the sockets of people within a minute, not those of walls', async () => {
    const { accounts, sweep, open, told } = stage();
    expect(await sweep()).toBe(true);
    accounts.answer = answer;
    for (let second = 15; second < 60; second += 15) {
      await sweep();
      expect(open(), `after ${second} s`).toEqual(['person', 'wall']);
    }
    await sweep();
    expect(open()).toEqual(['wall']);
    expect(told).toEqual(['person access ended']);
  });

  it('close nothing when they are back in time', async () => {
    const { accounts, both, sweep, open } = stage();
    for (let round = 0; round < 4; round++) {
      accounts.answer = answer;
      for (let missed = 0; missed < 2; missed++) await sweep();
      accounts.answer = () => Promise.resolve(both);
      expect(await sweep()).toBe(true);
    }
    expect(open()).toEqual(['person', 'wall']);
  });

  it('give somebody who came later the same time', async () => {
    const { accounts, sweep, open, seat } = stage();
    accounts.answer = answer;
    for (let missed = 0; missed < 3; missed++) await sweep();
    seat('late', PERSON);
    await sweep();
    expect(open()).toEqual(['wall', 'late']);
  });
});

it('[SF1] a process that stood still for long, with accounts at hand, closes nothing', async () => {
  const { sweep, open, pause } = stage();
  await sweep();
  pause(600_000);
  expect(await sweep()).toBe(true);
  expect(open()).toEqual(['person', 'wall']);
});

it('[SF1] whoever accounts do not know any more is closed at once', async () => {
  const { accounts, both, sweep, open } = stage();
  both.delete('person');
  accounts.answer = () => Promise.resolve(both);
  await sweep();
  expect(open()).toEqual(['wall']);
});
