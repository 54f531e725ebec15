/** What nobody can reach: all people in one hall that serve everything, and no journeys. */
import { EventQueue } from './event-queue.ts';
import type { SimulatedDay } from './day.ts';
import { OPENS, plannedBreaks, type SimulatedNetwork } from './simulated-network.ts';
import type { Waited } from './simulation.ts';

/** Lives through the day with one line for all; breaks are kept. */
export function livePooled({ world, network }: SimulatedNetwork, day: SimulatedDay, waited: Waited): void {
  const customers = day.pools
    .flatMap(({ arrival, service, patience }, pool) =>
      Array.from(arrival, (at, i) => ({ pool, at, service: service[i] ?? 0, patience: patience[i] ?? 0 })),
    )
    .sort((a, b) => a.at - b.at);
  const free = new EventQueue();
  const breaks = network.agents.map((_, i) => plannedBreaks(world, i));
  network.agents.forEach((_, i) => {
    if (!day.absent.has(i) && world.agents[i]?.backOffice === false) free.add(OPENS, i);
  });
  for (const { pool, at, service, patience } of customers) {
    for (;;) {
      const from = free.next;
      const start = Math.max(at, from);
      if (start - at > patience) {
        waited(pool, at, patience, true);
        break;
      }
      const server = free.take();
      const pauses = breaks[server] ?? [];
      const due = pauses.findIndex((pause) => pause.from <= start);
      if (due >= 0) {
        const [pause] = pauses.splice(due, 1);
        free.add(Math.max(from, pause?.from ?? 0) + (pause?.minutes ?? 0), server);
        continue;
      }
      waited(pool, at, start - at, false);
      free.add(start + service, server);
      break;
    }
  }
}
