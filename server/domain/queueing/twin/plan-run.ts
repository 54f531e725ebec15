/** One plan lived through on one path: who is served when. */
import { Completions } from './completions.ts';
import type { TwinModel } from './model.ts';
import type { Path } from './path.ts';
import type { StaffPlan } from './staff-plan.ts';

const NOBODY = -1;

/**
 * The event loop. Events are ends of service, arrivals that find an idle server, and steps of the plan. Customers need
 * not be put in line, they wait as soon as their arrival has passed; who has left is passed over when about to be served.
 */
export class PlanRun {
  /** When each customer's service begins, by place in the path; Infinity for those never served. */
  begins = new Float64Array(0);
  /** Server-seconds within the horizon, by group: at work, and of these without a customer. */
  readonly staffed: Float64Array;
  readonly unused: Float64Array;
  private readonly model: TwinModel;
  private readonly plan: StaffPlan;
  private readonly path: Path;
  private readonly completions: Completions;
  /** By queue: the place of the first customer not yet served nor passed over. */
  private readonly heads: Int32Array;
  private readonly idle: Int32Array;
  private idleServers = 0;
  /** Servers who leave when their service ends, by group. */
  private readonly leaving: Int32Array;

  constructor(model: TwinModel, plan: StaffPlan, path: Path) {
    this.model = model;
    this.plan = plan;
    this.path = path;
    this.staffed = new Float64Array(model.groups);
    this.unused = new Float64Array(model.groups);
    this.completions = new Completions(plan.mostServers);
    this.heads = new Int32Array(model.queues);
    this.idle = new Int32Array(model.groups);
    this.leaving = new Int32Array(model.groups);
  }

  /** Lives through the path as it was last drawn, until nobody waits or nobody is left to serve. */
  run(): void {
    const { times } = this.plan;
    const { horizon } = this.model;
    this.begin();
    times.forEach((at, step) => {
      this.runUntil(at);
      if (at < Infinity) this.change(step, at);
    });
    this.idle.forEach(
      (servers, group) => (this.unused[group] = (this.unused[group] ?? 0) + servers * horizon),
    );
  }

  private begin(): void {
    const { model, plan, path, completions, heads, leaving } = this;
    if (this.begins.length < path.arrival.length) this.begins = new Float64Array(path.arrival.length);
    this.begins.fill(Infinity);
    for (let queue = 0; queue < model.queues; queue++) heads[queue] = queue * path.capacity;
    this.idle.fill(0);
    this.idleServers = 0;
    this.unused.fill(0);
    this.staffed.fill(0);
    completions.size = 0;
    model.inService.forEach(({ group }, i) => {
      completions.add(path.over[i] ?? 0, group);
    });
    plan.staff.forEach((servers, group) => {
      const busy = model.busy[group] ?? 0;
      leaving[group] = Math.max(0, busy - servers);
      this.countStaffed(group, busy, 0);
      this.come(group, servers - busy, 0);
    });
  }

  /** The inner loop, all in one function: calls with times in them cost as much again. */
  private runUntil(until: number): void {
    const { completions, heads, idle, leaving, begins, unused } = this;
    const { pace, points, pointsPerSecond, tiers, horizon } = this.model;
    const { starts, items } = this.model.serves;
    const { starts: groupStarts, items: servingGroups } = this.model.servedBy;
    const { arrival, deadline, service } = this.path;
    let { idleServers } = this;
    for (;;) {
      const endsAt = completions.next;

      let arrivesAt = Infinity;
      let arrivesIn = 0;
      if (idleServers > 0) {
        for (let group = 0; group < idle.length; group++) {
          if ((idle[group] ?? 0) === 0) continue;
          const last = starts[group + 1] ?? 0;
          for (let skill = starts[group] ?? 0; skill < last; skill++) {
            const queue = items[skill] ?? 0;
            const arrived = arrival[heads[queue] ?? 0] ?? Infinity;
            if (arrived < arrivesAt) {
              arrivesAt = arrived;
              arrivesIn = queue;
            }
          }
        }
      }

      if (arrivesAt < endsAt && arrivesAt < until) {
        let choice = groupStarts[arrivesIn] ?? 0;
        while ((idle[servingGroups[choice] ?? 0] ?? 0) === 0) choice++;
        const group = servingGroups[choice] ?? 0;
        idle[group] = (idle[group] ?? 0) - 1;
        idleServers--;
        unused[group] = (unused[group] ?? 0) + Math.min(arrivesAt, horizon);
        const place = heads[arrivesIn] ?? 0;
        heads[arrivesIn] = place + 1;
        begins[place] = arrivesAt;
        completions.add(arrivesAt + (service[place] ?? 0) * (pace[group] ?? 1), group);
        continue;
      }
      if (endsAt >= until) break;

      const group = completions.group;
      if ((leaving[group] ?? 0) > 0) {
        completions.removeTop();
        this.leave(group, endsAt);
        continue;
      }
      const last = starts[group + 1] ?? 0;
      let next = NOBODY;
      do {
        next = NOBODY;
        let nextQueue = 0;
        let nextTier = 0;
        let mostPoints = 0;
        let earliest = 0;
        for (let skill = starts[group] ?? 0; skill < last; skill++) {
          const queue = items[skill] ?? 0;
          const head = heads[queue] ?? 0;
          const arrived = arrival[head] ?? Infinity;
          if (arrived > endsAt) continue;
          const tier = tiers[skill] ?? 0;
          if (next !== NOBODY && tier !== nextTier) break;
          const worth = (points[queue] ?? 0) + (pointsPerSecond[queue] ?? 0) * (endsAt - arrived);
          if (next === NOBODY || worth > mostPoints || (worth === mostPoints && arrived < earliest)) {
            next = head;
            nextQueue = queue;
            nextTier = tier;
            mostPoints = worth;
            earliest = arrived;
          }
        }
        if (next !== NOBODY) heads[nextQueue] = next + 1;
      } while (next !== NOBODY && (deadline[next] ?? 0) <= endsAt);

      if (next === NOBODY) {
        completions.removeTop();
        idle[group] = (idle[group] ?? 0) + 1;
        idleServers++;
        unused[group] = (unused[group] ?? 0) - Math.min(endsAt, horizon);
      } else {
        begins[next] = endsAt;
        completions.replaceTop(endsAt + (service[next] ?? 0) * (pace[group] ?? 1));
      }
    }
    this.idleServers = idleServers;
  }

  private change(step: number, now: number): void {
    const group = this.plan.groups[step] ?? 0;
    const change = this.plan.changes[step] ?? 0;
    const { idle, leaving } = this;
    if (change > 0) {
      const staying = Math.min(change, leaving[group] ?? 0);
      leaving[group] = (leaving[group] ?? 0) - staying;
      this.come(group, change - staying, now);
    } else {
      const going = Math.min(-change, idle[group] ?? 0);
      idle[group] = (idle[group] ?? 0) - going;
      this.idleServers -= going;
      this.unused[group] = (this.unused[group] ?? 0) + going * Math.min(now, this.model.horizon);
      this.countStaffed(group, -going, now);
      leaving[group] = (leaving[group] ?? 0) - change - going;
    }
  }

  /** Servers who come look for a customer like those whose service is over. */
  private come(group: number, servers: number, now: number): void {
    for (let i = 0; i < servers; i++) this.completions.add(now, group);
    if (servers > 0) this.countStaffed(group, servers, now);
  }

  private leave(group: number, now: number): void {
    this.leaving[group] = (this.leaving[group] ?? 0) - 1;
    this.countStaffed(group, -1, now);
  }

  private countStaffed(group: number, change: number, now: number): void {
    const left = Math.max(0, this.model.horizon - now);
    this.staffed[group] = (this.staffed[group] ?? 0) + change * left;
  }
}
