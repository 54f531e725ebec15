/** Days of a hotline whose law is known: Poisson arrivals, exponential services and patience, served by class and arrival. */
import type { SourceEvent } from '#shared/events.ts';
import { createRng } from '#server/rng.ts';
import { Timeline } from '#server/sources/timeline.ts';
import { told } from '#test/support/profiles.ts';

export interface QueueLaw {
  agents: number;
  /** Per second. */
  arrivalRate: number;
  serviceRate: number;
  abandonmentRate: number;
  /** Share of arrivals of priority 1, served before the others. */
  urgentShare?: number;
  seconds: number;
  seed: number;
}

interface Waiting {
  contact: string;
  priority: number;
}

const QUEUE = 'q';

/** The facts in order of time, from `startsAt` (epoch ms) on; agents are signed in before. */
export function madeQueue(law: QueueLaw, startsAt: number): SourceEvent[] {
  const rng = createRng(law.seed);
  const after = (rate: number): number => (rate === 0 ? Infinity : -Math.log(1 - rng()) / rate);
  const facts: SourceEvent[] = [];
  const todo = new Timeline<() => void>();
  const free = Array.from({ length: law.agents }, (_, i) => `a${i}`);
  const line: Waiting[] = [];
  let now = 0;
  const tell = <T extends SourceEvent['type']>(type: T, fields: Parameters<typeof told<T>>[2]): void => {
    facts.push(told(startsAt + Math.round(now * 1_000), type, fields));
  };

  const serve = (): void => {
    const [next] = line;
    const agent = free.pop();
    if (next === undefined || agent === undefined) {
      if (agent !== undefined) free.push(agent);
      return;
    }
    line.shift();
    const { contact } = next;
    tell('contact.started', { contact, agent });
    todo.add(now + after(law.serviceRate), () => {
      tell('contact.ended', { contact });
      tell('agent.stateChanged', { agent, state: 'available' });
      free.push(agent);
      serve();
    });
  };
  const arrive = (index: number): void => {
    const contact = `c${index}`;
    const priority = rng() < (law.urgentShare ?? 0) ? 1 : 0;
    const waiting = { contact, priority };
    tell('contact.queued', { contact, queue: QUEUE, priority });
    const place = line.findIndex((each) => each.priority < priority);
    line.splice(place < 0 ? line.length : place, 0, waiting);
    todo.add(now + after(law.abandonmentRate), () => {
      const at = line.indexOf(waiting);
      if (at < 0) return;
      line.splice(at, 1);
      tell('contact.abandoned', { contact });
    });
    serve();
    todo.add(now + after(law.arrivalRate), () => {
      arrive(index + 1);
    });
  };

  for (const agent of free) tell('agent.signedIn', { agent, queues: [QUEUE] });
  todo.add(after(law.arrivalRate), () => {
    arrive(0);
  });
  while (todo.nextAt < law.seconds) {
    now = todo.nextAt;
    todo.take()?.();
  }
  return facts;
}
