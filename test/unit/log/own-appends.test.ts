import { expect, it } from 'vitest';
import type { LogChunk } from '#server/log/event-log.ts';
import { createOwnAppends } from '#server/log/own-appends.ts';

const chunk = (position: number, facts = 1): LogChunk => ({
  shard: 1,
  position: `${position}-0`,
  branch: 'a',
  source: 's',
  receivedAt: 0,
  firstVersion: 1,
  events: Array.from({ length: facts }, (_, i) => ({
    id: `${position} ${i}`,
    at: 0,
    type: 'contact.missed',
    contact: 'k',
  })),
});

it('what was there before a follower came is for the log to tell; from then on it is told all, once', async () => {
  const own = createOwnAppends();
  own.took([chunk(1)]);
  const reading = own.listen();
  own.took([chunk(2)]);
  expect(reading.take()).toBeNull();
  own.took([chunk(3), chunk(4)]);
  own.took([chunk(5)]);
  await reading.news(0);
  expect(reading.take()?.map(({ position }) => position)).toEqual(['3-0', '4-0', '5-0']);
  expect(reading.take()).toEqual([]);
});

it('an append nobody knows the end of sends every follower to the log', async () => {
  const own = createOwnAppends();
  const readings = [own.listen(), own.listen()];
  for (const reading of readings) reading.take();
  own.took([chunk(1)]);
  own.lost();
  for (const reading of readings) {
    await reading.news(0);
    expect(reading.take()).toBeNull();
    expect(reading.take()).toEqual([]);
  }
});

it('a follower that lags far behind reads the log instead of being kept everything', () => {
  const own = createOwnAppends();
  const reading = own.listen();
  reading.take();
  for (let i = 0; i < 60; i++) own.took([chunk(i, 1_000)]);
  expect(reading.take()).toBeNull();
  own.took([chunk(100)]);
  expect(reading.take()).toHaveLength(1);
});

it('a follower that left is told nothing', () => {
  const own = createOwnAppends();
  const reading = own.listen();
  reading.take();
  reading.close();
  own.took([chunk(1)]);
  expect(reading.take()).toEqual([]);
});
