import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '#shared/events.ts';
import { createIngest, type Ingest, type SourcePrincipal } from '#server/ingest.ts';
import { manualClock } from '#server/clock.ts';
import { LogUnavailable, loggedEvents } from '#server/log/event-log.ts';
import { createMemoryEventLog } from '#server/log/memory-event-log.ts';
import { ALL_SHARDS } from '#server/log/shards.ts';
import { createNetwork } from '#server/network.ts';
import { clock, hall } from '#test/support/profiles.ts';

const KEY: SourcePrincipal = { kind: 'source', source: 'machine', branches: ['hall'] };
const REGION: SourcePrincipal = {
  kind: 'source',
  source: 'collector',
  branches: ['hall', 'other', 'unbuilt'],
};
const EVERYWHERE: SourcePrincipal = { kind: 'source', source: 'head office', branches: ['*'] };
const queued = { id: 'e1', at: clock('10:00'), type: 'contact.queued', contact: 'k', queue: 'personal' };
const without = (field: keyof typeof queued) =>
  Object.fromEntries(Object.entries(queued).filter(([name]) => name !== field));

function setUp(): { ingest: Ingest; log: ReturnType<typeof createMemoryEventLog> } {
  const log = createMemoryEventLog();
  const network = createNetwork({ branches: [hall(), hall({ id: 'other' })], sourceKeys: [] });
  return { log, ingest: createIngest({ log, network, clock: manualClock(clock('10:00')) }) };
}

const post = (principal: SourcePrincipal, ...values: unknown[]) =>
  setUp().ingest.post(
    principal,
    values.map((value) => ({ value })),
  );

async function allIn(log: ReturnType<typeof createMemoryEventLog>): Promise<LoggedEvent[]> {
  for await (const chunks of log.follow(ALL_SHARDS, new Map(), new AbortController().signal)) {
    return chunks.flatMap((chunk) => [...loggedEvents(chunk)]);
  }
  return [];
}

describe('what is refused, item by item', () => {
  it.each([
    ['not-an-event', null, null],
    ['not-an-event', null, 7],
    ['not-an-event', null, 'contact.queued'],
    ['not-an-event', null, [queued]],
    ['missing-field', 'type', without('type')],
    ['missing-field', 'type', {}],
    ['unknown-type', 'type', { ...queued, type: 'contact.vanished' }],
    ['unknown-type', 'type', { ...queued, type: 7 }],
    ['unknown-type', 'type', { ...queued, type: '__proto__' }],
    ['missing-field', 'id', without('id')],
    ['missing-field', 'queue', without('queue')],
    ['invalid-field', 'queue', { ...queued, queue: 7 }],
    ['invalid-field', 'queue', { ...queued, queue: '' }],
    ['invalid-field', 'contact', { ...queued, contact: 'k'.repeat(65) }],
    ['invalid-field', 'contact', { ...queued, contact: 'a\u0000b' }],
    ['invalid-field', 'contact', { ...queued, contact: 'a\nb' }],
    ['invalid-field', 'contact', { ...queued, contact: 'a\u202eb' }],
    ['invalid-field', 'contact', { ...queued, contact: '\ud800' }],
    ['invalid-field', 'at', { ...queued, at: 8.64e15 }],
    ['invalid-field', 'at', { ...queued, at: -1 }],
    ['invalid-field', 'at', { ...queued, at: 1.5 }],
    ['invalid-field', 'at', { ...queued, at: Infinity }],
    ['invalid-field', 'at', { ...queued, at: '2026-03-02 10:00' }],
    ['invalid-field', 'at', { ...queued, at: '2026-13-02T10:00Z' }],
    ['invalid-field', 'at', { ...queued, at: '1969-12-31T23:59Z' }],
    ['unknown-field', 'colour', { ...queued, colour: 'red' }],
    [
      'unknown-field',
      '__proto__',
      JSON.parse('{"id":"e1","at":1,"type":"source.heartbeat","__proto__":{"a":1}}'),
    ],
    ['unknown-field', 'constructor', { ...queued, constructor: 'x' }],
    ['invalid-field', 'priority', { ...queued, priority: 9007199254740993n.toString() }],
    ['invalid-field', 'state', { id: 'e', at: 1, type: 'agent.stateChanged', agent: 'li', state: 'serving' }],
    ['invalid-field', 'name', { id: 'e', at: 1, type: 'agent.signedIn', agent: 'li', name: 'a\u0000' }],
    ['invalid-field', 'name', { id: 'e', at: 1, type: 'agent.signedIn', agent: 'li', name: 'n'.repeat(201) }],
    ['invalid-field', 'score', { id: 'e', at: 1, type: 'contact.rated', contact: 'k', score: NaN, scale: 5 }],
    [
      'invalid-field',
      'contacts.0.queuedAt',
      {
        id: 'e',
        at: 1,
        type: 'source.snapshot',
        queues: [],
        agents: [],
        counters: [],
        contacts: [{ contact: 'k', queue: 'q' }],
      },
    ],
    [
      'unknown-field',
      'agents.0.mood',
      {
        ...{ id: 'e', at: 1, type: 'source.snapshot', queues: [], contacts: [], counters: [] },
        agents: [{ agent: 'li', state: 'break', mood: 'fine' }],
      },
    ],
  ])('%s %s', async (reason, field, item) => {
    const answer = await post(KEY, item, { ...queued, id: 'good' });
    expect(answer).toMatchObject({ accepted: 1, duplicate: 0, rejected: [{ index: 0, reason, field }] });
  });

  it('names the item by its id where it has one, cut to the length of an id', async () => {
    const { rejected } = await post(KEY, { ...queued, queue: 7 }, { id: 'x'.repeat(100) }, { id: 7 });
    expect(rejected.map(({ id }) => id)).toEqual(['e1', 'x'.repeat(64), null]);
  });

  it('a line that could not be read', async () => {
    const answer = await setUp().ingest.post(KEY, [{ unreadable: true }, { value: queued }]);
    expect(answer).toEqual({
      accepted: 1,
      duplicate: 0,
      rejected: [{ index: 0, id: null, reason: 'not-json', field: null }],
    });
  });
});

describe('which branch it is about', () => {
  it('a key of one branch need not name it', async () => {
    expect(await post(KEY, queued)).toMatchObject({ accepted: 1 });
    expect(await post(KEY, { ...queued, branch: 'hall' })).toMatchObject({ accepted: 1 });
  });

  it.each([
    ['branch-required', REGION, queued],
    ['branch-required', EVERYWHERE, queued],
    ['branch-not-allowed', KEY, { ...queued, branch: 'other' }],
    ['branch-not-allowed', KEY, { ...queued, branch: '*' }],
    ['unknown-branch', REGION, { ...queued, branch: 'unbuilt' }],
    ['unknown-branch', EVERYWHERE, { ...queued, branch: '__proto__' }],
  ])('[SF1] %s', async (reason, principal, item) => {
    expect((await post(principal, item)).rejected).toMatchObject([{ reason, field: 'branch' }]);
  });

  it('one post may be about several branches', async () => {
    const { ingest, log } = setUp();
    const items = [
      { value: { ...queued, branch: 'hall' } },
      { value: { ...queued, branch: 'other' } },
      { value: { ...queued, id: 'e2', branch: 'hall' } },
    ];
    expect(await ingest.post(REGION, items)).toMatchObject({ accepted: 3 });
    const facts = await allIn(log);
    expect(facts.map(({ branch, version, source }) => [branch, version, source])).toEqual([
      ['hall', 1, 'collector'],
      ['hall', 2, 'collector'],
      ['other', 1, 'collector'],
    ]);
    expect(facts[0]?.event).not.toHaveProperty('branch');
  });
});

describe('what is accepted', () => {
  it.each([
    [clock('10:00'), clock('10:00')],
    ['2026-03-02T10:00+08:00', clock('10:00')],
    ['2026-03-02T10:00:00.250+0800', clock('10:00') + 250],
    ['2026-03-02T02:00:00Z', clock('10:00')],
  ])('a time written %s', async (at, ms) => {
    const { ingest, log } = setUp();
    await ingest.post(KEY, [{ value: { ...queued, at } }]);
    expect((await allIn(log))[0]?.event.at).toBe(ms);
  });

  it('is counted once: the second time it is a duplicate', async () => {
    const { ingest } = setUp();
    const items = [{ value: queued }, { value: queued }];
    expect(await ingest.post(KEY, items)).toEqual({ accepted: 1, duplicate: 1, rejected: [] });
    expect(await ingest.post(KEY, items)).toEqual({ accepted: 0, duplicate: 2, rejected: [] });
  });

  it('ids are unique within a source only', async () => {
    const { ingest } = setUp();
    await ingest.post(KEY, [{ value: queued }]);
    expect(await ingest.post(EVERYWHERE, [{ value: { ...queued, branch: 'hall' } }])).toMatchObject({
      accepted: 1,
    });
  });

  it('nothing is answered when the log is away', async () => {
    const { ingest, log } = setUp();
    log.setAvailable(false);
    await expect(ingest.post(KEY, [{ value: queued }])).rejects.toThrow(LogUnavailable);
  });
});
