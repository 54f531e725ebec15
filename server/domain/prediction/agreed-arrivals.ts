/** A hall as it stands, with the customers who were agreed on to be sent elsewhere, or to come from elsewhere. */
import type { AgreedSteering } from '../queueing/agreed-change.ts';
import { changedBetween, type StepFunction } from '../queueing/step-function.ts';
import type { HallNow, QueueNow } from './hall-now.ts';

/** The hall with this steering in its queues. */
export const withSteering = (hall: HallNow, steering: readonly AgreedSteering[]): HallNow => ({
  ...hall,
  queues: hall.queues.map((queue) => ({
    ...queue,
    steered: steering
      .filter((each) => each.queue === queue.id)
      .map(({ from, to, leave, come }) => ({
        from: (from - hall.at) / 1_000,
        to: (to - hall.at) / 1_000,
        leave,
        come,
      })),
  })),
});

/** Arrivals per second, by seconds from now, with who leaves and who comes besides. */
export const steeredRate = (usual: StepFunction, { steered }: Pick<QueueNow, 'steered'>): StepFunction =>
  steered.reduce(
    (rates, { from, to, leave, come }) =>
      changedBetween(rates, from, to, (rate) => rate * (1 - leave) + come),
    usual,
  );
