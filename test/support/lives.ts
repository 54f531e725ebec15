/** Lives of contacts and streams of facts, drawn by fast-check. */
import fc from 'fast-check';
import { type LoggedEvent, ReportedAgentState, type SourceEvent } from '#shared/events.ts';
import { clock, told } from './profiles.ts';

/** Runs of each property; with the seed they are the same on every machine. */
export const RUNS = { numRuns: 500, seed: 20_260_302 };

const START = clock('09:00');
const SECOND_MS = 1_000;
/** A missed turn comes back within 15 min or never (rule AB1), so no step of a life takes longer. */
const LONGEST_STEP_SECONDS = 600;

/** How one contact's life went; `steps` are the seconds from one fact to the next. */
export interface Life {
  contact: string;
  queue: string;
  channel: 'hall' | 'voice';
  arrivesAfterSeconds: number;
  steps: readonly number[];
  missedTurns: number;
  holds: number;
  end: 'waiting' | 'abandoned' | 'serving' | 'served' | 'transferred' | 'returned';
}

const QUEUES = ['personal', 'corporate'] as const;
const PLAIN_ENDS = ['waiting', 'abandoned', 'serving', 'served'] as const;

const lifeWith = (ends: readonly Life['end'][]): fc.Arbitrary<Omit<Life, 'contact'>> =>
  fc.record({
    queue: fc.constantFrom(...QUEUES),
    channel: fc.constantFrom('hall', 'voice'),
    arrivesAfterSeconds: fc.integer({ min: 0, max: 1_800 }),
    steps: fc.array(fc.integer({ min: 1, max: LONGEST_STEP_SECONDS }), { minLength: 16, maxLength: 16 }),
    missedTurns: fc.integer({ min: 0, max: 2 }),
    holds: fc.integer({ min: 0, max: 2 }),
    end: fc.constantFrom(...ends),
  });

const manyOf = (life: fc.Arbitrary<Omit<Life, 'contact'>>): fc.Arbitrary<Life[]> =>
  fc
    .array(life, { minLength: 1, maxLength: 6 })
    .map((all) => all.map((each, i) => ({ ...each, contact: `k${i}` })));

/** Lives of several contacts, each one visit. */
export const plainLives = manyOf(lifeWith(PLAIN_ENDS));
/** Lives of several contacts, some transferred or back for another visit. */
export const anyLives = manyOf(lifeWith([...PLAIN_ENDS, 'transferred', 'returned']));

/** The facts of a life in their order. */
export function factsOf(life: Life): SourceEvent[] {
  const { contact, queue, channel } = life;
  const facts: SourceEvent[] = [];
  let at = START + life.arrivesAfterSeconds * SECOND_MS;
  let step = 0;
  const next = (): number => (at += (life.steps[step++ % life.steps.length] ?? 1) * SECOND_MS);
  const serve = (): void => {
    facts.push(told(next(), 'contact.called', { contact, counter: 'c1' }));
    facts.push(told(next(), 'contact.started', { contact, counter: 'c1', agent: `agent of ${contact}` }));
  };

  facts.push(told(at, 'contact.queued', { contact, queue, channel, ticket: contact }));
  for (let turn = 0; turn < life.missedTurns; turn++) {
    facts.push(told(next(), 'contact.called', { contact, counter: 'c1' }));
    facts.push(told(next(), 'contact.missed', { contact }));
  }
  if (life.end === 'waiting') return facts;
  if (life.end === 'abandoned') return [...facts, told(next(), 'contact.abandoned', { contact })];
  serve();
  for (let hold = 0; hold < life.holds; hold++) {
    facts.push(told(next(), 'contact.held', { contact }));
    facts.push(told(next(), 'contact.resumed', { contact }));
  }
  if (life.end === 'serving') return facts;
  if (life.end === 'transferred') {
    facts.push(told(next(), 'contact.transferred', { contact, queue: 'elsewhere' }));
    serve();
  }
  facts.push(told(next(), 'contact.ended', { contact }));
  if (life.end !== 'returned') return facts;
  return [...facts, told(next(), 'contact.queued', { contact, queue, channel, ticket: contact })];
}

/** A fact on its way: told at its own time, received when it says. */
export interface Delivery {
  event: SourceEvent;
  receivedAt: number;
}

/** Numbers deliveries in the order in which they are received. */
export const inOrderOfReceipt = (deliveries: readonly Delivery[]): LoggedEvent[] =>
  [...deliveries]
    .sort((a, b) => a.receivedAt - b.receivedAt)
    .map((delivery, i) => ({ branch: 'b', source: 's', version: i + 1, ...delivery }));

/** Names that are ordinary ids, though JavaScript's own objects have members of these names. */
export const ODD_IDS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'] as const;
const id = fc.constantFrom('a', 'b', '柜台 1', ...ODD_IDS);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const lists = { queues: maybe(fc.array(id, { maxLength: 3 })) };
const time = fc.integer({ min: START, max: START + 4 * 3_600 * SECOND_MS });
const types = fc.constantFrom('called', 'missed', 'started', 'held', 'resumed', 'ended', 'abandoned');

const anyFields: fc.Arbitrary<object> = fc.oneof(
  fc.record({ type: fc.constant('contact.queued'), contact: id, queue: id, ticket: maybe(id) }),
  fc.record({
    type: types.map((type) => `contact.${type}`),
    contact: id,
    agent: maybe(id),
    counter: maybe(id),
  }),
  fc.record({ type: fc.constant('contact.transferred'), contact: id, queue: id }),
  fc.record({
    type: fc.constant('contact.rated'),
    contact: id,
    score: fc.integer({ min: 0, max: 9 }),
    scale: fc.constant(5),
  }),
  fc.record({
    type: fc.constant('agent.signedIn'),
    agent: id,
    counter: maybe(id),
    name: maybe(id),
    ...lists,
  }),
  fc.record({ type: fc.constant('agent.signedOut'), agent: id }),
  fc.record({
    type: fc.constant('agent.stateChanged'),
    agent: id,
    state: fc.constantFrom(...ReportedAgentState.options),
  }),
  fc.record({
    type: fc.constantFrom('counter.opened', 'counter.closed', 'counter.faulted'),
    counter: id,
    ...lists,
  }),
  fc.record({
    type: fc.constant('queue.observed'),
    queue: id,
    waiting: fc.integer({ min: 0, max: 3 }),
    longestWaitSeconds: maybe(fc.integer({ min: 0, max: 900 })),
  }),
  fc.record({
    type: fc.constant('source.snapshot'),
    queues: fc.array(fc.record({ queue: id }), { maxLength: 2 }),
    contacts: fc.array(fc.record({ contact: id, queue: id, queuedAt: time, startedAt: maybe(time) }), {
      maxLength: 2,
    }),
    agents: fc.array(fc.record({ agent: id, state: fc.constant('break'), counter: maybe(id) }), {
      maxLength: 2,
    }),
    counters: fc.array(fc.record({ counter: id, state: fc.constant('open'), agent: maybe(id) }), {
      maxLength: 2,
    }),
  }),
  fc.record({ type: fc.constant('source.heartbeat') }),
);

/** A stream of facts that need not make sense, from two sources, some with wrong clocks. */
export const anyStream: fc.Arbitrary<LoggedEvent[]> = fc
  .array(
    fc.record({
      fields: anyFields,
      at: time,
      lateness: fc.constantFrom(0, 0, 1_000, 60_000, -30_000, 400_000, -10_000_000),
      source: fc.constantFrom('s', 't'),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((all) =>
    all.map(({ fields, at, lateness, source }, i) => ({
      branch: 'b',
      source,
      version: i + 1,
      receivedAt: at + lateness,
      event: { ...fields, id: String(i), at } as unknown as SourceEvent,
    })),
  );
