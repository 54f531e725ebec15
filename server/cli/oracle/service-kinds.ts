/** Services that are not exponential. */
import { z } from 'zod';
import { erlangA } from '../../domain/queueing/abandonment.ts';
import { meanWaitFixedService } from '../../domain/queueing/deterministic-service.ts';
import { erlangC } from '../../domain/queueing/erlang-c.ts';
import { allenCunneenRatio } from '../../domain/queueing/general-service.ts';
import {
  erlang2Service,
  mixedService,
  momentsOf,
  type PhaseService,
  phaseServiceQueue,
} from '../../domain/queueing/phase-service.ts';
import { kind } from './kind.ts';

const ServiceInput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('e2'), mean: z.number() }),
  z.object({ type: z.literal('h2'), p: z.number(), m1: z.number(), m2: z.number() }),
]);

function serviceOf(input: z.infer<typeof ServiceInput>): PhaseService {
  switch (input.type) {
    case 'e2':
      return erlang2Service(input.mean);
    case 'h2':
      return mixedService(input.p, input.m1, input.m2);
  }
}

export const serviceKinds = {
  mdn: kind(
    z.object({ servers: z.number(), lambda: z.number(), serviceTime: z.number() }),
    ({ servers, lambda, serviceTime }) => {
      const eWait = meanWaitFixedService(servers, lambda, serviceTime);
      const { meanWait } = erlangC({ servers, arrivalRate: lambda, serviceRate: 1 / serviceTime }, 0);
      return { eWait, eWaitMMn: meanWait, ratioToMMn: eWait / meanWait };
    },
  ),

  mphn: kind(
    z.object({ servers: z.number(), lambda: z.number(), service: ServiceInput, theta: z.number() }),
    ({ servers, lambda, service: input, theta }) => {
      const service = serviceOf(input);
      const { mean, scv } = momentsOf(service);
      const figures = phaseServiceQueue(servers, lambda, service, theta);
      const station = { servers, arrivalRate: lambda, serviceRate: 1 / mean };
      const { meanWait } = erlangA({ ...station, abandonmentRate: theta }, 0);
      return {
        pWait: figures.waitProbability,
        eQueue: figures.meanQueue,
        eWait: figures.meanWait,
        pAbandon: figures.abandonProbability,
        eWaitMarkovian: meanWait,
        ratio: figures.meanWait / meanWait,
        allenCunneenRatio: allenCunneenRatio(scv),
      };
    },
  ),
};
