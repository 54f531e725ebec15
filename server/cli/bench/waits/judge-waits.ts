/** Goes through a recording fact by fact; each wait is estimated as it begins and judged when it has ended. */
import { SourceEvent } from '#shared/events.ts';
import { BranchProfile } from '#shared/network.ts';
import { evolve } from '../../../domain/branch/evolve.ts';
import { type BranchState, initialState } from '../../../domain/branch/state.ts';
import { entry } from '../../../domain/metrics/entry.ts';
import { followWaits, type JudgedWait } from '../../../domain/waits/follow.ts';
import { newWaitRecord, type WaitRecord } from '../../../domain/waits/wait-record.ts';
import type { Reading } from '../../../sources/reading.ts';
import { createTally } from '../../replay/tally.ts';
import { createSimpleGuesses, type Guesses, type SimpleGuesses } from './simple-guesses.ts';

/** A wait beside what was said when it began; seconds. */
export interface Judgement extends JudgedWait {
  guesses: Guesses;
}

export interface Judged {
  /** In the order in which the waits ended. */
  waits: Judgement[];
  /** Records of the file set aside, by reason. */
  rejected: Record<string, number>;
  facts: number;
}

interface Followed {
  profile: BranchProfile;
  state: BranchState;
  record: WaitRecord;
  simple: SimpleGuesses;
  /** By contact: what was guessed when its wait began. */
  guessed: Map<string, Guesses>;
}

const SOURCE = 'recording';
const CHANNEL = 'voice';

/** Each branch of the recording starts without any experience; `onFact` is told how many facts were read. */
export async function judgeWaits(
  readings: AsyncIterable<Reading> | Iterable<Reading>,
  onFact: (facts: number) => void = () => undefined,
): Promise<Judged> {
  const branches = new Map<string, Followed>();
  const rejected = createTally();
  const waits: Judgement[] = [];
  let facts = 0;
  for await (const reading of readings) {
    if ('refused' in reading) {
      rejected.add(reading.refused, reading.count ?? 1);
      continue;
    }
    const event = SourceEvent.safeParse(reading.event);
    if (!event.success) {
      rejected.add('bad-fact', 1);
      continue;
    }
    onFact(++facts);
    const branch = entry(branches, reading.branch, () => newlyFollowed(reading.branch));
    const judged = follow(branch, event.data, facts);
    if (judged !== null) waits.push(judged);
  }
  return { waits, rejected: rejected.counts(), facts };
}

function newlyFollowed(id: string): Followed {
  const name = { zh: id, en: id };
  const profile = BranchProfile.parse({ id, name, region: { id, name }, channel: CHANNEL });
  return {
    profile,
    state: initialState(CHANNEL),
    record: newWaitRecord(CHANNEL),
    simple: createSimpleGuesses(),
    guessed: new Map(),
  };
}

function follow(branch: Followed, event: SourceEvent, version: number): Judgement | null {
  const { profile, state, record, simple, guessed } = branch;
  const logged = { branch: profile.id, source: SOURCE, version, receivedAt: event.at, event };
  const outcomes = evolve(state, logged);
  const judged = followWaits(record, state, profile, logged, outcomes);
  if (event.type === 'contact.queued' || event.type === 'contact.transferred')
    guessed.set(event.contact, simple.of(state, event.queue, event.contact));
  for (const outcome of outcomes) simple.learn(outcome);
  const guesses = 'contact' in event ? guessed.get(event.contact) : undefined;
  if ('contact' in event && !record.open.has(event.contact)) guessed.delete(event.contact);
  return judged === null || guesses === undefined ? null : { ...judged, guesses };
}
