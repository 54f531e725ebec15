/** Several classes of customers at one queue or two pools. */
import { z } from 'zod';
import { nonPreemptivePriority } from '../../domain/queueing/priorities.ts';
import { twoClassPriority } from '../../domain/queueing/two-class-priority.ts';
import { twoSkillPools } from '../../domain/queueing/two-skill-pools.ts';
import { kind } from './kind.ts';

export const Pair = z.tuple([z.number(), z.number()]);

export const classKinds = {
  priorityNP: kind(
    z.object({ servers: z.number(), lambdas: z.array(z.number()), mu: z.number() }),
    ({ servers, lambdas, mu }) => {
      const figures = nonPreemptivePriority(servers, lambdas, mu);
      return {
        pWait: figures.waitProbability,
        eWaitByClass: figures.meanWaits,
        eWaitFifo: figures.meanWaitFifo,
      };
    },
  ),

  priorityNPAbandon: kind(
    z.object({ servers: z.number(), lambdas: Pair, mus: Pair, thetas: Pair }),
    ({ servers, lambdas, mus, thetas }) => {
      const figures = twoClassPriority({ servers, serviceRates: mus, abandonmentRates: thetas }, lambdas);
      return {
        pWait: figures.waitProbability,
        eQueueByClass: figures.meanQueues,
        eWaitByClass: figures.meanWaits,
        pAbandonByClass: figures.abandonProbabilities,
      };
    },
  ),

  skillsN: kind(
    z.object({
      serversA: z.number(),
      serversB: z.number(),
      lambdas: Pair,
      muA: z.number(),
      muB: z.number(),
      thetas: Pair,
      poolBServesFirst: z.enum(['class1', 'class2']),
    }),
    (input) => {
      const figures = twoSkillPools({
        serversA: input.serversA,
        serversB: input.serversB,
        serviceRateA: input.muA,
        serviceRateB: input.muB,
        arrivalRates: input.lambdas,
        abandonmentRates: input.thetas,
        poolBServesFirst: input.poolBServesFirst === 'class1' ? 'first' : 'second',
      });
      return {
        pWaitByClass: figures.waitProbabilities,
        eQueueByClass: figures.meanQueues,
        eWaitByClass: figures.meanWaits,
        pAbandonByClass: figures.abandonProbabilities,
        occupancy: figures.occupancies,
      };
    },
  ),
};
