/** Days folded into live figures and into rows of history at once, as the server does it. */
import { join } from 'node:path';
import { type LogEvent, type LoggedEvent, SourceEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import { advance, type LiveBranch, newBranch } from '#server/domain/live-branch.ts';
import { createEffects, type EffectRows } from '#server/domain/metrics/interval-effects.ts';
import { openRecordedDay } from '#server/sources/recorded-day.ts';
import { createHall } from '#server/sources/simulator/hall.ts';
import { HOUR_MS, type HallSpec, MINUTE_MS } from '#server/sources/simulator/hall-spec.ts';
import { collect } from './readings.ts';

export interface Projected {
  live: LiveBranch;
  rows: EffectRows;
}

/** Folds facts in the order given. */
export function project(profile: BranchProfile, facts: readonly LoggedEvent[]): Projected {
  const live = newBranch(profile);
  const effects = createEffects();
  for (const fact of facts) effects.add(profile, advance(live, profile, fact) ?? []);
  return { live, rows: effects.rows() };
}

/** Facts as the log would hold them when all came at once. */
export const logged = (facts: readonly { event: LogEvent; receivedAt?: number }[]): LoggedEvent[] =>
  facts.map(({ event, receivedAt = event.at }, i) => ({
    branch: 'b',
    source: 's',
    version: i + 1,
    receivedAt,
    event,
  }));

const RECORDINGS = join(import.meta.dirname, '../fixtures/recordings');

/** The facts of a recording of test/fixtures, by branch. */
export async function recorded(name: string): Promise<Map<string, LoggedEvent[]>> {
  const { readings } = await openRecordedDay(join(RECORDINGS, name));
  const { facts } = await collect(readings);
  const read = facts.map(({ branch, event, receivedAt }) => ({
    branch,
    fact: { event: SourceEvent.parse(event), ...(receivedAt === undefined ? {} : { receivedAt }) },
  }));
  const byBranch = Map.groupBy(read, ({ branch }) => branch);
  return new Map([...byBranch].map(([branch, all]) => [branch, logged(all.map(({ fact }) => fact))]));
}

/** When the simulated hall opens and closes, epoch ms: four hours in UTC. */
const OPENS_AT = Date.UTC(2026, 0, 5, 8);
export const CLOSES_AT = OPENS_AT + 4 * HOUR_MS;

const SPEC: HallSpec = {
  day: '20260105',
  opensAt: OPENS_AT,
  closesAt: CLOSES_AT,
  slotMs: 30 * MINUTE_MS,
  agentLetter: 'T',
  queues: [
    { id: 'cash', letter: 'K', arrivals: [6, 9, 12, 12, 10, 8, 6, 4], serviceSeconds: 200 },
    { id: 'papers', letter: 'A', arrivals: [4, 6, 8, 8, 8, 6, 4, 2], serviceSeconds: 420 },
  ],
  groups: [
    { counters: ['1'], open: [1, 1, 1, 1, 1, 1, 1, 1], queues: ['cash'], helps: ['papers'] },
    { counters: ['2', '3'], open: [1, 2, 2, 2, 2, 2, 2, 1], queues: ['papers'], helps: ['cash'] },
  ],
};

/** The facts of a simulated hall's day, holds, missed turns, breaks and all. */
export const simulated = (seed: number): LoggedEvent[] =>
  logged(
    createHall(SPEC, seed)
      .advanceTo(CLOSES_AT + 3 * HOUR_MS)
      .map((event) => ({ event: SourceEvent.parse(event) })),
  );
