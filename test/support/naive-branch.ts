/** The twin's rules written down a second time, slowly and plainly: to compare its event loop with, customer by customer. */
import type { StaffChange, TwinBranch } from '#server/domain/queueing/twin/branch.ts';
import type { Path } from '#server/domain/queueing/twin/path.ts';

interface Customer {
  queue: number;
  arrival: number;
  service: number;
  deadline: number;
  begins: number;
}

interface Server {
  group: number;
  /** When the service under way ends; null while idle. */
  busyUntil: number | null;
}

/** Customers in the order of the path, with when their service begins (Infinity: never). */
export function liveThrough(branch: TwinBranch, changes: readonly StaffChange[], path: Path): Customer[] {
  const customers = customersOf(path);
  const steps = stepsOf(branch, changes);
  const servers: Server[] = [];
  /** Servers of a group beyond these leave when they are free. */
  const wanted = branch.groups.map(({ staff }) => staff[0]?.[1] ?? 0);
  let over = 0;
  branch.groups.forEach(({ inService }, group) => {
    for (const _ of inService) servers.push({ group, busyUntil: path.over[over++] ?? 0 });
  });

  const serve = (server: Server, now: number): void => {
    const next = nextFor(branch, server.group, customers, now);
    if (next === undefined) return;
    next.begins = now;
    server.busyUntil = now + next.service * (branch.groups[server.group]?.pace ?? 1);
  };
  const restaff = (group: number, now: number): void => {
    const here = () => servers.filter((server) => server.group === group);
    while (here().length < (wanted[group] ?? 0)) servers.push({ group, busyUntil: null });
    for (const server of here().filter(({ busyUntil }) => busyUntil === null)) {
      if (here().length > (wanted[group] ?? 0)) servers.splice(servers.indexOf(server), 1);
      else serve(server, now);
    }
  };

  for (const { group, change } of steps.filter(({ at }) => at <= 0)) {
    wanted[group] = (wanted[group] ?? 0) + change;
  }
  branch.groups.forEach((_, group) => {
    restaff(group, 0);
  });
  const later = steps.filter(({ at }) => at > 0);
  let now = 0;
  for (;;) {
    const [step] = later;
    const free = servers
      .filter(({ busyUntil }) => busyUntil !== null)
      .toSorted((a, b) => (a.busyUntil ?? 0) - (b.busyUntil ?? 0))[0];
    const coming = customers
      .filter(({ arrival }) => arrival > now)
      .toSorted((a, b) => a.arrival - b.arrival)[0];
    const next = Math.min(step?.at ?? Infinity, free?.busyUntil ?? Infinity, coming?.arrival ?? Infinity);
    if (next === Infinity) return customers;
    now = next;
    if (step?.at === now) {
      const due = later.splice(0, later.filter(({ at }) => at === now).length);
      for (const { group, change } of due) wanted[group] = (wanted[group] ?? 0) + change;
      for (const { group } of due) restaff(group, now);
    } else if (coming?.arrival === now) {
      const server = idleFor(branch, coming.queue, servers);
      if (server !== undefined) serve(server, now);
    } else if (free !== undefined) {
      free.busyUntil = null;
      restaff(free.group, now);
    }
  }
}

const customersOf = (path: Path): Customer[] =>
  Array.from({ length: path.count }, (_, place) => {
    const [queue = 0, arrival = 0] = [path.queue[place], path.arrival[place]];
    const [service = 0, deadline = 0] = [path.service[place], path.deadline[place]];
    return { queue, arrival, service, deadline, begins: Infinity };
  });

const stepsOf = ({ groups }: TwinBranch, changes: readonly StaffChange[]): StaffChange[] =>
  [
    ...groups.flatMap(({ staff }, group) =>
      staff
        .slice(1)
        .map(([at, servers], i): StaffChange => ({ at, group, change: servers - (staff[i]?.[1] ?? 0) })),
    ),
    ...changes,
  ].sort((a, b) => a.at - b.at);

function nextFor({ queues, groups }: TwinBranch, group: number, customers: Customer[], now: number) {
  const tierOf = ({ queue }: Customer) =>
    groups[group]?.serves.findIndex((tier) => tier.includes(queue)) ?? -1;
  const pointsOf = ({ queue, arrival }: Customer) => {
    const { points = 0, pointsPerMinute = 0 } = queues[queue]?.priority ?? {};
    return points + (pointsPerMinute / 60) * (now - arrival);
  };
  return customers
    .filter((one) => one.arrival <= now && one.begins === Infinity && tierOf(one) >= 0)
    .filter((one) => one.deadline > now || one.arrival === now)
    .filter((one) => customers.every((other) => other === one || !isBefore(other, one, now)))
    .toSorted((a, b) => tierOf(a) - tierOf(b) || pointsOf(b) - pointsOf(a) || a.arrival - b.arrival)[0];
}

/** Whether somebody stands before a customer in the same queue. */
const isBefore = (other: Customer, one: Customer, now: number): boolean =>
  other.queue === one.queue &&
  other.arrival < one.arrival &&
  other.begins === Infinity &&
  other.deadline > now;

function idleFor({ groups }: TwinBranch, queue: number, servers: Server[]): Server | undefined {
  const tierIn = ({ group }: Server) => groups[group]?.serves.findIndex((tier) => tier.includes(queue)) ?? -1;
  const skills = ({ group }: Server) => groups[group]?.serves.flat().length ?? 0;
  return servers
    .filter((server) => server.busyUntil === null && tierIn(server) >= 0)
    .toSorted((a, b) => tierIn(a) - tierIn(b) || skills(a) - skills(b) || a.group - b.group)[0];
}
