/** Hours of agents and counters, drawn by fast-check: presence, states, places and services, each fact at its own second. */
import fc from 'fast-check';
import type { SourceEvent } from '#shared/events.ts';
import { clock, told } from './profiles.ts';

const AGENTS = ['li', 'han'] as const;
const COUNTERS = ['c1', 'c2'] as const;
const STATES = ['available', 'wrapUp', 'break', 'meeting'] as const;
const SECOND_MS = 1_000;
const LONGEST_PAUSE_SECONDS = 600;
/** Most facts follow so closely that they can overtake each other. */
const pause = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: LONGEST_PAUSE_SECONDS }) },
);

type Act =
  | { kind: 'signIn'; agent: string; counter: string | undefined }
  | { kind: 'signOut'; agent: string }
  | { kind: 'state'; agent: string; state: (typeof STATES)[number] }
  | { kind: 'open'; counter: string; agent: string | undefined }
  | { kind: 'close' | 'fault'; counter: string }
  | { kind: 'serve'; agent: string; counter: string; seconds: number };

const agent = fc.constantFrom(...AGENTS);
const counter = fc.constantFrom(...COUNTERS);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('signIn' as const), agent, counter: maybe(counter) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('signOut' as const), agent }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('state' as const), agent, state: fc.constantFrom(...STATES) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('open' as const), counter, agent: maybe(agent) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('close' as const, 'fault' as const), counter }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('serve' as const),
      agent,
      counter,
      seconds: pause,
    }),
  },
);

/** The facts of some hours, in order, no two at the same instant. */
export const staffDay: fc.Arbitrary<SourceEvent[]> = fc
  .array(fc.tuple(pause, act), { minLength: 1, maxLength: 25 })
  .map((acts) => {
    const facts: SourceEvent[] = [];
    let at = clock('09:00');
    for (const [i, [seconds, each]] of acts.entries()) {
      at += seconds * SECOND_MS;
      facts.push(...factsOf(each, at, `k${i}`));
    }
    return apart(facts.sort((a, b) => a.at - b.at));
  });

function factsOf(act: Act, at: number, contact: string): SourceEvent[] {
  switch (act.kind) {
    case 'signIn':
      return [told(at, 'agent.signedIn', { agent: act.agent, ...given('counter', act.counter) })];
    case 'signOut':
      return [told(at, 'agent.signedOut', { agent: act.agent })];
    case 'state':
      return [told(at, 'agent.stateChanged', { agent: act.agent, state: act.state })];
    case 'open':
      return [told(at, 'counter.opened', { counter: act.counter, ...given('agent', act.agent) })];
    case 'close':
      return [told(at, 'counter.closed', { counter: act.counter })];
    case 'fault':
      return [told(at, 'counter.faulted', { counter: act.counter })];
    case 'serve':
      return [
        told(at, 'contact.queued', { contact, queue: 'personal', ticket: contact }),
        told(at + SECOND_MS, 'contact.started', { contact, agent: act.agent, counter: act.counter }),
        told(at + (1 + act.seconds) * SECOND_MS, 'contact.ended', { contact }),
      ];
  }
}

const given = <K extends string>(key: K, value: string | undefined) =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<K, string>>;

/** Facts of the same instant are told in the order of the log; here each has an instant of its own. */
function apart(facts: SourceEvent[]): SourceEvent[] {
  let last = 0;
  return facts.map((fact) => {
    last = Math.max(fact.at, last + SECOND_MS);
    return { ...fact, at: last };
  });
}
