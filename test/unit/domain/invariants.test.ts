import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '#shared/events.ts';
import { toSnapshot } from '#shared/delta.ts';
import { decodeView, encodeView } from '#shared/view-codec.ts';
import { phaseOf } from '#server/domain/branch/contact.ts';
import { advance, type LiveBranch, newBranch } from '#server/domain/live-branch.ts';
import { COUNT_KEYS } from '#server/domain/metrics/counts.ts';
import type { Figure } from '#server/domain/metrics/figure.ts';
import { addQueueInterval, INTERVAL_MS, noQueueInterval } from '#server/domain/metrics/interval.ts';
import { liveFigures } from '#server/domain/metrics/live-figures.ts';
import { unpack } from '#server/domain/metrics/packed-sums.ts';
import { measure } from '#server/domain/metrics/measure.ts';
import { createExpectedWaits } from '#server/domain/waits/expected-waits.ts';
import { NO_OUTLOOK } from '#server/live-branches.ts';
import { projections } from '#server/publish/project.ts';
import { anyStream, ODD_IDS, RUNS } from '#test/support/lives.ts';
import { clock, hall, hotline } from '#test/support/profiles.ts';
import { project } from '#test/support/projected.ts';

const profiles = [hall({ queues: [], counters: [] }), hotline()] as const;
const NOW = clock('13:00');

const foldAll = (profile: (typeof profiles)[number], facts: readonly LoggedEvent[]): LiveBranch => {
  const branch = newBranch(profile);
  for (const fact of facts) advance(branch, profile, fact);
  return branch;
};

const streams = fc.tuple(fc.constantFrom(...profiles), anyStream);

/** Every number found anywhere in a value. */
function* numbersIn(value: unknown): Iterable<number> {
  if (typeof value === 'number') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) yield* numbersIn(part);
}

describe('whatever facts come', () => {
  it('[WT2] waits and counts are never negative', () => {
    const property = fc.property(streams, ([profile, facts]) => {
      const { figures } = foldAll(profile, facts);
      for (const { total, today } of figures.queues.values()) {
        for (const number of numbersIn([total, today])) expect(number).toBeGreaterThanOrEqual(0);
      }
    });
    fc.assert(property, RUNS);
  });

  it('[SL4] rows of history add up to what was counted, and no time is counted twice', () => {
    const property = fc.property(streams, ([profile, facts]) => {
      const { live, rows } = project(profile, facts);
      const total = noQueueInterval();
      for (const figures of live.figures.queues.values()) addQueueInterval(total, unpack(figures.total));
      const sum = noQueueInterval();
      for (const row of rows.queues) addQueueInterval(sum, row.sums);
      for (const key of COUNT_KEYS) expect(sum[key], key).toBeCloseTo(total[key], 6);
      for (const { sums } of [...rows.agents, ...rows.counters]) {
        const spent = Object.values(sums.spentMs);
        for (const ms of spent) expect(ms).toBeGreaterThanOrEqual(0);
        expect(spent.reduce((all, ms) => all + ms, 0)).toBeLessThanOrEqual(INTERVAL_MS);
      }
    });
    fc.assert(property, RUNS);
  });

  it('who waits in a queue is who is in the phase of waiting for it', () => {
    const property = fc.property(streams, ([profile, facts]) => {
      const branch = newBranch(profile);
      for (const fact of facts) {
        advance(branch, profile, fact);
        const { contacts, queues } = branch.state;
        const waiting = [...contacts.values()].filter((contact) => phaseOf(contact) === 'waiting');
        for (const queue of queues.values()) {
          const here = waiting.filter((contact) => contact.queue === queue.id).map(({ id }) => id);
          expect([...queue.waiting.keys()].sort()).toEqual(here.sort());
        }
      }
    });
    fc.assert(property, RUNS);
  });

  it('an agent serves who is served by that agent, and nobody else', () => {
    const property = fc.property(streams, ([profile, facts]) => {
      const { contacts, agents } = foldAll(profile, facts).state;
      const inService = [...contacts.values()].filter((each) => ['serving', 'held'].includes(phaseOf(each)));
      for (const agent of agents.values()) {
        const served = inService.filter((contact) => contact.agent === agent.id).map(({ id }) => id);
        const serves = agent.services.filter(({ to }) => to === null).map(({ contact }) => contact);
        expect(serves.sort()).toEqual(served.sort());
      }
    });
    fc.assert(property, RUNS);
  });

  it('figures are numbers a screen can show, and shares lie between 0 and 1', () => {
    const property = fc.property(streams, ([profile, facts]) => {
      const branch = foldAll(profile, facts);
      const figures = measure(branch, profile, NOW);
      expect([...numbersIn(figures)].filter((number) => !Number.isFinite(number))).toEqual([]);
      const { occupancy30, counterUse30, openingRateToday } = figures.staff;
      for (const ratio of [occupancy30, counterUse30, openingRateToday]) {
        if (ratio !== null) expect(ratio >= 0 && ratio <= 1).toBe(true);
      }
      expect(figures.total.waiting ?? 0).toBeGreaterThanOrEqual(0);
    });
    fc.assert(property, RUNS);
  });

  it('[SL3] every live figure is a number or unknown, and a ratio lies between 0 and 1', () => {
    const isOdd = ({ unit, value }: Figure): boolean =>
      value !== null && (!Number.isFinite(value) || value < 0 || (unit === 'ratio' && value > 1));
    const property = fc.property(streams, ([profile, facts]) => {
      const live = liveFigures(foldAll(profile, facts), profile, NOW);
      const sets = [live.figures, ...[...live.queues, ...live.agents].map((row) => row.figures)];
      const all = sets.flatMap((windows) => Object.values(windows).flatMap((set) => Object.entries(set)));
      expect(all.filter(([, figure]) => isOdd(figure))).toEqual([]);
    });
    fc.assert(property, { ...RUNS, numRuns: 100 });
  });

  it('[LV5] a checkpoint in the middle makes no difference', () => {
    const property = fc.property(streams, fc.nat(), ([profile, facts], cut) => {
      const at = cut % (facts.length + 1);
      const restored = deserialize(serialize(foldAll(profile, facts.slice(0, at)))) as LiveBranch;
      for (const fact of facts.slice(at)) advance(restored, profile, fact);
      expect(restored).toEqual(foldAll(profile, facts));
    });
    fc.assert(property, RUNS);
  });

  it('a fact that was folded before changes nothing: versions tell', () => {
    const property = fc.property(streams, ([profile, facts]) => {
      const branch = foldAll(profile, facts);
      const before = serialize(branch);
      for (const fact of facts) expect(advance(branch, profile, fact)).toBeNull();
      expect(serialize(branch).equals(before)).toBe(true);
    });
    fc.assert(property, RUNS);
  });

  it('every view survives the wire', () => {
    const property = fc.property(streams, ([profile, facts]) => {
      const branch = foldAll(profile, facts);
      for (const name of ['floor', 'customerWall', 'staffWall'] as const) {
        const view = projections[name](branch, profile, NOW, createExpectedWaits(), NO_OUTLOOK);
        const wire: unknown = JSON.parse(JSON.stringify(toSnapshot(encodeView(name, view))));
        expect(decodeView(name, wire as ReturnType<typeof toSnapshot>)).toEqual(view);
      }
    });
    fc.assert(property, RUNS);
  });
});

describe('odd ids', () => {
  it.each(ODD_IDS)('%s is an ordinary id of a queue, contact, agent, counter and source', (id) => {
    const profile = hall({ queues: [], counters: [] });
    const at = clock('10:00');
    const facts = [
      { type: 'contact.queued', contact: id, queue: id, ticket: id },
      { type: 'agent.signedIn', agent: id, counter: id, name: id, queues: [id] },
      { type: 'contact.started', contact: id, agent: id, counter: id },
    ] as const;
    const branch = foldAll(
      profile,
      facts.map((fact, i) => ({
        branch: id,
        source: id,
        version: i + 1,
        receivedAt: at,
        event: { ...fact, queues: [id], id, at } as LoggedEvent['event'],
      })),
    );
    const { tables } = projections.floor(branch, profile, at, createExpectedWaits(), NO_OUTLOOK);
    expect(tables.queues).toMatchObject([{ id, answeredToday: 1 }]);
    expect(tables.agents).toMatchObject([{ id, activity: 'serving', counter: id }]);
    expect(tables.counters).toMatchObject([{ id, activity: 'serving', ticket: id }]);
    expect(tables.sources).toMatchObject([{ id, state: 'live' }]);
  });
});
