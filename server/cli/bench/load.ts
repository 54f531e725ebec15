/** Events of busy halls for benchmarks: the same endless pattern in each branch, every kind of live change in it. */
import type { SourceEventInput } from '#shared/events.ts';
import type { BranchProfileInput } from '#shared/network.ts';

const QUEUES = 5;
const COUNTERS = 10;
/** A contact is called this many arrivals after its own, and is done this many later. */
const CALLED_AFTER = 3;
const DONE_AFTER = 8;

/** The id of a benchmark branch. */
export const branchId = (index: number): string => `bench-${index}`;

/** Profiles of `count` branches. */
export function loadBranches(count: number, queues = QUEUES): BranchProfileInput[] {
  return Array.from({ length: count }, (_, i) => ({
    id: branchId(i),
    name: { zh: `测试厅 ${i}`, en: `Bench hall ${i}` },
    region: { id: `region-${i % 10}`, name: { zh: `第 ${i % 10} 区`, en: `Region ${i % 10}` } },
    queues: Array.from({ length: queues }, (__, q) => ({
      id: `q${q}`,
      letter: String.fromCharCode(65 + q),
      name: { zh: `业务 ${q}`, en: `Service ${q}` },
    })),
    counters: Array.from({ length: COUNTERS }, (__, c) => ({ id: `c${c}`, label: String(c + 1) })),
  }));
}

export interface Load {
  /** The next `count` events, each branch in turn, as of `now`. */
  next(count: number, now: number): (SourceEventInput & { branch: string })[];
}

/** An endless load over some branches. */
export function createLoad(branches: number, queues = QUEUES): Load {
  const streams = Array.from({ length: branches }, (_, i) => branchEvents(branchId(i), queues));
  let turn = 0;
  return {
    next(count, now) {
      const events: (SourceEventInput & { branch: string })[] = [];
      for (let i = 0; i < count; i++) {
        const make = streams[turn++ % branches];
        if (make) events.push(make(now));
      }
      return events;
    },
  };
}

// Arrival n, call and start of n − 3, end of n − 8, and so on.
function branchEvents(
  branch: string,
  queues: number,
): (now: number) => SourceEventInput & { branch: string } {
  let step = 0;
  let arrivals = 0;
  const queued = (at: number) => {
    const n = arrivals++;
    const letter = String.fromCharCode(65 + (n % queues));
    const ticket = `${letter}${String(n % 1_000).padStart(3, '0')}`;
    return {
      type: 'contact.queued' as const,
      contact: `k${n}`,
      queue: `q${n % queues}`,
      ticket,
      id: `${n}q`,
      at,
      branch,
    };
  };
  return (at) => {
    const phase = step++ % 4;
    const called = arrivals - 1 - CALLED_AFTER;
    const done = arrivals - 1 - DONE_AFTER;
    if (phase === 0 || called < 0 || (phase === 3 && done < 0)) return queued(at);
    const counter = `c${called % COUNTERS}`;
    if (phase === 1)
      return { type: 'contact.called', contact: `k${called}`, counter, id: `${called}c`, at, branch };
    if (phase === 2) {
      const agent = `a${called % COUNTERS}`;
      return { type: 'contact.started', contact: `k${called}`, counter, agent, id: `${called}s`, at, branch };
    }
    return { type: 'contact.ended', contact: `k${done}`, id: `${done}e`, at, branch };
  };
}
