/** A plan lived through event by event, whatever the order in which servers take customers. */
import { Completions } from './completions.ts';
import type { TwinModel } from './model.ts';
import type { Path } from './path.ts';
import { PlanRun } from './plan-run.ts';
import type { StaffPlan } from './staff-plan.ts';

/**
 * Events are ends of service, arrivals that find an idle server, and steps of the plan. Customers need not be put in
 * line, they wait as soon as their arrival has passed; who has left is passed over when about to be served.
 */
export class EventRun extends PlanRun {
  private readonly completions: Completions;
  /** By queue: the place of the first customer not yet served nor passed over. */
  private readonly heads: Int32Array;
  private readonly idle: Int32Array;
  private idleServers = 0;
  /** The place of the customer to arrive next, while a server is idle. */
  private coming = 0;
  /** Servers who leave when their service ends, by group. */
  private readonly leaving: Int32Array;

  constructor(model: TwinModel, plan: StaffPlan, path: Path) {
    super(model, plan, path);
    this.completions = new Completions(plan.mostServers.reduce((sum, servers) => sum + servers, 0));
    this.heads = new Int32Array(model.queues);
    this.idle = new Int32Array(model.groups);
    this.leaving = new Int32Array(model.groups);
  }

  protected begin(): void {
    const { model, plan, path, completions, heads, leaving } = this;
    heads.set(path.heads);
    this.coming = 0;
    this.idle.fill(0);
    this.idleServers = 0;
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
  protected serveUntil(until: number): void {
    const { completions, heads, idle, leaving, begins, unused } = this;
    const { pace, points, pointsPerSecond, tiersOf, inOrder, horizon } = this.model;
    const { starts, items } = this.model.tiers;
    const { starts: groupStarts, items: servingGroups } = this.model.servedBy;
    const { count, queue, next: following, arrival, deadline, service } = this.path;
    let { idleServers, coming } = this;
    for (;;) {
      const endsAt = completions.next;

      const arrivesAt = idleServers > 0 ? (arrival[coming] ?? Infinity) : Infinity;
      if (arrivesAt < endsAt && arrivesAt < until) {
        const place = coming++;
        const of = queue[place] ?? 0;
        const last = groupStarts[of + 1] ?? 0;
        let choice = groupStarts[of] ?? 0;
        while (choice < last && (idle[servingGroups[choice] ?? 0] ?? 0) === 0) choice++;
        if (choice === last) continue;
        const group = servingGroups[choice] ?? 0;
        idle[group] = (idle[group] ?? 0) - 1;
        idleServers--;
        unused[group] = (unused[group] ?? 0) + Math.min(arrivesAt, horizon);
        heads[of] = following[place] ?? 0;
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
      let next = count;
      const lastTier = tiersOf[group + 1] ?? 0;
      for (let tier = tiersOf[group] ?? 0; tier < lastTier && next === count; tier++) {
        const first = starts[tier] ?? 0;
        const last = starts[tier + 1] ?? 0;
        do {
          next = count;
          if (inOrder[tier] === 1) {
            for (let i = first; i < last; i++) next = smaller(next, heads[items[i] ?? 0] ?? 0);
            if ((arrival[next] ?? 0) > endsAt) next = count;
          } else {
            let mostPoints = -Infinity;
            for (let i = first; i < last; i++) {
              const of = items[i] ?? 0;
              const head = heads[of] ?? 0;
              const arrived = arrival[head] ?? Infinity;
              if (arrived > endsAt) continue;
              const worth = (points[of] ?? 0) + (pointsPerSecond[of] ?? 0) * (endsAt - arrived);
              if (worth > mostPoints || (worth === mostPoints && head < next)) {
                next = head;
                mostPoints = worth;
              }
            }
          }
          if (next < count) heads[queue[next] ?? 0] = following[next] ?? 0;
        } while (next < count && (deadline[next] ?? 0) <= endsAt);
      }

      if (next === count) {
        completions.removeTop();
        idle[group] = (idle[group] ?? 0) + 1;
        idleServers++;
        unused[group] = (unused[group] ?? 0) - Math.min(endsAt, horizon);
        while ((arrival[coming] ?? Infinity) <= endsAt) coming++;
      } else {
        begins[next] = endsAt;
        completions.replaceTop(endsAt + (service[next] ?? 0) * (pace[group] ?? 1));
      }
    }
    this.idleServers = idleServers;
    this.coming = coming;
  }

  protected restaff(group: number, change: number, now: number): void {
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

  protected finish(): void {
    const { horizon } = this.model;
    this.idle.forEach(
      (servers, group) => (this.unused[group] = (this.unused[group] ?? 0) + servers * horizon),
    );
  }
}

/** The smaller of two whole numbers below 2³¹, without a branch: which one it is no processor foresees. */
const smaller = (a: number, b: number): number => b + ((a - b) & ((a - b) >> 31));
