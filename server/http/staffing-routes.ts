/** Who may work where: read and replaced as a whole, or table by table with a word on each line that is wrong. */
import { randomUUID } from 'node:crypto';
import express, { Router } from 'express';
import { FAILURES } from '#shared/failure.ts';
import { type StaffingFault, StaffingTables, StaffingWorld } from '#shared/staffing-world.ts';
import { body } from './body.ts';
import { onlyJson } from './only-json.ts';
import { Refusal } from './refuse.ts';

export interface StaffingRouteParts {
  isBranch: (id: string) => boolean;
  staffing: { get(): StaffingWorld | null; put(world: StaffingWorld): void };
  /** The world with these tables in it, or what is wrong with them. */
  readTables: (
    tables: readonly { file: string; text: string }[],
    before: StaffingWorld | null,
  ) => { world: StaffingWorld; rows: number } | { faults: StaffingFault[] };
  /** Puts what somebody did into the audit trail. */
  audit: (act: { action: string; subject: string; after: unknown }) => void;
}

/** Ten thousand branches with their people. */
const readWorld = express.json({ limit: '64mb' });

/** The routes. */
export function staffingRoutes({ isBranch, staffing, readTables, audit }: StaffingRouteParts): Router {
  const replace = (world: StaffingWorld): { branches: number; agents: number } => {
    staffing.put(world);
    const counts = { branches: world.branches.length, agents: world.agents.length };
    audit({ action: 'staffingWorld.set', subject: 'staffing', after: counts });
    return counts;
  };
  return Router()
    .get('/api/v1/staffing-world', (_request, response) => {
      const world = staffing.get();
      if (world === null) throw new Refusal('not-found');
      response.json(world);
    })
    .put('/api/v1/staffing-world', onlyJson, readWorld, (request, response) => {
      const world = body(StaffingWorld, request);
      const unknown = world.branches.findIndex(({ id }) => !isBranch(id));
      if (unknown >= 0) throw new Refusal('invalid', `branches.${unknown}.id`);
      replace(world);
      response.json(world);
    })
    .post('/api/v1/staffing-world/tables', onlyJson, readWorld, (request, response) => {
      const answer = readTables(body(StaffingTables, request).tables, staffing.get());
      if ('world' in answer) {
        response.json({ rows: answer.rows, ...replace(answer.world) });
        return;
      }
      const { faults } = answer;
      const { status, message } = FAILURES.invalid;
      const error = { code: 'invalid', message, field: faults[0]?.field ?? '', requestId: randomUUID() };
      response.status(status).json({ error, faults });
    });
}
