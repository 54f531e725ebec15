/** What lies ahead over HTTP: forecasts with their record, what a promise needs, what a plan would do. */
import express, { Router } from 'express';
import { type MonthlyNoteAnswer, MonthlyNoteQuery } from '#shared/monthly-note.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { AccuracyAnswer } from '#shared/accuracy.ts';
import {
  AccuracyQuery,
  type ForecastAnswer,
  ForecastQuery,
  type RequirementsAnswer,
  RequirementsQuery,
  type WhatIfAnswer,
  WhatIfBody,
} from '#shared/planning.ts';
import { onlyJson } from './only-json.ts';
import { query } from './query.ts';
import { Refusal } from './refuse.ts';
import { inScope } from './scope.ts';

/** What the routes need of the planner. */
export interface PlanningRouteParts {
  /** All branches there are. */
  branches: () => readonly BranchProfile[];
  /** True when the caller may see a branch. */
  maySee: (branch: string) => boolean;
  planner: {
    forecast(
      branches: readonly BranchProfile[],
      query: Omit<ForecastQuery, 'branch'>,
    ): Promise<ForecastAnswer>;
    requirements(branch: BranchProfile, query: RequirementsQuery): Promise<RequirementsAnswer>;
    monthlyNote(branch: BranchProfile): Promise<MonthlyNoteAnswer>;
    accuracy(branches: readonly BranchProfile[]): Promise<AccuracyAnswer>;
    /** Throws an error named PlanImpossible, with the field, when a step cannot be done. */
    whatIf(body: WhatIfBody): Promise<WhatIfAnswer>;
  };
}

/** Steps of all queues that one forecast may hold. */
const MAX_STEPS = 100_000;
const DAY_STEPS = { '15m': 96, '1h': 24, '1d': 1 } as const;
/** A plan is a short list. */
const MAX_BODY = '32kb';

/** The routes. */
export function planningRoutes({ branches, maySee, planner }: PlanningRouteParts): Router {
  const visible = (): BranchProfile[] => branches().filter(({ id }) => maySee(id));
  const one = (id: string): BranchProfile => {
    const [found] = inScope(visible(), { branch: [id] }, false);
    if (found === undefined) throw new Refusal('not-found', 'branch');
    return found;
  };

  return Router()
    .get('/api/v1/forecast', async (request, response) => {
      const asked = query(ForecastQuery, request);
      const found = inScope(visible(), asked, false);
      const queues = found.reduce((sum, { queues }) => sum + Math.max(1, queues.length), 0);
      if (queues * (asked.days + 1) * DAY_STEPS[asked.step] > MAX_STEPS)
        throw new Refusal('too-large', 'days');
      response.json(await planner.forecast(found, asked));
    })
    .get('/api/v1/forecast/accuracy', async (request, response) => {
      response.json(await planner.accuracy(inScope(visible(), query(AccuracyQuery, request), true)));
    })
    .get('/api/v1/requirements', async (request, response) => {
      const asked = query(RequirementsQuery, request);
      response.json(await planner.requirements(one(asked.branch), asked));
    })
    .get('/api/v1/monthly-note', async (request, response) => {
      response.json(await planner.monthlyNote(one(query(MonthlyNoteQuery, request).branch)));
    })
    .post('/api/v1/what-if', onlyJson, express.json({ limit: MAX_BODY }), async (request, response) => {
      response.json(await answerWhatIf(request.body));
    });

  async function answerWhatIf(body: unknown): Promise<WhatIfAnswer> {
    const parsed = WhatIfBody.safeParse(body);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.');
      throw new Refusal('invalid', field);
    }
    one(parsed.data.branch);
    parsed.data.plan.forEach((step, i) => {
      if (step.do === 'move' && !visible().some(({ id }) => id === step.from))
        throw new Refusal('not-found', `plan.${i}.from`);
    });
    try {
      return await planner.whatIf(parsed.data);
    } catch (error) {
      if (error instanceof Error && error.name === 'PlanImpossible' && 'field' in error)
        throw new Refusal('conflict', String(error.field));
      throw error;
    }
  }
}
