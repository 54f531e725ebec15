import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Device } from '#shared/administration.ts';
import { createWallWatch } from '#server/wall-watch.ts';

const SECOND_MS = 1_000;
const device = (name: string, reportedAt: number | null): Device => ({
  id: name,
  name,
  branch: 'hall',
  view: 'customerWall',
  inches: 55,
  metres: 5,
  note: '',
  pairedAt: 0,
  pairedBy: 'wang',
  seenAt: null,
  report: null,
  reportedAt,
});

/** A watch that began at 1,000 s over these devices; `null` is a list that cannot be read. */
function watchOver(lists: (Device[] | null)[]) {
  let now = 1_000 * SECOND_MS;
  const list = () => {
    const next = lists.shift();
    return next ? Promise.resolve(next) : Promise.reject(new Error('locked'));
  };
  const clock = { now: () => now, monotonic: () => now };
  const watch = createWallWatch({ devices: { list }, clock, logger: pino({ level: 'silent' }) });
  return {
    watch,
    wait: (seconds: number) => {
      now += seconds * SECOND_MS;
    },
    silent: (branch = 'hall') => watch.silent(branch).map((wall) => `${wall.name} ${wall.silentSeconds}`),
  };
}

describe('the watch over walls', () => {
  it('counts from the last word of each, in its own hall', async () => {
    const { watch, wait, silent } = watchOver([[device('a', 1_060_000), device('b', 1_100_000)]]);
    wait(120);
    await watch.look();
    expect(silent()).toEqual(['a 60', 'b 20']);
    expect(silent('elsewhere')).toEqual([]);
  });

  it('forgets nothing over a restart, and gives everybody time to be heard after it', async () => {
    const { watch, wait, silent } = watchOver([[device('a', 100_000), device('never', null)]]);
    await watch.look();
    expect(silent()).toEqual(['a 0', 'never 0']);
    wait(200);
    expect(silent()).toEqual(['a 200', 'never 200']);
  });

  it('blames no wall for accounts that cannot be read', async () => {
    const { watch, wait, silent } = watchOver([[device('a', 1_000_000)], null]);
    await watch.look();
    wait(300);
    await watch.look();
    expect(silent()).toEqual(['a 0']);
  });
});
