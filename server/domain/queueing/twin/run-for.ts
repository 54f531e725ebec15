import { EventRun } from './event-run.ts';
import { FirstComeRun } from './first-come-run.ts';
import type { TwinModel } from './model.ts';
import type { Path } from './path.ts';
import type { PlanRun } from './plan-run.ts';
import type { StaffPlan } from './staff-plan.ts';

/** The run of a plan, in the quickest way that the model allows; both ways serve the same customers at the same times. */
export const runFor = (model: TwinModel, plan: StaffPlan, path: Path): PlanRun =>
  new (model.isFirstCome ? FirstComeRun : EventRun)(model, plan, path);
