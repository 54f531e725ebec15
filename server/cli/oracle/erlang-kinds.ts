/** Single queues in steady state. */
import { z } from 'zod';
import { type AbandonmentFigures, erlangA, withAbandonment } from '../../domain/queueing/abandonment.ts';
import { erlangB } from '../../domain/queueing/erlang-b.ts';
import { erlangC } from '../../domain/queueing/erlang-c.ts';
import {
  erlang2Patience,
  exponentialPatience,
  fixedPatience,
  mixedPatience,
  type Patience,
  uniformPatience,
  withBalking,
} from '../../domain/queueing/patience.ts';
import { type Fields, kind } from './kind.ts';

const Queue = z.object({ servers: z.number(), lambda: z.number(), mu: z.number(), T: z.number() });

const stationOf = ({ servers, lambda, mu }: z.infer<typeof Queue>) => ({
  servers,
  arrivalRate: lambda,
  serviceRate: mu,
});

const PatienceInput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('det'), params: z.tuple([z.number()]) }),
  z.object({ type: z.literal('unif'), params: z.tuple([z.number()]) }),
  z.object({ type: z.literal('erlang2'), params: z.tuple([z.number()]) }),
  z.object({ type: z.literal('h2'), params: z.tuple([z.number(), z.number(), z.number()]) }),
  z.object({ type: z.literal('balkExp'), params: z.tuple([z.number(), z.number()]) }),
]);

function patienceOf(input: z.infer<typeof PatienceInput>): Patience {
  switch (input.type) {
    case 'det':
      return fixedPatience(...input.params);
    case 'unif':
      return uniformPatience(...input.params);
    case 'erlang2':
      return erlang2Patience(...input.params);
    case 'h2': {
      const [share, mean, otherMean] = input.params;
      return mixedPatience([
        { share, mean },
        { share: 1 - share, mean: otherMean },
      ]);
    }
    case 'balkExp': {
      const [balk, rate] = input.params;
      return withBalking(balk, exponentialPatience(rate));
    }
  }
}

const abandonmentFields = (figures: AbandonmentFigures): Fields => ({
  pWait: figures.waitProbability,
  pAbandon: figures.abandonProbability,
  eWait: figures.meanWait,
  eQueue: figures.meanQueue,
  eWaitServed: figures.meanWaitServed,
  eWaitAbandoned: figures.meanWaitAbandoned,
  occupancy: figures.occupancy,
  pVirtualGtT: figures.offeredWaitAboveTarget,
  pWaitGtT: figures.waitAboveTarget,
  pServedWithinT: figures.servedWithinTarget,
  pAbandonedWithinT: figures.abandonedWithinTarget,
  slOffered: figures.serviceLevels.headline,
  slIndustry: figures.serviceLevels['late-abandons-only'],
  slAnswered: figures.serviceLevels['answered-only'],
  slAbandonsGood: figures.serviceLevels['offered-incl-abandoned-within'],
});

export const erlangKinds = {
  erlangB: kind(z.object({ servers: z.number(), offeredLoad: z.number() }), ({ servers, offeredLoad }) => {
    const { probability, lnProbability } = erlangB(servers, offeredLoad);
    return { pBlock: probability, log10pBlock: lnProbability / Math.LN10 };
  }),

  erlangC: kind(Queue, (input) => {
    const figures = erlangC(stationOf(input), input.T);
    return {
      pWait: figures.waitProbability,
      eWait: figures.meanWait,
      eQueue: figures.meanQueue,
      eWaitGivenWait: figures.meanWaitOfDelayed,
      pWaitGtT: figures.waitAboveTarget,
      slT: figures.withinTarget,
      occupancy: figures.occupancy,
      eInSystem: figures.meanInSystem,
    };
  }),

  erlangA: kind(Queue.extend({ theta: z.number() }), (input) =>
    abandonmentFields(erlangA({ ...stationOf(input), abandonmentRate: input.theta }, input.T)),
  ),

  mmnG: kind(Queue.extend({ patience: PatienceInput }), (input) =>
    abandonmentFields(withAbandonment(stationOf(input), patienceOf(input.patience), input.T)),
  ),
};
