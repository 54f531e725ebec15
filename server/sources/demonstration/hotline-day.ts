import { readCallsCsv } from '../calls-csv.ts';
import { replay, type DayRun, type TimedFact } from './day-run.ts';
import { recordedCallsCsv } from './recorded.ts';

export const HOTLINE = 'hotline';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** The recording says who took a call, not who was there; presence is told from the calls. */
const SIGN_IN_BEFORE_MS = MINUTE_MS;
const SIGN_OUT_AFTER_MS = MINUTE_MS;
const WRAP_UP_MS = 8 * SECOND_MS;
/** Without a call for this long, the agent was away. */
const AWAY_MS = 25 * MINUTE_MS;

interface Talk {
  from: number;
  to: number;
}

/** The recorded day, call by call, `at` in milliseconds after local midnight; in order of time. */
export async function readHotlineDay(): Promise<TimedFact[]> {
  const facts: TimedFact[] = [];
  for await (const reading of readCallsCsv([recordedCallsCsv()]))
    if ('event' in reading) facts.push(reading.event);
  const midnight = Math.floor((facts[0]?.at ?? 0) / (24 * 60 * MINUTE_MS)) * (24 * 60 * MINUTE_MS);
  const calls = facts.map((fact) => ({ ...fact, at: fact.at - midnight }));
  const presence = [...talksOf(calls)].flatMap(([agent, talks]) => presenceOf(agent, talks));
  return [...calls, ...presence].sort((a, b) => a.at - b.at);
}

/** The recorded day laid over the local day that begins at `midnight`; `key` begins its ids. */
export function runHotline(recorded: readonly TimedFact[], key: string, midnight: number): DayRun {
  const facts = recorded.map((fact) => {
    const event = { ...fact, id: `${key}-${fact.id}`, at: midnight + fact.at };
    if ('contact' in event) event.contact = `${key}-${event.contact}`;
    return event;
  });
  return replay(HOTLINE, facts);
}

function talksOf(calls: readonly TimedFact[]): Map<string, Talk[]> {
  const byCall = new Map<string, Talk>();
  const byAgent = new Map<string, Talk[]>();
  for (const fact of calls) {
    if (fact.type === 'contact.started' && fact.agent !== undefined) {
      const talk = { from: fact.at, to: fact.at };
      byCall.set(fact.contact, talk);
      byAgent.set(fact.agent, [...(byAgent.get(fact.agent) ?? []), talk]);
    } else if (fact.type === 'contact.ended') {
      const talk = byCall.get(fact.contact);
      if (talk !== undefined) talk.to = fact.at;
    }
  }
  return byAgent;
}

function presenceOf(agent: string, talks: readonly Talk[]): TimedFact[] {
  const facts: TimedFact[] = [];
  const tell = (at: number, state: 'available' | 'break'): void => {
    facts.push({ id: `${agent}-${facts.length}`, at, type: 'agent.stateChanged', agent, state });
  };
  const first = talks[0]?.from ?? 0;
  facts.push({ id: `${agent}-0`, at: first - SIGN_IN_BEFORE_MS, type: 'agent.signedIn', agent, name: agent });
  let busyUntil = 0;
  talks.forEach(({ to }, i) => {
    busyUntil = Math.max(busyUntil, to);
    const ready = busyUntil + WRAP_UP_MS;
    const next = talks[i + 1]?.from;
    if (next === undefined || next <= ready) return;
    const isAway = next - ready > AWAY_MS;
    tell(ready, isAway ? 'break' : 'available');
    if (isAway) tell(next - SIGN_IN_BEFORE_MS, 'available');
  });
  const last = busyUntil + SIGN_OUT_AFTER_MS;
  facts.push({ id: `${agent}-${facts.length}`, at: last, type: 'agent.signedOut', agent });
  return facts;
}
