import { beforeAll, describe, expect, it } from 'vitest';
import { SourceEvent } from '#shared/events.ts';
import { anchorFor, localMidnight } from '#server/sources/demonstration/anchor.ts';
import { createDemonstration, type BranchFact } from '#server/sources/demonstration/demonstration.ts';
import { recordedHalls } from '#server/sources/demonstration/recorded.ts';
import { countTypes } from '../../../support/readings.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 10, 22, 5, 50);
const ANCHOR = anchorFor(START);
const DEAD = 'srodmiescie-2';
const HALL_TARGET_MS = 15 * MINUTE_MS;

const isBeat = ({ event }: BranchFact): boolean => event.type === 'source.heartbeat';
const factsOf = async (seed: number, until: number): Promise<BranchFact[]> =>
  (await createDemonstration(ANCHOR, seed)).advanceTo(until);

/** How the halls stand after these facts. */
function standing(facts: readonly BranchFact[], now: number) {
  const waiting = new Map<string, { line: string; since: number }>();
  const agents = new Map<string, string>();
  let [offered, abandoned] = [0, 0];
  for (const { branch, event } of facts) {
    if (branch === 'hotline') continue;
    if (event.type === 'contact.queued' || event.type === 'contact.transferred') {
      if (event.type === 'contact.queued') offered += 1;
      waiting.set(`${branch} ${event.contact}`, { line: `${branch} ${event.queue}`, since: event.at });
    } else if (event.type === 'contact.called') {
      waiting.delete(`${branch} ${event.contact}`);
    } else if (event.type === 'contact.abandoned') {
      abandoned += 1;
      waiting.delete(`${branch} ${event.contact}`);
    } else if (event.type === 'contact.started') {
      agents.set(`${branch} ${event.agent ?? ''}`, 'busy');
    } else if (event.type === 'agent.signedIn') {
      agents.set(`${branch} ${event.agent}`, 'available');
    } else if (event.type === 'agent.signedOut') {
      agents.delete(`${branch} ${event.agent}`);
    } else if (event.type === 'agent.stateChanged') {
      agents.set(`${branch} ${event.agent}`, event.state);
    }
  }
  const longest = new Map<string, number>();
  for (const { line, since } of waiting.values())
    longest.set(line, Math.max(longest.get(line) ?? 0, now - since));
  const agentsWho = (state: string): number => [...agents.values()].filter((doing) => doing === state).length;
  const lines = recordedHalls().flatMap((hall) => hall.groups.flatMap((group) => group.queues)).length;
  return {
    waiting: waiting.size,
    lateShare: [...longest.values()].filter((wait) => wait > HALL_TARGET_MS).length / lines,
    longestMinutes: [...longest.values()].map((wait) => wait / MINUTE_MS).sort((a, b) => a - b),
    busyShare: agentsWho('busy') / (agentsWho('busy') + agentsWho('available')),
    breakShare: agentsWho('break') / agents.size,
    abandonedShare: abandoned / offered,
  };
}

describe('createDemonstration', () => {
  let backfill: BranchFact[] = [];
  beforeAll(async () => {
    backfill = await factsOf(1, START);
  });

  it('gives the day so far at once: valid, in order, every id once, nothing from the future', () => {
    expect(backfill.length).toBeGreaterThan(15_000);
    expect(new Set(backfill.map(({ branch }) => branch)).size).toBe(22);
    expect(new Set(backfill.map(({ branch, event }) => `${branch} ${event.id}`)).size).toBe(backfill.length);
    for (const { event } of backfill) SourceEvent.parse(event);
    const times = backfill.filter(({ branch }) => branch !== DEAD).map(({ event }) => event.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(START);
    expect(times[0]).toBeGreaterThan(localMidnight(ANCHOR));
  });

  it('says the same whatever the steps, signs of life aside', async () => {
    const stepped = await createDemonstration(ANCHOR, 1);
    const facts: BranchFact[] = [];
    for (let now = START - HOUR_MS; now < START; now += 7_777) facts.push(...stepped.advanceTo(now));
    facts.push(...stepped.advanceTo(START));
    expect(facts.filter((fact) => !isBeat(fact))).toEqual(backfill);
  });

  it('gives every living branch a sign of life each 5 s from then on', async () => {
    const demonstration = await createDemonstration(ANCHOR, 1);
    demonstration.advanceTo(START);
    const beats = [1, 2, 3, 4].flatMap((i) => demonstration.advanceTo(START + i * 5_000)).filter(isBeat);
    expect(beats).toHaveLength(21 * 4);
    expect(beats.some(({ branch }) => branch === DEAD)).toBe(false);
    expect(new Set(beats.map(({ branch, event }) => `${branch} ${event.id}`)).size).toBe(beats.length);
  });

  it('goes through the recorded volume on the first day and begins another one after midnight', async () => {
    const midnight = localMidnight(ANCHOR) + 24 * HOUR_MS;
    const demonstration = await createDemonstration(ANCHOR, 1);
    const first = demonstration.advanceTo(midnight - 1);
    const tickets = new Set(
      first.flatMap(({ branch, event }) =>
        event.type === 'contact.queued' && branch !== 'hotline' ? [`${branch} ${event.contact}`] : [],
      ),
    );
    expect(tickets.size).toBe(15_976);
    const hotline = countTypes(first.filter(({ branch }) => branch === 'hotline'));
    expect(hotline).toMatchObject({
      'contact.queued': 1_773,
      'contact.abandoned': 77,
      'contact.started': 1_696,
    });

    const second = demonstration.advanceTo(midnight + 11 * HOUR_MS).filter((fact) => !isBeat(fact));
    expect(countTypes(second)['contact.queued']).toBeGreaterThan(3_000);
    const shape = (facts: BranchFact[]) => facts.map(({ event }) => event.type).slice(0, 5_000);
    expect(shape(second)).not.toEqual(shape(first));
    const ids = new Set(first.map(({ branch, event }) => `${branch} ${event.id}`));
    expect(second.filter(({ branch, event }) => ids.has(`${branch} ${event.id}`))).toEqual([]);
  });

  it('re-enacts the dead office today, with a clock that is right', () => {
    const dead = backfill.filter(({ branch }) => branch === DEAD);
    expect(dead.length).toBeGreaterThan(0);
    for (const { event } of dead) {
      expect(event).toMatchObject({ type: 'queue.observed', waiting: 0 });
      expect(START - event.at).toBeGreaterThanOrEqual(0);
      expect(START - event.at).toBeLessThan(4 * HOUR_MS);
    }
  });

  it.each([1, 2, 3, 4, 5, 6])('is busy and believable at the start (seed %i)', async (seed) => {
    for (const start of [localMidnight(ANCHOR) + 10.5 * HOUR_MS, localMidnight(ANCHOR) + 11.49 * HOUR_MS]) {
      const hall = standing(await factsOf(seed, start), start);
      expect(hall.waiting).toBeGreaterThan(60);
      expect(hall.waiting).toBeLessThan(700);
      expect(hall.lateShare).toBeGreaterThan(0);
      expect(hall.lateShare).toBeLessThan(0.25);
      expect(hall.busyShare).toBeGreaterThan(0.6);
      expect(hall.busyShare).toBeLessThan(0.95);
      expect(hall.breakShare).toBeGreaterThan(0.01);
      expect(hall.breakShare).toBeLessThan(0.2);
      expect(hall.abandonedShare).toBeGreaterThan(0.01);
      expect(hall.abandonedShare).toBeLessThan(0.08);
      const percentile = (share: number) =>
        hall.longestMinutes[Math.floor(hall.longestMinutes.length * share)];
      expect(percentile(0.5)).toBeGreaterThan(2);
      expect(percentile(0.5)).toBeLessThan(20);
      expect(percentile(0.9)).toBeLessThan(45);
    }
  });
});
