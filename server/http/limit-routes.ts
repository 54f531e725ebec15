/** Limits of staffing suggestions over HTTP: read and changed in part, and the whole world as tables to take along. */
import express, { Router } from 'express';
import { type Limits, LimitsChange } from '#shared/limits.ts';
import type { StaffingWorld } from '#shared/staffing-world.ts';
import { body } from './body.ts';
import { onlyJson } from './only-json.ts';
import { Refusal } from './refuse.ts';
import { streamCsv } from './stream-rows.ts';

export interface LimitRouteParts {
  staffing: { get(): StaffingWorld | null; put(world: StaffingWorld): void };
  limitsOf: (world: StaffingWorld) => Limits;
  /** The world with other limits, or the field that is wrong. */
  withLimits: (world: StaffingWorld, change: LimitsChange) => StaffingWorld | { wrong: string };
  /** The rows of one table of the world; `undefined` when there is no such table. */
  tableOf: (world: StaffingWorld, table: string) => readonly object[] | undefined;
  /** Puts what somebody did into the audit trail. */
  audit: (act: { action: string; subject: string; before?: unknown; after: unknown }) => void;
}

/** Ten thousand branches with their pools. */
const readLimits = express.json({ limit: '8mb', strict: true });

/** The routes. */
export function limitRoutes(parts: LimitRouteParts): Router {
  const { staffing, limitsOf, withLimits, tableOf, audit } = parts;
  const world = (): StaffingWorld => {
    const known = staffing.get();
    if (known === null) throw new Refusal('not-found');
    return known;
  };
  return Router()
    .get('/api/v1/limits', (_request, response) => {
      response.json(limitsOf(world()));
    })
    .put('/api/v1/limits', onlyJson, readLimits, (request, response) => {
      const change = body(LimitsChange, request);
      const before = world();
      const changed = withLimits(before, change);
      if ('wrong' in changed) throw new Refusal('invalid', changed.wrong);
      staffing.put(changed);
      audit({
        action: 'limits.set',
        subject: 'staffing',
        before: sameParts(limitsOf(before), change),
        after: change,
      });
      response.json(limitsOf(changed));
    })
    .get('/api/v1/staffing-world/tables/:table', async (request, response) => {
      const rows = tableOf(world(), request.params.table);
      if (rows === undefined) throw new Refusal('not-found');
      await streamCsv(response, onePage(rows));
    });
}

/** What stood where something is changed. */
function sameParts(limits: Limits, { policy, quietHours, branches = [] }: LimitsChange): object {
  const named = new Set(branches.map(({ id }) => id));
  const names = Object.keys(policy ?? {});
  return {
    ...(policy && {
      policy: Object.fromEntries(Object.entries(limits.policy).filter(([name]) => names.includes(name))),
    }),
    ...(quietHours && { quietHours: limits.quietHours }),
    ...(branches.length > 0 && { branches: limits.branches.filter(({ id }) => named.has(id)) }),
  };
}

function* onePage(rows: readonly object[]): Generator<readonly object[], object> {
  yield rows;
  return {};
}
