import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FailureBody } from '#shared/failure.ts';
import type { MonthlyNoteAnswer } from '#shared/monthly-note.ts';
import type { AccuracyAnswer } from '#shared/accuracy.ts';
import type { ForecastAnswer, RequirementsAnswer, WhatIfAnswer } from '#shared/planning.ts';
import type { SourceEvent } from '#shared/events.ts';
import { growingHistory } from '#server/cli/bench/warnings/growing-history.ts';
import { advance } from '#server/domain/live-branch.ts';
import { originRule } from '#server/http/allowed-origin.ts';
import { createExpressApp } from '#server/http/express-app.ts';
import { planningRoutes } from '#server/http/planning-routes.ts';
import { createLiveBranches } from '#server/live-branches.ts';
import { completeProfiles, createNetwork } from '#server/network.ts';
import { createForesight } from '#server/planner/foresight.ts';
import { createPlanner, type Planner } from '#server/planner/planner.ts';
import { createPredictions } from '#server/planner/predictions.ts';
import { createTwinPool } from '#server/planner/twin-pool.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOON = Date.UTC(2026, 2, 24, 12);

const profileOf = (id: string) => ({
  id,
  name: { zh: id, en: id },
  region: { id: 'east', name: { zh: '东', en: 'East' } },
  hours: [{ opens: '08:00', closes: '18:00' }],
  queues: [
    { id: 'a', letter: 'A', name: { zh: '甲', en: 'A' }, targetSeconds: 600, thresholdSeconds: 600 },
    { id: 'b', letter: 'B', name: { zh: '乙', en: 'B' }, targetSeconds: 600, thresholdSeconds: 600 },
  ],
  counters: ['1', '2', '3', '4'].map((counter) => ({ id: counter, label: counter, queues: ['a', 'b'] })),
  expectedSeconds: 3_600,
});
const profiles = completeProfiles(['hall', 'other', 'secret', 'late'].map(profileOf));
const network = createNetwork({ branches: profiles, sourceKeys: [] });
const branches = createLiveBranches(network);
const clock = { now: () => NOON, monotonic: () => performance.now() };
const logger = pino({ level: 'silent' });

let planner: Planner;
let server: Server;
let address: string;

/** Two counters open, twelve people waiting in the hall; four and nobody in the other one. */
function tellDay(): void {
  const tell = (branch: string, events: SourceEvent[]): void => {
    const known = branches.get(branch);
    if (known === undefined) throw new Error(branch);
    for (const event of events) {
      const version = known.live.version + 1;
      advance(known.live, known.profile, { branch, source: 's', version, receivedAt: event.at, event });
    }
  };
  const counters = (branch: string, ids: string[]): void => {
    tell(
      branch,
      ids.flatMap((id): SourceEvent[] => [
        { id: `${id} in`, at: NOON - 3 * HOUR_MS, type: 'agent.signedIn', agent: `agent ${id}`, counter: id },
        {
          id: `${id} open`,
          at: NOON - 3 * HOUR_MS,
          type: 'counter.opened',
          counter: id,
          agent: `agent ${id}`,
        },
      ]),
    );
  };
  counters('hall', ['1', '2']);
  counters('other', ['1', '2', '3', '4']);
  tell(
    'hall',
    Array.from({ length: 12 }, (_, i): SourceEvent => {
      const at = NOON - (12 - i) * 0.5 * MINUTE_MS;
      return { id: `q${i}`, at, type: 'contact.queued', contact: `c${i}`, queue: i % 2 === 0 ? 'a' : 'b' };
    }),
  );
}

function pastDays() {
  const history = growingHistory();
  for (let at = NOON - 14 * DAY_MS - 4 * HOUR_MS; at < NOON; at += 15 * MINUTE_MS) {
    const hour = (at % DAY_MS) / HOUR_MS;
    if (hour < 8 || hour >= 18) continue;
    for (const profile of profiles)
      for (const queue of ['a', 'b'])
        for (let i = 0; i < 4; i++) history.add(profile, [{ kind: 'offered', queue, at }]);
  }
  return history.reader;
}

beforeAll(async () => {
  tellDay();
  planner = createPlanner({
    branches,
    foresight: createForesight(profiles, pastDays()),
    twins: createTwinPool({ clock, threads: 1 }),
    predictions: createPredictions(branches),
    projectedTo: () => NOON,
    clock,
    logger,
    renewed: () => undefined,
  });
  const routes = createExpressApp({
    origin: originRule(undefined, () => (server.address() as AddressInfo).port),
    logger,
    gate: (_request, _response, next) => {
      next();
    },
    open: [],
    console: [
      planningRoutes({ planner, branches: network.branches, maySee: (branch) => branch !== 'secret' }),
    ],
  });
  server = createServer(routes);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await planner.stop();
  await new Promise((resolve) => server.close(resolve));
});

const get = async <Answer>(path: string): Promise<{ status: number; body: Answer }> => {
  const response = await fetch(`${address}${path}`);
  return { status: response.status, body: (await response.json()) as Answer };
};
const whatIf = async (body: unknown): Promise<{ status: number; body: WhatIfAnswer & FailureBody }> => {
  const response = await fetch(`${address}/api/v1/what-if`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as WhatIfAnswer & FailureBody };
};

describe('GET /api/v1/forecast', () => {
  it('gives arrivals with quantiles to the end of the day, and what is foretold of each queue', async () => {
    await planner.refresh(['hall', 'other']);
    const { body } = await get<ForecastAnswer>('/api/v1/forecast?branch=hall&queue=a');
    expect(body.rows.filter(({ mean }) => mean > 1)).toHaveLength(24);
    expect(body.rows[0]).toMatchObject({ branch: 'hall', queue: 'a', from: NOON, to: NOON + 15 * MINUTE_MS });
    expect(body.rows[0]?.mean).toBeCloseTo(4, 0);
    expect(body.waits).toHaveLength(1);
    expect(body.waits[0]).toMatchObject({ queue: 'a', madeAt: NOON, asOfVersion: 16 });
    expect(body.waits[0]?.breachProbability).toBeGreaterThan(0.5);
    const [first] = body.waits[0]?.course ?? [];
    expect(first?.p5).toBeLessThanOrEqual(first?.p95 ?? -1);
  });

  it('foretells nothing of a hall that is told of the past', async () => {
    const late = branches.get('late');
    if (late === undefined) throw new Error('there is no such hall');
    const longAgo: SourceEvent = {
      id: 'l',
      at: NOON - HOUR_MS,
      type: 'contact.queued',
      contact: 'l',
      queue: 'a',
    };
    advance(late.live, late.profile, {
      branch: 'late',
      source: 's',
      version: 1,
      receivedAt: NOON,
      event: longAgo,
    });
    await planner.refresh(['late']);
    expect((await get<ForecastAnswer>('/api/v1/forecast?branch=late')).body.waits).toEqual([]);
  });

  it('refuses what is too long, unknown or not to be seen, and names the field', async () => {
    expect((await get('/api/v1/forecast')).status).toBe(422);
    expect((await get('/api/v1/forecast?branch=hall&days=15')).status).toBe(422);
    expect((await get('/api/v1/forecast?branch=secret')).status).toBe(404);
    const { status, body } = await get<FailureBody>('/api/v1/forecast?branch=hall&colour=red');
    expect(status).toBe(422);
    expect(body.error.field).toBe('colour');
  });

  it('keeps a record', async () => {
    const { body } = await get<AccuracyAnswer>('/api/v1/forecast/accuracy?branch=hall');
    expect(body.warnings).toHaveLength(10);
    expect(body.rows.every(({ branch }) => branch === 'hall')).toBe(true);
  });
});

describe('GET /api/v1/requirements', () => {
  it('gives counters and people an interval beside what is usual and there', async () => {
    const { body } = await get<RequirementsAnswer>('/api/v1/requirements?branch=hall');
    expect(body.counters).toBe(4);
    expect(body.rows[0]).toMatchObject({ from: NOON, open: 2, usual: null });
    expect(body.rows[0]?.people).toBeGreaterThanOrEqual(body.rows[0]?.counters ?? Infinity);
    const week = await get<RequirementsAnswer>('/api/v1/requirements?branch=hall&of=week');
    expect(week.body.rows).toHaveLength(70);
  });
});

describe('GET /api/v1/monthly-note', () => {
  it('says how many weeks it still takes, of branches that may be seen', async () => {
    const { body } = await get<MonthlyNoteAnswer>('/api/v1/monthly-note?branch=hall');
    expect(body).toMatchObject({ branch: 'hall', month: '2026-03', weeksNeeded: 4, notes: [] });
    expect((await get('/api/v1/monthly-note?branch=secret')).status).toBe(404);
    expect((await get('/api/v1/monthly-note')).status).toBe(422);
  });
});

describe('POST /api/v1/what-if', () => {
  it('lets a plan of one’s own be lived through: more counters help, and the giver loses little', async () => {
    const { status, body } = await whatIf({
      branch: 'hall',
      plan: [
        { do: 'open', counter: '3' },
        { do: 'move', from: 'other', count: 1, travelMinutes: 15 },
      ],
    });
    expect(status).toBe(200);
    const { receiver, givers } = body;
    expect(receiver.waitSeconds.mean).toBeGreaterThan(0);
    expect(receiver.waitSeconds.p10).toBeLessThanOrEqual(receiver.waitSeconds.p90);
    expect(receiver.waitSeconds.helps).toBeGreaterThan(0.9);
    expect(receiver.queues[0]?.without).toHaveLength(8);
    expect(receiver.queues[0]?.with[7]?.p50).toBeLessThan(receiver.queues[0]?.without[7]?.p50 ?? 0);
    expect(givers).toHaveLength(1);
    expect(givers[0]?.waitSeconds.mean).toBeLessThanOrEqual(0);
  });

  it('says which step cannot be done', async () => {
    const field = async (step: object) => (await whatIf({ branch: 'hall', plan: [step] })).body.error;
    expect(await field({ do: 'open', counter: '1' })).toMatchObject({
      code: 'conflict',
      field: 'plan.0.counter',
    });
    expect(await field({ do: 'close', counter: '4' })).toMatchObject({ code: 'conflict' });
    expect(await field({ do: 'remove', count: 3 })).toMatchObject({ field: 'plan.0.count' });
    expect(await field({ do: 'add', queues: ['z'] })).toMatchObject({ field: 'plan.0.queues' });
    expect(await field({ do: 'move', from: 'secret' })).toMatchObject({
      code: 'not-found',
      field: 'plan.0.from',
    });
    expect(await field({ do: 'dance' })).toMatchObject({ code: 'invalid', field: 'plan.0.do' });
    expect((await whatIf({ branch: 'hall', plan: [] })).status).toBe(422);
    expect((await whatIf({ branch: 'nowhere', plan: [{ do: 'add' }] })).status).toBe(404);
  });
});
