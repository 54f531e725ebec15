/** What every event log promises; both implementations run it, so that the one in memory cannot drift. */
import { setImmediate as breathe } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoggedEvent, SourceEvent } from '#shared/events.ts';
import { type EventLog, loggedEvents, LogUnavailable, type Positions } from '#server/log/event-log.ts';
import { ALL_SHARDS, shardOf } from '#server/log/shards.ts';
import { soon, until } from '#test/support/until.ts';

/** A log under test. */
export interface LogUnderTest {
  log: EventLog;
  /** The same data through a new object, as after a restart of the process. */
  reopen(): Promise<EventLog>;
  /** Takes the server away and brings it back. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

const RECEIVED_AT = Date.UTC(2026, 2, 2, 2);
const DAY_MS = 86_400_000;

const fact = (id: string, contact = 'k'): SourceEvent => ({
  id,
  at: RECEIVED_AT,
  type: 'contact.missed',
  contact,
});
const facts = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, i) => fact(`${prefix}${i}`));
const about = (branch: string, events: SourceEvent[], source = 's', receivedAt = RECEIVED_AT) => ({
  branch,
  source,
  receivedAt,
  events,
});

/** The first `count` facts after a position. */
async function read(
  log: EventLog,
  count: number,
  from: Positions = new Map(),
  shards: readonly number[] = ALL_SHARDS,
): Promise<LoggedEvent[]> {
  const stop = new AbortController();
  const found: LoggedEvent[] = [];
  const reading = (async () => {
    for await (const chunks of log.follow(shards, from, stop.signal)) {
      for (const chunk of chunks) found.push(...loggedEvents(chunk));
      if (found.length >= count) return;
    }
  })();
  try {
    await soon(reading, `${count} facts, have ${found.length}`);
  } finally {
    stop.abort();
  }
  return found;
}

/** Text that other stores have choked on; all of it is legal in a fact. */
const AWKWARD = [
  '厅',
  '👩‍👩‍👧',
  '\\u0000',
  '"quoted"',
  "'; DROP TABLE x; --",
  '\n\t',
  '  ',
  '__proto__',
  '\u2028',
  '\uFEFF',
  '{}',
  '[1',
  '',
];

export function describeEventLog(name: string, open: () => Promise<LogUnderTest>): void {
  describe(name, () => {
    let under: LogUnderTest;
    let log: EventLog;
    beforeEach(async () => {
      under = await open();
      log = under.log;
    });
    afterEach(() => under.close());

    it('knows a fact again: within a post, in the next, after a restart', async () => {
      expect(await log.append([about('a', [fact('1'), fact('2'), fact('1')])])).toEqual([
        [true, true, false],
      ]);
      expect(await log.append([about('a', [fact('2'), fact('3')])])).toEqual([[false, true]]);
      const again = await under.reopen();
      expect(await again.append([about('a', [fact('1'), fact('3'), fact('4')])])).toEqual([
        [false, false, true],
      ]);
      expect((await read(again, 4)).map(({ event, version }) => [event.id, version])).toEqual([
        ['1', 1],
        ['2', 2],
        ['3', 3],
        ['4', 4],
      ]);
    });

    it('tells sources and branches apart: ids are unique within them', async () => {
      const answers = await log.append([
        about('a', [fact('1')]),
        about('a', [fact('1')], 't'),
        about('b', [fact('1')]),
        about('a', [fact('1')]),
      ]);
      expect(answers).toEqual([[true], [true], [true], [false]]);
    });

    it('does not confuse ids that look like one another when joined', async () => {
      const answers = await log.append([
        about('a', [fact('b c')], 'x'),
        about('a b', [fact('c')], 'x'),
        about('a', [fact('c')], 'x b'),
      ]);
      expect(answers.flat()).toEqual([true, true, true]);
    });

    it('knows a fact again for a day', async () => {
      await log.append([about('a', [fact('1')])]);
      expect(await log.append([about('a', [fact('1')], 's', RECEIVED_AT + DAY_MS)])).toEqual([[false]]);
    });

    it('numbers the facts of each branch 1, 2, 3 … without gaps, whoever writes at the same time', async () => {
      const posts = Array.from({ length: 40 }, (_, i) =>
        log.append([about('a', facts(5, `p${i % 30}-`), 'one'), about('b', facts(3, `p${i}-`), 'two')]),
      );
      const fresh = (await Promise.all(posts)).flat(2).filter(Boolean).length;
      expect(fresh).toBe(30 * 5 + 40 * 3);
      const found = await read(log, fresh);
      for (const branch of ['a', 'b']) {
        const versions = found.filter((each) => each.branch === branch).map(({ version }) => version);
        expect(versions).toEqual(versions.map((_, i) => i + 1));
      }
    });

    it('keeps the order of a post and gives back who said it and when', async () => {
      await log.append([about('a', facts(50, 'x'), 'machine', RECEIVED_AT + 7)]);
      const found = await read(log, 50);
      expect(found.map(({ event }) => event.id)).toEqual(facts(50, 'x').map(({ id }) => id));
      expect(found[0]).toEqual({
        branch: 'a',
        source: 'machine',
        version: 1,
        receivedAt: RECEIVED_AT + 7,
        event: fact('x0'),
      });
    });

    it('takes a post of a thousand facts about many branches', async () => {
      const requests = Array.from({ length: 100 }, (_, i) => about(`branch ${i}`, facts(10, 'f')));
      const answers = await log.append(requests);
      expect(answers).toHaveLength(100);
      expect(answers.flat().every(Boolean)).toBe(true);
      expect(await read(log, 1_000)).toHaveLength(1_000);
    });

    it('takes a post of nothing', async () => {
      expect(await log.append([])).toEqual([]);
      expect(await log.append([about('a', [])])).toEqual([[]]);
    });

    it('keeps text of every kind as it is', async () => {
      const events = AWKWARD.map((text, i): SourceEvent => ({
        id: `${text || 'empty'} ${i}`,
        at: 1.5,
        type: 'agent.signedIn',
        agent: text,
        name: text,
      }));
      await log.append([about('__proto__', events, 'constructor')]);
      const found = await read(log, events.length);
      expect(found.map(({ event }) => event)).toEqual(events);
      expect(found[0]).toMatchObject({ branch: '__proto__', source: 'constructor' });
    });

    it('is followed from a position: what came before is not told again, what comes later is', async () => {
      await log.append([about('a', facts(3, 'x')), about('b', facts(2, 'x'))]);
      const ends = await log.ends();
      expect([...ends.keys()].sort()).toEqual([shardOf('a'), shardOf('b')].sort());
      const later = read(log, 2, ends);
      await breathe();
      await log.append([about('a', facts(1, 'y')), about('b', facts(1, 'y'))]);
      expect((await later).map(({ branch, version }) => [branch, version]).sort()).toEqual([
        ['a', 4],
        ['b', 3],
      ]);
    });

    it('is followed in some shards only, when asked so', async () => {
      await log.append([about('a', facts(2, 'x')), about('b', facts(2, 'x')), about('a', facts(1, 'y'))]);
      expect(shardOf('a')).not.toBe(shardOf('b'));
      const found = await read(log, 3, new Map(), [shardOf('a')]);
      expect(found.map(({ branch }) => branch)).toEqual(['a', 'a', 'a']);
    });

    it.each([
      ['in all shards', ALL_SHARDS],
      ['in none', []],
    ])('gives a sign of life when there is nothing new %s', async (_where, shards) => {
      const stop = new AbortController();
      const follower = log.follow(shards, new Map(), stop.signal)[Symbol.asyncIterator]();
      const first = await soon(follower.next(), 'a sign of life');
      expect(first).toEqual({ done: false, value: [] });
      stop.abort();
      expect(await soon(drain(follower), 'the end')).toBe(true);
    });

    it('keeps checkpoints: what was saved last, over a restart', async () => {
      const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
      await log.append([about('a', facts(3, 'x')), about('厅', facts(1, 'x'))]);
      const shard = shardOf('a');
      const position = (await log.ends()).get(shard) ?? '';
      await log.saveCheckpoint(shard, position, new Map([['a', bytes('old')]]), 0);
      await log.saveCheckpoint(shard, position, new Map([['a', new Uint8Array([0, 255, 10, 13])]]), 0);
      await log.saveCheckpoint(shardOf('厅'), '0', new Map([['厅', bytes('两')]]), 0);
      const saved = await (await under.reopen()).loadCheckpoints();
      expect(saved.positions.get(shard)).toBe(position);
      expect([...(saved.branches.get('a') ?? [])]).toEqual([0, 255, 10, 13]);
      expect(new TextDecoder().decode(saved.branches.get('厅'))).toBe('两');
      expect(await read(await under.reopen(), 1, saved.positions)).toMatchObject([{ branch: '厅' }]);
    });

    it('[SF3] says that it is away, and nothing it acknowledged is lost', async () => {
      await log.append([about('a', [fact('1')])]);
      await under.goAway();
      await expect(log.append([about('a', [fact('2')])])).rejects.toThrow(LogUnavailable);
      await under.comeBack();
      expect(await appendWhenBack(log, about('a', [fact('1'), fact('2')]))).toEqual([[false, true]]);
      expect((await read(log, 2)).map(({ event }) => event.id)).toEqual(['1', '2']);
    });

    it('tells a follower each fact once and in order, as it stands in the log, though the log was away', async () => {
      const stop = new AbortController();
      const seen: LoggedEvent[] = [];
      const following = (async () => {
        for await (const chunks of log.follow(ALL_SHARDS, new Map(), stop.signal))
          for (const chunk of chunks) seen.push(...loggedEvents(chunk));
      })();
      const posts: Promise<unknown>[] = [];
      for (let i = 0; i < 60; i++) {
        const branch = `b${i % 7}`;
        posts.push(log.append([about(branch, facts(5, `p${i >> 1}-`))]).catch(() => undefined));
        if (i % 10 === 9) await Promise.all(posts);
        if (i === 29) await under.goAway();
        if (i === 39) await under.comeBack();
      }
      await appendWhenBack(log, about('b0', [fact('last')]));
      await until(() => seen.some(({ event }) => event.id === 'last'), 'the last fact');
      stop.abort();
      await following;
      const inLog = await read(log, seen.length);
      const ofBranch = (all: readonly LoggedEvent[]) => Map.groupBy(all, ({ branch }) => branch);
      expect(ofBranch(seen)).toStrictEqual(ofBranch(inLog));
      for (const [branch, told] of ofBranch(seen))
        expect([branch, told.map(({ version }) => version)]).toEqual([branch, told.map((_, i) => i + 1)]);
    });

    it('a follower goes on when the log is back', async () => {
      await log.append([about('a', [fact('1')])]);
      const two = read(log, 2);
      await breathe();
      await under.goAway();
      await under.comeBack();
      await appendWhenBack(log, about('a', [fact('2')]));
      expect((await two).map(({ version }) => version)).toEqual([1, 2]);
    });
  });
}

async function drain(follower: AsyncIterator<unknown>): Promise<boolean> {
  for (;;) if ((await follower.next()).done === true) return true;
}

/** What a source does: it posts again until it is answered. */
async function appendWhenBack(log: EventLog, request: ReturnType<typeof about>): Promise<boolean[][]> {
  let answer: boolean[][] = [];
  const post = async (): Promise<boolean> => {
    try {
      answer = await log.append([request]);
      return true;
    } catch (error) {
      if (error instanceof LogUnavailable) return false;
      throw error;
    }
  };
  await until(post, 'the log takes facts again');
  return answer;
}
