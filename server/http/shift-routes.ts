/** Who is planned where today, over HTTP. */
import { Router } from 'express';
import type { BranchProfile } from '#shared/network.ts';
import { type ShiftRow, type ShiftsAnswer, ShiftsQuery } from '#shared/shifts.ts';
import { query } from './query.ts';
import { inScope } from './scope.ts';

/** What the routes need. */
export interface ShiftRouteParts {
  branches: () => readonly BranchProfile[];
  /** True when the caller may see a branch. */
  maySee: (branch: string) => boolean;
  /** The shifts of a branch today; `null` when nobody said who may work where. */
  shiftsOf: (profile: BranchProfile) => ShiftRow[] | null;
}

/** The routes. */
export function shiftRoutes({ branches, maySee, shiftsOf }: ShiftRouteParts): Router {
  return Router().get('/api/v1/shifts', (request, response) => {
    const { branch } = query(ShiftsQuery, request);
    const visible = branches().filter(({ id }) => maySee(id));
    const [profile] = inScope(visible, { branch: [branch] }, false);
    const shifts = profile === undefined ? null : shiftsOf(profile);
    response.json({ branch, shifts } satisfies ShiftsAnswer);
  });
}
