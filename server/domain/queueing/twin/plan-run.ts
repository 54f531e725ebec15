/** One plan lived through on one path: who is served when, and how long servers are at work. */
import type { TwinModel } from './model.ts';
import type { Path } from './path.ts';
import type { StaffPlan } from './staff-plan.ts';

/** Goes from step to step of the plan; how customers are served in between is told by those who extend it. */
export abstract class PlanRun {
  /** When each customer's service begins, by place in the path; Infinity for those never served. */
  begins = new Float64Array(0);
  /** Server-seconds within the horizon, by group: at work, and of these without a customer. */
  readonly staffed: Float64Array;
  readonly unused: Float64Array;
  protected readonly model: TwinModel;
  protected readonly plan: StaffPlan;
  protected readonly path: Path;

  constructor(model: TwinModel, plan: StaffPlan, path: Path) {
    this.model = model;
    this.plan = plan;
    this.path = path;
    this.staffed = new Float64Array(model.groups);
    this.unused = new Float64Array(model.groups);
  }

  /** Lives through the path as it was last drawn, until nobody waits or nobody is left to serve. */
  run(): void {
    const { path, plan } = this;
    if (this.begins.length < path.arrival.length) this.begins = new Float64Array(path.arrival.length);
    this.begins.fill(Infinity, 0, path.count);
    this.staffed.fill(0);
    this.unused.fill(0);
    this.begin();
    plan.times.forEach((at, step) => {
      this.serveUntil(at);
      if (at < Infinity) this.restaff(plan.groups[step] ?? 0, plan.changes[step] ?? 0, at);
    });
    this.finish();
  }

  /** Things as they stand now. */
  protected abstract begin(): void;
  /** Services that begin before then. */
  protected abstract serveUntil(until: number): void;
  /** Servers who come or, below 0, go: those without a customer at once, others when their service is over. */
  protected abstract restaff(group: number, change: number, now: number): void;
  protected abstract finish(): void;

  /** Counts servers who are there from then on, or no longer. */
  protected countStaffed(group: number, change: number, from: number): void {
    const left = Math.max(0, this.model.horizon - from);
    this.staffed[group] = (this.staffed[group] ?? 0) + change * left;
  }

  /** Counts the time one server had no customer, within the horizon. */
  protected countUnused(group: number, from: number, to: number): void {
    const { horizon } = this.model;
    this.unused[group] = (this.unused[group] ?? 0) + Math.min(to, horizon) - Math.min(from, horizon);
  }
}
