/** A plan lived through where each server takes whoever came first: customer by customer, without events. */
import { FreeServers } from './free-servers.ts';
import type { TwinModel } from './model.ts';
import type { Path } from './path.ts';
import { PlanRun } from './plan-run.ts';
import type { StaffPlan } from './staff-plan.ts';

/**
 * Those who come later take nothing from those before them, so customers are dealt with in order of arrival: each begins
 * when the first of the servers for her is free (Kiefer & Wolfowitz 1955), unless she has left by then.
 */
export class FirstComeRun extends PlanRun {
  private readonly servers: FreeServers;
  /** Places of customers whom nobody serves before the next step of the plan; the first `inLine` count. */
  private line = new Int32Array(0);
  private inLine = 0;
  /** The place of the next customer not looked at. */
  private coming = 0;
  /** By group: when the services end after which servers leave, rising. */
  private readonly leaving: number[][];

  constructor(model: TwinModel, plan: StaffPlan, path: Path) {
    super(model, plan, path);
    this.servers = new FreeServers(plan.mostServers);
    this.leaving = Array.from(plan.staff, () => []);
  }

  protected begin(): void {
    const { model, plan, path, servers, leaving } = this;
    if (this.line.length < path.arrival.length) this.line = new Int32Array(path.arrival.length);
    this.inLine = 0;
    this.coming = 0;
    servers.clear();
    model.inService.forEach(({ group }, i) => {
      servers.add(group, path.over[i] ?? 0);
    });
    plan.staff.forEach((staff, group) => {
      const busy = model.busy[group] ?? 0;
      leaving[group] = [];
      this.countStaffed(group, busy, 0);
      this.restaff(group, staff - busy, 0);
    });
  }

  /** The inner loop. What no processor foresees is reckoned, not branched on. */
  protected serveUntil(until: number): void {
    const { begins, servers, unused, line, inLine } = this;
    const { times, tops } = servers;
    const { pace } = this.model;
    const { starts, items: groups } = this.model.servedBy;
    const { queue, arrival, deadline, service } = this.path;
    let { coming } = this;
    let looked = 0;
    let kept = 0;
    for (;;) {
      const place = looked < inLine ? (line[looked++] ?? 0) : coming++;
      const arrived = arrival[place] ?? Infinity;
      if (arrived >= until) break;

      const of = queue[place] ?? 0;
      const last = starts[of + 1] ?? 0;
      let choice = starts[of] ?? 0;
      // Nobody serves this queue.
      if (choice === last) continue;
      let group = groups[choice] ?? 0;
      let free = times[tops[group] ?? 0] ?? Infinity;
      while (++choice < last) {
        const other = groups[choice] ?? 0;
        const isSooner = Number((times[tops[other] ?? 0] ?? Infinity) < free) & Number(free > arrived);
        group += (other - group) & -isSooner;
        free = times[tops[group] ?? 0] ?? Infinity;
      }

      if (free >= until) {
        line[kept++] = place;
        continue;
      }
      if ((Number(free > arrived) & Number((deadline[place] ?? 0) <= free)) === 1) continue;
      const begin = Math.max(free, arrived);
      begins[place] = begin;
      unused[group] = (unused[group] ?? 0) + begin - free;
      servers.delay(group, begin + (service[place] ?? 0) * (pace[group] ?? 1));
    }
    this.coming = coming - 1;
    this.inLine = kept;
  }

  protected restaff(group: number, change: number, now: number): void {
    const leaving = this.leaving[group] ?? [];
    for (let i = 0; i < change; i++) {
      const isStaying = (leaving.at(-1) ?? -1) >= now;
      const from = (isStaying ? leaving.pop() : undefined) ?? now;
      this.servers.add(group, from);
      this.countStaffed(group, 1, from);
    }
    for (let i = 0; i > change; i--) {
      const free = this.servers.remove(group);
      this.countStaffed(group, -1, Math.max(free, now));
      if (free > now) leaving.push(free);
      else this.countUnused(group, free, now);
    }
  }

  protected finish(): void {
    const { times, tops, sizes } = this.servers;
    tops.forEach((top, group) => {
      for (let i = top; i < top + (sizes[group] ?? 0); i++) {
        this.countUnused(group, times[i] ?? 0, Infinity);
      }
    });
  }
}
