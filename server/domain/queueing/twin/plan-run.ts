/** One plan lived through on one path: who is served when. */
import { Completions } from './completions.ts';
import type { TwinModel } from './model.ts';
import type { Path } from './path.ts';
import type { StaffPlan } from './staff-plan.ts';

const NOBODY = -1;
const WORD_BITS = 32;
const WORD_SHIFT = 5;

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
  /** By queue: the place of the first customer still to come. */
  private readonly tails: Int32Array;
  /** Queues in which there may be somebody, as bits. */
  private readonly waiting: Int32Array;
  /** Arrivals so far. */
  private arrivals = 0;
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
    this.tails = new Int32Array(model.queues);
    this.waiting = new Int32Array(Math.ceil(model.queues / WORD_BITS));
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
    const { model, plan, path, completions, heads, tails, leaving } = this;
    if (this.begins.length < path.arrival.length) this.begins = new Float64Array(path.arrival.length);
    this.begins.fill(Infinity);
    this.arrivals = 0;
    this.waiting.fill(0);
    model.waiting.forEach(({ length }, queue) => {
      heads[queue] = queue * path.capacity;
      tails[queue] = queue * path.capacity + length;
      const word = queue >> WORD_SHIFT;
      if (length > 0) this.waiting[word] = (this.waiting[word] ?? 0) | (1 << queue);
    });
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
    const { completions, heads, tails, waiting, idle, leaving, begins, unused } = this;
    const { pace, points, pointsPerSecond, horizon } = this.model;
    const { starts, words, bits, tiers } = this.model.serves;
    const { starts: groupStarts, items: servingGroups } = this.model.servedBy;
    const { arrival, deadline, service, times, queueAt } = this.path;
    let { idleServers, arrivals } = this;
    let arrivesAt = times[arrivals] ?? Infinity;
    for (;;) {
      const endsAt = completions.next;

      if (arrivesAt < endsAt && arrivesAt < until) {
        const now = arrivesAt;
        const queue = queueAt[arrivals] ?? 0;
        arrivesAt = times[++arrivals] ?? Infinity;
        const place = tails[queue] ?? 0;
        tails[queue] = place + 1;
        let choice = groupStarts[queue] ?? 0;
        const last = groupStarts[queue + 1] ?? 0;
        if (idleServers > 0) while (choice < last && (idle[servingGroups[choice] ?? 0] ?? 0) === 0) choice++;
        if (idleServers === 0 || choice === last) {
          waiting[queue >> WORD_SHIFT] = (waiting[queue >> WORD_SHIFT] ?? 0) | (1 << queue);
          continue;
        }
        const group = servingGroups[choice] ?? 0;
        idle[group] = (idle[group] ?? 0) - 1;
        idleServers--;
        unused[group] = (unused[group] ?? 0) + Math.min(now, horizon);
        heads[queue] = place + 1;
        begins[place] = now;
        completions.add(now + (service[place] ?? 0) * (pace[group] ?? 1), group);
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
        for (let set = starts[group] ?? 0; set < last; set++) {
          const word = words[set] ?? 0;
          let lines = (waiting[word] ?? 0) & (bits[set] ?? 0);
          if (lines === 0) continue;
          const tier = tiers[set] ?? 0;
          if (next !== NOBODY && tier !== nextTier) break;
          do {
            const queue = (word << WORD_SHIFT) + WORD_BITS - 1 - Math.clz32(lines & -lines);
            lines &= lines - 1;
            const head = heads[queue] ?? 0;
            const arrived = arrival[head] ?? 0;
            const worth = (points[queue] ?? 0) + (pointsPerSecond[queue] ?? 0) * (endsAt - arrived);
            if (next === NOBODY || worth > mostPoints || (worth === mostPoints && arrived < earliest)) {
              next = head;
              nextQueue = queue;
              nextTier = tier;
              mostPoints = worth;
              earliest = arrived;
            }
          } while (lines !== 0);
        }
        if (next === NOBODY) break;
        heads[nextQueue] = next + 1;
        const word = nextQueue >> WORD_SHIFT;
        waiting[word] = (waiting[word] ?? 0) & ~(Number(next + 1 === tails[nextQueue]) << nextQueue);
      } while ((deadline[next] ?? 0) <= endsAt);

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
    this.arrivals = arrivals;
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
