/** What a replay came to: read from the folded branches, nothing is counted beside them. */
import { measure } from '../../domain/metrics/measure.ts';
import type { Counts } from '../../domain/metrics/counts.ts';
import { addQueueInterval, noQueueInterval, type QueueInterval } from '../../domain/metrics/interval.ts';
import { unpack } from '../../domain/metrics/packed-sums.ts';
import type { LiveBranches } from '../../live-branches.ts';
import { createTally } from './tally.ts';

/** Figures since the log began, over all branches, by queue and by agent. */
export function totals(branches: LiveBranches) {
  const all = noQueueInterval();
  const queues = new Map<string, QueueInterval>();
  const busySeconds = createTally();
  for (const id of branches.ids()) {
    const figures = branches.get(id)?.live.figures;
    for (const [queue, { total }] of figures?.queues ?? []) {
      const sum = queues.get(queue) ?? noQueueInterval();
      addQueueInterval(sum, unpack(total));
      addQueueInterval(all, unpack(total));
      queues.set(queue, sum);
    }
    for (const [agent, seconds] of figures?.busySeconds ?? []) busySeconds.add(agent, seconds);
  }
  return {
    all: figuresOf(all),
    queues: Object.fromEntries([...queues].map(([queue, counts]) => [queue, figuresOf(counts)])),
    agentBusySeconds: busySeconds.counts(),
  };
}

const figuresOf = (counts: Counts) => ({
  offered: counts.offered,
  answered: counts.answered,
  abandoned: counts.abandoned,
  answeredWithin20s: counts.answeredWithin,
  waitSecondsSum: counts.waitSeconds,
  waitSecondsMax: counts.waitSecondsMax,
  serviceSecondsSum: counts.serviceSeconds,
});

/** How far level feeds could be trusted when the recording ended: queues by the state of their source. */
export function levelFeeds(branches: LiveBranches, now: number) {
  const states = createTally();
  for (const id of branches.ids()) {
    const branch = branches.get(id);
    if (!branch) continue;
    const { queues } = measure(branch.live, branch.profile, now);
    for (const queue of queues) if (queue.observed) states.add(queue.source, 1);
  }
  return states.counts();
}
