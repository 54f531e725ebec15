/** Least staff for a target, and the wait of one place in a queue. */
import { z } from 'zod';
import { exponentialPatience } from '../../domain/queueing/patience.ts';
import {
  figureAt,
  requiredServers,
  type StaffingTarget,
  type Workload,
} from '../../domain/queueing/staffing.ts';
import { waitLaw } from '../../domain/queueing/wait-law.ts';
import { kind } from './kind.ts';

const Load = z.object({ lambda: z.number(), mu: z.number(), T: z.number(), target: z.number() });
const Metric = z.enum(['slIndustry', 'slOffered', 'eWaitMax', 'pAbandonMax']);

function targetOf(metric: z.infer<typeof Metric>, within: number, value: number): StaffingTarget {
  switch (metric) {
    case 'slIndustry':
      return { figure: 'serviceLevel', formula: 'late-abandons-only', withinSeconds: within, atLeast: value };
    case 'slOffered':
      return { figure: 'serviceLevel', formula: 'headline', withinSeconds: within, atLeast: value };
    case 'eWaitMax':
      return { figure: 'meanWait', atMost: value };
    case 'pAbandonMax':
      return { figure: 'abandonment', atMost: value };
  }
}

function staff(input: z.infer<typeof Load>, theta: number, metric: z.infer<typeof Metric>) {
  const workload: Workload = {
    arrivalRate: input.lambda,
    serviceRate: input.mu,
    patience: exponentialPatience(theta),
  };
  const target = targetOf(metric, input.T, input.target);
  const servers = requiredServers(workload, [target]);
  return {
    servers,
    metricAtServers: figureAt(workload, target, servers),
    metricAtServersMinus1: servers > 0 ? figureAt(workload, target, servers - 1) : null,
  };
}

export const staffingKinds = {
  staffingErlangA: kind(Load.extend({ theta: z.number(), metric: Metric }), (input) =>
    staff(input, input.theta, input.metric),
  ),

  staffingErlangC: kind(Load, (input) => staff(input, 0, 'slOffered')),

  ewtQL: kind(
    z.object({ servers: z.number(), queueAhead: z.number(), mu: z.number(), theta: z.number() }),
    ({ servers, queueAhead, mu, theta }) => {
      const law = waitLaw({ servers, ahead: queueAhead, serviceRate: mu, abandonmentRate: theta });
      return {
        mean: law.mean,
        sd: law.standardDeviation,
        p50: law.quantile(0.5),
        p80: law.quantile(0.8),
        p90: law.quantile(0.9),
        p95: law.quantile(0.95),
        cdfAtMean: 1 - law.above(law.mean),
      };
    },
  ),
};
